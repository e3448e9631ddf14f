/** A stretch of a line that leads somewhere. */
export type Link =
  | { readonly kind: 'url'; readonly start: number; readonly end: number; readonly url: string }
  | {
      readonly kind: 'file'
      readonly start: number
      readonly end: number
      readonly path: string
      readonly line: number
      readonly column?: number
    }

const scanned = 4096
const most = 20

/** Web addresses only: no other scheme is ever opened from a log. */
const url = /\bhttps?:\/\/[^\s<>"'`{}|\\^\u0000-\u001f]{1,2000}/g
/** `src/app.ts:12:3`, `/app/main.py:7`, `App.java:12`, `C:\\x\\y.cs:line 4` and Python's `File "x.py", line 3`. */
const file =
  /(?<![\w./\\-])((?:[A-Za-z]:)?[\w.@+~/\\-]{0,300}[\w+-]\.[A-Za-z][A-Za-z0-9]{0,9})(?::(?:line )?(\d{1,7})(?::(\d{1,5}))?|\((\d{1,7})(?:,(\d{1,5}))?\)|", line (\d{1,7}))/g

/** The links in a visible text, in order, none over another. */
export function linksIn(text: string): readonly Link[] {
  const looked = text.length > scanned ? text.slice(0, scanned) : text
  const links: Link[] = []
  if (looked.includes('://'))
    for (const match of looked.matchAll(url)) {
      const address = withoutTail(match[0])
      if (URL.canParse(address))
        links.push({ kind: 'url', start: match.index, end: match.index + address.length, url: address })
      if (links.length >= most) break
    }
  for (const match of looked.matchAll(file)) {
    const start = match.index
    const end = start + match[0].length
    if (links.some((link) => start < link.end && end > link.start)) continue
    const line = Number(match[2] ?? match[4] ?? match[6])
    const column = Number(match[3] ?? match[5] ?? 0)
    // An address with a port is no file.
    if (/^\d+(?:\.\d+)*$/.test(match[1]!) || hosts.test(match[1]!)) continue
    links.push({ kind: 'file', start, end, path: match[1]!, line, ...(column > 0 ? { column } : {}) })
    if (links.length >= 2 * most) break
  }
  return links.sort((a, b) => a.start - b.start)
}

/** `example.com:443` is a host, unless its ending is that of a program's file too. */
const hosts = /^(?:[\w-]+\.)+(?:com|org|net|io|dev|local|localhost|internal|lan|de|uk|eu|info|cloud|app|ai)$/i

/** Without the punctuation that ends a sentence, and without a bracket that was opened before the address. */
function withoutTail(address: string): string {
  let end = address.length
  for (;;) {
    const last = address[end - 1]!
    if (/[.,;:!?*_~]/.test(last)) end -= 1
    else if (last === ')' && count(address, '(', end) < count(address, ')', end)) end -= 1
    else if (last === ']' && count(address, '[', end) < count(address, ']', end)) end -= 1
    else return address.slice(0, end)
  }
}

function count(text: string, character: string, end: number): number {
  let found = 0
  for (let at = 0; at < end; at += 1) if (text[at] === character) found += 1
  return found
}
