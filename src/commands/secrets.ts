import type { Raw } from '../engine/engine.ts'
import { looksSecret, maskText, maskVariable, maskWords, masked } from '../shared/masking.ts'

export { looksSecret, maskText, maskVariable, maskWords, masked }

/**
 * What an engine said of an object, for a document: values of the environment are hidden, and so is whatever looks like a secret
 * by its name or its form, and every other place where such a value occurs again.
 */
export function maskInspection(raw: Raw): Raw {
  const known = secretsIn(raw)
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return looksSecret(key) && value !== '' ? masked : maskText(value, known)
    if (Array.isArray(value)) {
      if (key === 'Env' && value.every((entry) => typeof entry === 'string')) return value.map(maskVariable)
      if (value.every((entry) => typeof entry === 'string')) return maskWords(value, known)
      return value.map((entry) => walk(entry, ''))
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [maskText(name, known), walk(entry, name)]),
    )
  }
  return walk(raw, '') as Raw
}

/** The values of secret-looking variables, longest first, so that they are found wherever they were copied to. */
function secretsIn(raw: Raw): readonly string[] {
  const found = new Set<string>()
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) {
      for (const entry of value) {
        if (key === 'Env' && typeof entry === 'string') {
          const at = entry.indexOf('=')
          if (at > 0 && looksSecret(entry.slice(0, at))) found.add(entry.slice(at + 1))
        } else walk(entry, '')
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value)) {
        if (typeof entry === 'string' && looksSecret(name)) found.add(entry)
        else walk(entry, name)
      }
    }
  }
  walk(raw, '')
  return [...found].filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length)
}
