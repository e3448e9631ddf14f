export type WordsResult =
  { readonly words: readonly string[] } | { readonly problem: 'unclosedQuote'; readonly at: number }

/**
 * The words of one command line as a POSIX shell reads them, without expansion: quotes, backslashes, line continuations and
 * comments; `$`, backquotes and globs stay as they are written. A line that a Windows shell continues (`^` or a backquote at
 * the end of a line) is continued too. Ends at an unquoted `;`, `|`, `&` or line end that is no continuation.
 * Source: POSIX, Shell Command Language 2.2 and 2.3.
 */
export function splitWords(line: string): WordsResult {
  const words: string[] = []
  let word: string | undefined
  let i = 0
  while (i < line.length) {
    const character = line[i]!
    if (character === '\\') {
      const next = line[i + 1]
      const length = next === '\r' && line[i + 2] === '\n' ? 3 : 2
      if (next !== '\n' && length === 2) word = (word ?? '') + (next ?? '\\')
      i += length
    } else if ((character === '^' || character === '`') && /^\r?\n/.test(line.slice(i + 1, i + 3)))
      i += line[i + 1] === '\r' ? 3 : 2
    else if (character === "'") {
      const end = line.indexOf("'", i + 1)
      if (end === -1) return { problem: 'unclosedQuote', at: i }
      word = (word ?? '') + line.slice(i + 1, end)
      i = end + 1
    } else if (character === '"') {
      const quoted = doubleQuoted(line, i)
      if (quoted === undefined) return { problem: 'unclosedQuote', at: i }
      word = (word ?? '') + quoted.text
      i = quoted.end
    } else if (character === '\n' || character === ';' || character === '|' || character === '&') {
      if (words.length > 0 || word !== undefined) break
      i++
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
      i++
    } else if (character === '#' && word === undefined) {
      const end = line.indexOf('\n', i)
      i = end === -1 ? line.length : end
    } else {
      word = (word ?? '') + character
      i++
    }
  }
  if (word !== undefined) words.push(word)
  return { words }
}

function doubleQuoted(
  line: string,
  start: number,
): { readonly text: string; readonly end: number } | undefined {
  let text = ''
  for (let i = start + 1; i < line.length; i++) {
    const character = line[i]!
    if (character === '"') return { text, end: i + 1 }
    if (character === '\\' && i + 1 < line.length) {
      const next = line[++i]!
      // Inside double quotes a backslash escapes these alone; before anything else it stands for itself.
      if (next !== '\n') text += '$`"\\'.includes(next) ? next : `\\${next}`
    } else text += character
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
