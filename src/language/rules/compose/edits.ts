import type { TextEdit, TextRange } from '../../../shared/text-range.ts'
import type { ScalarNode } from '../../compose/yaml/nodes.ts'

/** The range of the lines that hold a range, with the break behind them, so that removing it leaves no empty line. */
export function wholeLines(text: string, range: TextRange): TextRange {
  let { start, end } = range
  while (start > 0 && !isBreak(text, start - 1)) start--
  while (end < text.length && !isBreak(text, end)) end++
  if (text[end] === '\r' && text[end + 1] === '\n') end += 2
  else if (end < text.length) end++
  else if (start > 0) {
    start--
    if (text[start] === '\n' && text[start - 1] === '\r') start--
  }
  return { start, end }
}

function isBreak(text: string, offset: number): boolean {
  return text[offset] === '\n' || text[offset] === '\r'
}

/** True where nothing but the range stands on its lines. */
export function standsAlone(text: string, range: TextRange): boolean {
  const lines = wholeLines(text, range)
  return (
    text.slice(lines.start, range.start).trim() === '' &&
    text.slice(range.end, lines.end).trim().replace(/^#.*$/, '') === ''
  )
}

/** A text in quotes, in the style that needs no escapes if there is one. */
export function quoted(word: string): string {
  if (!/["\\]|[\p{Cc}]/u.test(word)) return `"${word}"`
  if (!word.includes("'") && !/\p{Cc}/u.test(word)) return `'${word}'`
  return JSON.stringify(word)
}

export function quoteEdit(node: ScalarNode): TextEdit {
  return { range: { start: node.start, end: node.end }, newText: quoted(node.text) }
}

/** A text as a YAML scalar: plain where that reads back as the same text. */
export function scalarText(word: string, flow = false): string {
  const risky =
    word === '' ||
    /^[\s\-?:,[\]{}#&*!|>'"%@`]/.test(word) ||
    /[\s:]$|: | #|\p{Cc}/u.test(word) ||
    (flow && /[,[\]{}?]/.test(word)) ||
    /^(?:true|false|null|yes|no|on|off|y|n|~)$/i.test(word) ||
    /^[-+.]?[0-9]|^[-+]?\.(?:inf|nan)$/i.test(word) ||
    word === '<<'
  return risky ? quoted(word) : word
}
