/**
 * Reading of answers whose every field may be absent, null or of another type: each reader takes what it gets and never throws.
 */
export type Fields = Readonly<Record<string, unknown>>

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}

export function items(value: unknown): readonly Fields[] {
  return Array.isArray(value)
    ? value.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    : []
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** A map of texts, such as labels; without a prototype, since keys may be called anything. */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  const map = Object.create(null) as Record<string, string>
  for (const [key, one] of Object.entries(fields(value))) if (typeof one === 'string') map[key] = one
  return map
}

/** Milliseconds since the epoch of an RFC 3339 time; undefined for none and for the zero time of Go. */
export function time(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : NaN
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}
