import type { Escape } from '../../dockerfile/model.ts'
import { type Part, parseTemplate, type VariablePart } from '../../dockerfile/template.ts'

/** The value of a variable; `unknown` where it is set but to what is known only at build time. */
export type Value = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unknown' }

export const unknownValue: Value = { kind: 'unknown' }

export interface Expansion {
  /** Undefined where a value is needed that only the build knows. */
  readonly text: string | undefined
  /** The names that were looked up and found. */
  readonly matched: ReadonlySet<string>
  /** The names that were looked up and not found, with the parts that name them. */
  readonly unmatched: readonly VariablePart[]
  /** The words of `${name:?word}` that stop the build. */
  readonly required: readonly VariablePart[]
}

/** What BuildKit makes of a text with variables; `lookup` gives undefined for one that is not set. */
export function expand(
  text: string,
  escape: Escape,
  lookup: (name: string) => Value | undefined,
  from = 0,
  to = text.length,
): Expansion {
  const matched = new Set<string>()
  const unmatched: VariablePart[] = []
  const required: VariablePart[] = []
  if (!/[$'"\\`]/.test(text.slice(from, to)))
    return { text: text.slice(from, to), matched, unmatched, required }

  const join = (parts: readonly Part[]): string | undefined => {
    let result: string | undefined = ''
    for (const part of parts) {
      const value =
        part.kind === 'text' ? part.value : part.kind === 'quote' ? join(part.parts) : variable(part)
      result = value === undefined || result === undefined ? undefined : result + value
    }
    return result
  }
  const variable = (part: VariablePart): string | undefined => {
    const value = lookup(part.name)
    const { modifier } = part
    const word = part.word ? join(part.word) : ''
    if (value) matched.add(part.name)
    else if (modifier.endsWith('?') && (modifier === '?' || modifier === ':?')) required.push(part)
    else unmatched.push(part)
    if (value?.kind === 'unknown') return undefined
    const set = value !== undefined && !(modifier.startsWith(':') && value.text === '')
    const current = value?.text ?? ''
    switch (modifier) {
      case ':-':
      case '-':
        return set ? current : word
      case ':+':
      case '+':
        return set ? word : ''
      case ':?':
      case '?':
        if (!set && value !== undefined) required.push(part)
        return current
      case '':
        return current
      default:
        // Patterns: only the simple cases are worth following.
        return current === '' ? '' : undefined
    }
  }
  const result = join(partsOf(text, escape, from, to))
  return { text: result, matched, unmatched, required }
}

/** Bases of stages are asked about by many rules, and by all again with the next key. */
const kept = new Map<string, readonly Part[]>()
const mostKept = 500

function partsOf(text: string, escape: Escape, from: number, to: number): readonly Part[] {
  const key = `${escape}${text}`
  const isWhole = from === 0 && to === text.length && text.length < 500
  const known = isWhole ? kept.get(key) : undefined
  if (known !== undefined) return known
  const { parts } = parseTemplate(text, from, to, { escape, quotes: true })
  if (isWhole) {
    if (kept.size >= mostKept) kept.clear()
    kept.set(key, parts)
  }
  return parts
}
