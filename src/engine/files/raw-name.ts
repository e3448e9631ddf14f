/**
 * Names in containers are bytes, most often UTF-8, not always. A byte that is no part of a UTF-8 character is kept as one of the
 * private characters U+EF80 to U+EFFF, and so is each byte of such a character itself: what was decoded encodes to the same bytes.
 */
const first = 0xef80
const offset = 0xef00
const rawBytes = /[\uef80-\uefff]/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const hasRawBytes = (name: string): boolean => rawBytes.test(name)

function decoded(bytes: Uint8Array): string | undefined {
  try {
    const text = utf8.decode(bytes)
    return hasRawBytes(text) ? undefined : text
  } catch {
    return undefined
  }
}

const lengthBy = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1)

export function decodeName(bytes: Uint8Array): string {
  const whole = decoded(bytes)
  if (whole !== undefined) return whole
  const parts: string[] = []
  for (let at = 0; at < bytes.length;) {
    let end = at
    while (end < bytes.length && bytes[end]! < 0x80) end++
    if (end > at) parts.push(Buffer.from(bytes.subarray(at, end)).toString('latin1'))
    at = end
    if (at >= bytes.length) break
    const length = lengthBy(bytes[at]!)
    const character = length === 1 ? undefined : decoded(bytes.subarray(at, at + length))
    parts.push(character ?? String.fromCharCode(offset + bytes[at]!))
    at += character === undefined ? 1 : length
  }
  return parts.join('')
}

export function encodeName(name: string): Buffer {
  if (!hasRawBytes(name)) return Buffer.from(name, 'utf8')
  return Buffer.concat(
    [...name].map((character) => {
      const code = character.codePointAt(0)!
      return code >= first && code < first + 0x80
        ? Buffer.from([code - offset])
        : Buffer.from(character, 'utf8')
    }),
  )
}

/** A name for people: such bytes as `\xff`. */
export const shownName = (name: string): string =>
  name.replace(/[\uef80-\uefff]/g, (character) => `\\x${(character.charCodeAt(0) - offset).toString(16)}`)

/** The value of a parameter of a URL. */
export const percentName = (name: string): string =>
  hasRawBytes(name)
    ? [...encodeName(name)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
    : encodeURIComponent(name)

/** As `printf %b` reads it back: arguments of programs go to engines as text, which holds no such bytes. */
export const escapedName = (name: string): string =>
  [...encodeName(name)]
    .map((byte) =>
      byte === 0x5c ? '\\\\' : byte < 0x80 ? String.fromCharCode(byte) : `\\0${byte.toString(8)}`,
    )
    .join('')
