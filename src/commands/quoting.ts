/** One word for a POSIX shell: as it is where that is safe, else in single quotes. */
export function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** A command line that a POSIX shell reads back as exactly these words. */
export const commandLine = (words: readonly string[]): string => words.map(quoted).join(' ')
