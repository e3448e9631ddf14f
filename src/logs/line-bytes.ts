/** The byte at `at` of a text that ends before `end`; -1 behind it. */
export const byteAt = (bytes: Uint8Array, at: number, end: number): number => (at < end ? bytes[at]! : -1)

export const isLetter = (byte: number): boolean =>
  (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a)
export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

/** Tells of each byte whether it is one of these characters. */
export function oneOf(characters: string): Uint8Array {
  const table = new Uint8Array(256)
  for (const character of characters) table[character.charCodeAt(0)] = 1
  return table
}

const decoder = new TextDecoder()

/** The text of bytes that are letters, digits and the like. */
export function latin(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > 24) return decoder.decode(bytes.subarray(from, to))
  let text = ''
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at]!)
  return text
}
