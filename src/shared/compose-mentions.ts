/**
 * True when a compose file may read a file of this name: it stands in the text as the last part of a path, which is not one side of a
 * mount (`./app.log:/var/log/app.log`): that is the containers' to read, and to write all the time. Whether it does read it only
 * compose knows.
 */
export function mentionsFile(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? '\n'
    const rest = text.slice(at + name.length, at + name.length + 2)
    const ends = rest === '' || /^[\s"',\]}]|^:(?:\s|$)/.test(rest)
    if (ends && /[\s"'/\\:=[{,]/.test(before) && !isTarget(text, at)) return true
  }
  return false
}

/** Whether a source stands before it in the same word; a drive's letter is none. */
function isTarget(text: string, at: number): boolean {
  let start = at
  while (start > 0 && !/[\s"',[{]/.test(text[start - 1]!)) start--
  return text
    .slice(start, at)
    .replace(/^[A-Za-z]:(?=[\\/])/, '')
    .includes(':')
}
