import { isSpace } from './characters.ts'
import type { Directive } from './model.ts'

const names = ['syntax', 'escape', 'check']
const form = /^([a-zA-Z][a-zA-Z0-9]*)(\s*=\s*)(\S.*)$/s

/** A parser directive in the text from `start` (its `#`) to `end`; undefined when it is a plain comment. */
export function readDirective(text: string, start: number, end: number): Directive | undefined {
  if (text[start] !== '#') return undefined
  let at = start + 1
  while (at < end && isSpace(text[at]!)) at++
  const match = form.exec(text.slice(at, end))
  if (match === null) return undefined
  const [, name, equals, rest] = match as unknown as [string, string, string, string]
  if (!names.includes(name.toLowerCase())) return undefined
  const value = rest.trimEnd()
  const valueAt = at + name.length + equals.length
  const range = { start, end: valueAt + value.length }
  return {
    name: name.toLowerCase(),
    value,
    nameRange: { start: at, end: at + name.length },
    valueRange: { start: valueAt, end: range.end },
    range,
  }
}
