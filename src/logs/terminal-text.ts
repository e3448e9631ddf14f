import { parseAnsi } from './ansi.ts'
import type { Color, Style } from './sgr.ts'

/** A log line for a terminal: its colours, and nothing else that a terminal would obey. */
export function terminalText(text: string): string {
  return parseAnsi(text)
    .map((span) =>
      span.style === undefined ? span.text : `\u001b[${codes(span.style)}m${span.text}\u001b[0m`,
    )
    .join('')
}

function codes(style: Style): string {
  const parts: string[] = []
  if (style.bold) parts.push('1')
  if (style.dim) parts.push('2')
  if (style.italic) parts.push('3')
  if (style.underline) parts.push('4')
  if (style.inverse) parts.push('7')
  if (style.strike) parts.push('9')
  if (style.fg !== undefined) parts.push(color(style.fg, 30))
  if (style.bg !== undefined) parts.push(color(style.bg, 40))
  return parts.join(';')
}

/** `base` is 30 for the text, 40 for its background. */
function color(value: Color, base: number): string {
  if (typeof value !== 'number') return `${base + 8};2;${value.join(';')}`
  if (value < 8) return String(base + value)
  if (value < 16) return String(base + 60 + value - 8)
  return `${base + 8};5;${value}`
}
