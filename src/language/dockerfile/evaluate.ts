import { replacePattern, trimPrefix, trimSuffix } from './glob.ts'
import type { Part, VariablePart } from './template.ts'

/** What is known of a variable: whether it is set, and to what; an undefined value is set by something outside the text. */
export type Known = { readonly set: false } | { readonly set: true; readonly value: string | undefined }

/** Undefined: not even known whether it is set. */
export type Lookup = (name: string) => Known | undefined

/** Longer values are of no use to anybody, and could double with every line. */
const longest = 10_000

/** The text with its variables replaced and its quotes taken away, as BuildKit does; undefined where something in it is not known. */
export function evaluate(parts: readonly Part[], lookup: Lookup, raw = false): string | undefined {
  let result = ''
  for (const part of parts) {
    let value: string | undefined
    if (part.kind === 'text') value = raw ? part.raw : part.value
    else if (part.kind === 'quote') value = evaluate(part.parts, lookup, raw)
    else value = evaluateVariable(part, lookup)
    if (value === undefined) return undefined
    result += value
    if (result.length > longest) return undefined
  }
  return result
}

function evaluateVariable(part: VariablePart, lookup: Lookup): string | undefined {
  const known = lookup(part.name)
  const { modifier } = part
  const word = (raw = false): string | undefined => evaluate(part.word ?? [], lookup, raw)
  if (known === undefined) return undefined
  const value = known.set ? known.value : ''
  switch (modifier) {
    case '':
    case '?':
    case ':?':
      return value
    case '-':
      return known.set ? value : word()
    case '+':
      return known.set ? word() : ''
    case ':-':
      return value === '' ? word() : value
    case ':+':
      if (value === undefined) return undefined
      return value === '' ? '' : word()
    default:
      break
  }
  const pattern = word(true)
  if (value === undefined || pattern === undefined) return undefined
  switch (modifier) {
    case '#':
    case '##':
      return trimPrefix(value, pattern, modifier === '##')
    case '%':
    case '%%':
      return trimSuffix(value, pattern, modifier === '%%')
    case '/':
    case '//': {
      const replacement = evaluate(part.replacement ?? [], lookup, true)
      return replacement === undefined
        ? undefined
        : replacePattern(value, pattern, replacement, modifier === '//')
    }
    default:
      return undefined
  }
}
