import type { Raw } from '../engine/engine.ts'

/** The fields of an engine's JSON, read without trust: what is missing or of another type is absent. */
export function object(value: unknown, ...path: readonly string[]): Raw {
  const found = at(value, path)
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Raw) : {}
}

export function string(value: unknown, ...path: readonly string[]): string {
  const found = at(value, path)
  return typeof found === 'string' ? found : ''
}

export function number(value: unknown, ...path: readonly string[]): number {
  const found = at(value, path)
  return typeof found === 'number' && Number.isFinite(found) ? found : 0
}

export function boolean(value: unknown, ...path: readonly string[]): boolean {
  return at(value, path) === true
}

export function strings(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = at(value, path)
  return Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : []
}

export function array(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, path)
  return Array.isArray(found) ? found : []
}

function at(value: unknown, path: readonly string[]): unknown {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Raw)[key]
  }
  return found
}
