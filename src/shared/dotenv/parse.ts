import { t } from '../../shared/l10n.ts'

/** One line of a file of variables that sets or names one. Offsets are in the text. */
export interface EnvEntry {
  readonly name: string
  readonly start: number
  /** The end of the value, behind its closing quote. */
  readonly end: number
  readonly nameStart: number
  readonly nameEnd: number
  /** False for a name alone: it takes its value from the surroundings. */
  readonly assigned: boolean
  /** The value as written: without quotes, with escapes and variables. */
  readonly raw: string
  readonly valueStart: number
  readonly valueEnd: number
  readonly quote: 'none' | 'single' | 'double'
}

export interface EnvFault {
  readonly message: string
  readonly start: number
  readonly end: number
}

export interface EnvComment {
  readonly start: number
  readonly end: number
}

export interface EnvFile {
  readonly text: string
  readonly entries: readonly EnvEntry[]
  readonly comments: readonly EnvComment[]
  /** What the engine stops at; reading goes on at the next line. */
  readonly faults: readonly EnvFault[]
}

const blank = /[\t\v\f\r \x85\xa0]/
/** What the engine takes for white space; a BOM is none. */
export const space = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/
const nameCharacter = /[\p{L}\p{N}_.\-[\]]/u

function skip(text: string, offset: number, pattern: RegExp): number {
  let end = offset
  while (end < text.length && pattern.test(text[end] ?? '')) end++
  return end
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end
}

/** Reads a file of variables as the engine reads `.env` and `env_file`. Never throws; linear. */
export function parseEnv(text: string): EnvFile {
  const entries: EnvEntry[] = []
  const comments: EnvComment[] = []
  const faults: EnvFault[] = []
  let offset = text.startsWith('\ufeff') ? 1 : 0
  for (;;) {
    offset = skip(text, offset, space)
    if (offset >= text.length) break
    if (text[offset] === '#') {
      const end = lineEnd(text, offset)
      comments.push({ start: offset, end: text[end - 1] === '\r' ? end - 1 : end })
      offset = end
      continue
    }
    const start = offset
    const name = readName(text, start)
    if ('message' in name) {
      faults.push(name)
      offset = lineEnd(text, start)
      continue
    }
    if (!name.assigned) {
      const { start: nameStart, end: nameEnd } = name
      entries.push({
        name: text.slice(nameStart, nameEnd),
        start,
        end: nameEnd,
        nameStart,
        nameEnd,
        assigned: false,
        raw: '',
        valueStart: nameEnd,
        valueEnd: nameEnd,
        quote: 'none',
      })
      offset = name.next
      continue
    }
    const value = readValue(text, skip(text, name.next, blank))
    if ('message' in value) {
      faults.push(value)
      offset = lineEnd(text, value.start)
      continue
    }
    offset = value.next
    entries.push({
      name: text.slice(name.start, name.end),
      start,
      end: value.end,
      nameStart: name.start,
      nameEnd: name.end,
      assigned: true,
      raw: value.raw,
      valueStart: value.valueStart,
      valueEnd: value.valueEnd,
      quote: value.quote,
    })
  }
  return { text, entries, comments, faults }
}

interface Name {
  readonly start: number
  readonly end: number
  readonly assigned: boolean
  readonly next: number
}

function readName(text: string, start: number): Name | EnvFault {
  const exported = /^export\s+/.exec(text.slice(start, start + 100))
  const from = exported === null ? start : skip(text, start + 'export'.length, blank)
  let offset = from
  for (; offset < text.length; offset++) {
    const character = String.fromCodePoint(text.codePointAt(offset) ?? 0)
    if (blank.test(character)) continue
    if (character === '=' || character === ':' || character === '\n') break
    if (!nameCharacter.test(character)) {
      const line = text.slice(offset, lineEnd(text, offset))
      return {
        message: t('`{0}` cannot stand in the name of a variable.', character),
        start: offset,
        end: offset + Math.min(character.length, Math.max(line.length, 1)),
      }
    }
    offset += character.length - 1
  }
  // A name at the very end of the file, without a line break, is taken for a value without a name.
  if (offset >= text.length) return { start: from, end: from, assigned: true, next: from }
  const end = from + text.slice(from, offset).trimEnd().length
  if (text.slice(from, end).includes(' '))
    return { message: t('The name of a variable cannot contain a space.'), start: from, end }
  return { start: from, end, assigned: text[offset] !== '\n', next: offset + 1 }
}

interface EnvValue {
  readonly raw: string
  readonly valueStart: number
  readonly valueEnd: number
  readonly end: number
  readonly next: number
  readonly quote: EnvEntry['quote']
}

function readValue(text: string, start: number): EnvValue | EnvFault {
  const quote = text[start]
  if (quote !== '"' && quote !== "'") {
    const end = lineEnd(text, start)
    const line = text.slice(start, end)
    const comment = line.indexOf(' #')
    const raw = (comment < 0 ? line : line.slice(0, comment)).replace(/[\s\x85]+$/, '')
    const valueEnd = start + raw.length
    return {
      raw,
      valueStart: start,
      valueEnd,
      end: valueEnd,
      next: Math.min(end + 1, text.length),
      quote: 'none',
    }
  }
  const parts: string[] = []
  let from = start + 1
  for (let offset = start + 1; offset < text.length; offset++) {
    const character = text[offset]
    if (character === '\\' && offset + 1 < text.length) {
      // Only before its own quote the backslash is dropped.
      if (text[offset + 1] === quote) {
        parts.push(text.slice(from, offset))
        from = offset + 1
      }
      offset++
    } else if (character === quote) {
      parts.push(text.slice(from, offset))
      return {
        raw: parts.join(''),
        valueStart: start + 1,
        valueEnd: offset,
        end: offset + 1,
        next: offset + 1,
        quote: quote === '"' ? 'double' : 'single',
      }
    }
  }
  return { message: t('The quote is never closed.'), start, end: lineEnd(text, start) }
}

const escape = /\\(?:[abcfnrtv$"\\]|0\d{0,3})/g
const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
}

/** Resolves the escapes of a value in double quotes; `\$` becomes `$$`, which the variables take for a plain dollar. */
export function unescapeEnv(raw: string): string {
  return raw.replace(escape, (match) => {
    if (match === '\\$') return '$$'
    if (match.startsWith('\\0')) {
      // The engine takes the zero away first, whether or not an octal number follows.
      const digits = match.slice(2)
      return /^[0-3][0-7]{2}$/.test(digits) ? String.fromCharCode(parseInt(digits, 8)) : `\\${digits}`
    }
    return letters[match[1] ?? ''] ?? match
  })
}
