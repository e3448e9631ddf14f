/**
 * True when a compose file may read a file of this name: it stands in the text as the last part of a path. Whether it does read it only
 * compose knows.
 */
export function mentionsFile(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? '\n'
    const after = text[at + name.length] ?? '\n'
    if (/[\s"'/\\:=[{,]/.test(before) && /[\s"',:\]}]/.test(after)) return true
  }
  return false
}
