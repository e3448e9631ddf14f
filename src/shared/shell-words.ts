export type WordsResult =
  | {
      readonly words: readonly string[]
      /** What comes after the command, from the `;`, `|`, `&` or `>` that ends it. */
      readonly rest: string
    }
  | { readonly problem: 'unclosedQuote'; readonly at: number }

/**
 * What stands at the start of `rest` for something else: a variable, a command in backquotes, `~`. Asked wherever a shell would
 * expand; undefined where there is nothing of the kind.
 */
export type Expansion = (
  rest: string,
  atWordStart: boolean,
) => { readonly text: string; readonly length: number } | undefined

export interface SplitOptions {
  readonly expand?: Expansion
  /** A line of PowerShell or cmd: a backslash in a path is a backslash. */
  readonly windows?: boolean
}

/**
 * The words of one command line as a POSIX shell reads them, without expansion: quotes, backslashes, line continuations and
 * comments; `$`, backquotes and globs stay as they are written unless `expand` replaces them. A line that a Windows shell
 * continues (`^` or a backquote at the end of a line) is continued too, and so is one after a comment of its own line. Ends at an
 * unquoted `;`, `|`, `&`, redirection or line end that is no continuation; `<name>` is a placeholder for a person to fill in.
 * Source: POSIX, Shell Command Language 2.2 and 2.3; for `$'…'` POSIX 2024, 2.2.4.
 */
export function splitWords(line: string, { expand, windows = false }: SplitOptions = {}): WordsResult {
  const words: string[] = []
  let word: string | undefined
  let i = 0
  // A line that goes on from the one before, and has had no word of its own yet.
  let continued = false
  while (i < line.length) {
    const character = line[i]!
    if (character === '\\') {
      const next = line[i + 1]
      const length = next === '\r' && line[i + 2] === '\n' ? 3 : 2
      const ends = next === '\n' || length === 3
      if (ends) continued = true
      else word = (word ?? '') + (windows && /[\w.]/.test(next ?? '') ? `\\${next!}` : (next ?? '\\'))
      i += length
    } else if ((character === '^' || character === '`') && /^\r?\n/.test(line.slice(i + 1, i + 3))) {
      continued = true
      i += line[i + 1] === '\r' ? 3 : 2
    } else if (character === "'" || (character === '$' && line[i + 1] === "'")) {
      const quoted = singleQuoted(line, i)
      if (quoted === undefined) return { problem: 'unclosedQuote', at: i }
      word = (word ?? '') + quoted.text
      i = quoted.end
    } else if (character === '"') {
      const quoted = doubleQuoted(line, i, expand)
      if (quoted === undefined) return { problem: 'unclosedQuote', at: i }
      word = (word ?? '') + quoted.text
      i = quoted.end
    } else if (/[\n;|&<>]/.test(character)) {
      const placeholder = /^<[\w][\w .:/-]*>/.exec(line.slice(i))?.[0]
      if (placeholder !== undefined) {
        word = (word ?? '') + placeholder
        i += placeholder.length
        continue
      }
      // `2>` is the name of a stream, no word.
      if ((character === '>' || character === '<') && /^\d$/.test(word ?? '')) word = undefined
      if (words.length > 0 || word !== undefined) break
      i++
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
      i++
    } else if (character === '#' && word === undefined) {
      const end = line.indexOf('\n', i)
      i = end === -1 ? line.length : end + (continued ? 1 : 0)
    } else {
      const expanded = expandable.test(character) ? expand?.(line.slice(i), word === undefined) : undefined
      word = (word ?? '') + (expanded?.text ?? character)
      i += expanded?.length ?? 1
    }
    if (word !== undefined) continued = false
  }
  if (word !== undefined) words.push(word)
  return { words, rest: line.slice(i).trim() }
}

interface Quoted {
  readonly text: string
  readonly end: number
}

/** `'…'`, or `$'…'` in which a backslash begins an escape. */
function singleQuoted(line: string, start: number): Quoted | undefined {
  if (line[start] !== '$') {
    const end = line.indexOf("'", start + 1)
    return end === -1 ? undefined : { text: line.slice(start + 1, end), end: end + 1 }
  }
  const match = /^\$'((?:[^'\\]|\\[^])*)'/.exec(line.slice(start))
  if (match === null) return undefined
  const text = match[1]!.replace(/\\(?:x([0-9a-f]{1,2})|([^]))/gi, (_, hex?: string, letter = '') =>
    hex === undefined
      ? (escapes[letter as string] ?? (letter as string))
      : String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return { text, end: start + match[0].length }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
}

const expandable = /[$`%~]/

function doubleQuoted(line: string, start: number, expand: Expansion | undefined): Quoted | undefined {
  let text = ''
  for (let i = start + 1; i < line.length; i++) {
    const character = line[i]!
    if (character === '"') return { text, end: i + 1 }
    if (character === '\\' && i + 1 < line.length) {
      const next = line[++i]!
      // Inside double quotes a backslash escapes these alone; before anything else it stands for itself.
      if (next !== '\n') text += '$`"\\'.includes(next) ? next : `\\${next}`
    } else {
      const expanded = expandable.test(character) ? expand?.(line.slice(i), false) : undefined
      text += expanded?.text ?? character
      i += (expanded?.length ?? 1) - 1
    }
  }
  return undefined
}

/** A word as a POSIX shell reads it back, whatever it holds. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

export function commandLine(words: readonly string[]): string {
  return words.map(quoteWord).join(' ')
}
