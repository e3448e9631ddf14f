import { floatOf } from './casts.ts'

const binary: Readonly<Record<string, number>> = {
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
}

/** A size such as `512m`, `1.5 GiB` or `1024`, in bytes; undefined where the engine cannot read it. */
export function bytesOf(text: string): number | undefined {
  let last = text.length - 1
  while (last >= 0 && !/[0-9. ]/.test(text[last] ?? '')) last--
  if (last < 0) return undefined
  const number = text[last] === ' ' ? text.slice(0, last) : text.slice(0, last + 1)
  const suffix = text.slice(last + 1).toLowerCase()
  const size = floatOf(number)
  if (size === undefined || size < 0) return undefined
  if (suffix === '' || suffix === 'b') return Math.trunc(size)
  if (suffix.length > 3) return undefined
  const factor = Object.hasOwn(binary, suffix[0] ?? '') ? binary[suffix[0] ?? ''] : undefined
  if (factor === undefined || !['', 'b', 'ib'].includes(suffix.slice(1))) return undefined
  return Math.trunc(size * factor)
}

const nanoseconds: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
  ['d', 86_400e9],
  ['w', 604_800e9],
])

/** A duration such as `1m30s` or `2d`, in nanoseconds; a text saying why where the engine cannot read it. */
export function durationOf(text: string): number | 'form' | 'unit' {
  let rest = text.replace(/^[-+]/, '')
  if (rest === '0') return 0
  if (rest === '') return 'form'
  let total = 0
  while (rest !== '') {
    const match = /^(\d+(?:\.\d*)?|\.\d+)([^.\d]*)/.exec(rest)
    if (match === null) return 'form'
    const unit = nanoseconds.get(match[2] ?? '')
    if (unit === undefined) return 'unit'
    total += Number(match[1]) * unit
    if (total >= 2 ** 63) return 'form'
    rest = rest.slice(match[0].length)
  }
  return text.startsWith('-') ? -total : total
}

/**
 * Whether the engine can split a command line into words. It stops at `;`, `&`, `|`, `<` and `>`, knows `$(…)` and
 * backquotes, and refuses an open quote, an open bracket and a trailing backslash.
 */
export function isCommandLine(text: string): boolean {
  let escaped = false
  let quote = ''
  let backquote = false
  let dollar = false
  let previous = ''
  for (const character of text) {
    if (escaped) {
      escaped = false
      previous = character
      continue
    }
    if (character === '\\') {
      if (quote === "'") previous = character
      else escaped = true
      continue
    }
    if (/[ \t\r\n]/.test(character)) {
      previous = quote === '' && !backquote && !dollar ? '' : character
      continue
    }
    if (character === '`' && quote === '' && !dollar) backquote = !backquote
    else if (character === ')' && quote === '' && !backquote) dollar = !dollar
    else if (character === '(' && quote === '' && !backquote) {
      if (dollar || previous !== '$') return false
      dollar = true
    } else if (character === '"' && quote !== "'" && !dollar) {
      quote = quote === '"' ? '' : '"'
      continue
    } else if (character === "'" && quote !== '"' && !dollar) {
      quote = quote === "'" ? '' : "'"
      continue
    } else if (';&|<>'.includes(character) && quote === '' && !backquote && !dollar) break
    previous = character
  }
  return !escaped && quote === '' && !backquote && !dollar
}
