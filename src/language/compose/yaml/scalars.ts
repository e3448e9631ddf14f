import type { ScalarNode } from './nodes.ts'

export type ScalarType = 'string' | 'int' | 'float' | 'bool' | 'null' | 'timestamp'

export interface Resolved {
  readonly type: ScalarType
  readonly value: string | number | boolean | null
}

/** Why a tag does not fit its value. */
export interface TagFault {
  readonly fault: 'tag' | 'base64'
  readonly found: ScalarType
}

const words: ReadonlyMap<string, Resolved> = new Map<string, Resolved>([
  ...['true', 'True', 'TRUE'].map((word) => [word, { type: 'bool', value: true }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { type: 'bool', value: false }] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { type: 'null', value: null }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { type: 'float', value: NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, { type: 'float', value: Infinity }] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, { type: 'float', value: -Infinity }] as const),
])

const integer = /^[-+]?(?:0|[1-9][0-9]*|0[0-7]+|0[oO][0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+)$/
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const dottedFloat = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/

/** The number an integer in any of the engine's bases stands for; undefined where it does not fit 64 bits. */
function integerOf(plain: string): number | undefined {
  if (!integer.test(plain)) return undefined
  const negative = plain.startsWith('-')
  const digits = plain.replace(/^[-+]/, '').toLowerCase()
  const base = /^0[xob]/.test(digits) ? digits : /^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits
  if (base.length > 70) return undefined
  const value = BigInt(base)
  if (negative ? value > 2n ** 63n : value >= 2n ** 64n) return undefined
  return negative ? -Number(value) : Number(value)
}

const dateOnly = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const dateTime =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d{2}:\d{2})| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)$/

function isTimestamp(text: string): boolean {
  const match = dateOnly.exec(text) ?? dateTime.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const days = new Date(Date.UTC(2000, month, 0)).getUTCDate()
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const hour = Number(match[4] ?? match[7] ?? 0)
  const minute = Number(match[5] ?? match[8] ?? 0)
  const second = Number(match[6] ?? match[9] ?? 0)
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false
  return day <= (month === 2 && !leap ? 28 : days)
}

function resolvePlain(text: string, timestamps: boolean): Resolved {
  const word = words.get(text)
  if (word !== undefined) return word
  const first = text[0] ?? ''
  if (first === '.' && dottedFloat.test(text)) return { type: 'float', value: Number(text) }
  if (!/[-+0-9]/.test(first)) return { type: 'string', value: text }
  if (timestamps && isTimestamp(text)) return { type: 'timestamp', value: text }
  const plain = text.replaceAll('_', '')
  const whole = integerOf(plain)
  if (whole !== undefined) return { type: 'int', value: whole }
  if (float.test(plain) && Number.isFinite(Number(plain))) return { type: 'float', value: Number(plain) }
  return { type: 'string', value: text }
}

const resolvable = new Set(['!!str', '!!bool', '!!int', '!!float', '!!null', '!!timestamp'])

/** What a scalar means to the engine: the YAML 1.1 of its reader, without sexagesimal numbers and without `yes` and `no`. */
export function resolveScalar(node: ScalarNode): Resolved | TagFault {
  const tag = node.tag === undefined || node.tag.name === '!' ? '' : node.tag.name
  if (tag === '') {
    if (node.style !== 'plain') return { type: 'string', value: node.text }
    return resolvePlain(node.text, true)
  }
  if (tag === '!!binary') {
    const data = node.text.replace(/[\r\n]/g, '')
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(data))
      return { fault: 'base64', found: 'string' }
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
    return { type: 'string', value: new TextDecoder().decode(bytes) }
  }
  if (!resolvable.has(tag) || tag === '!!str') return { type: 'string', value: node.text }
  const resolved = resolvePlain(node.text, tag === '!!timestamp')
  if (tag === `!!${resolved.type}`) return resolved
  if (tag === '!!float' && resolved.type === 'int') return { type: 'float', value: resolved.value }
  return { fault: 'tag', found: resolved.type }
}
