/** A short name for a text, for recognising it again; not for secrets. The same in the client and in the server. */
export function hashOf(text: string): string {
  let low = 0x811c9dc5
  let high = 0x9e3779b9
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code, 0x85ebca6b) + (low >>> 15)
  }
  return (
    (low >>> 0).toString(16).padStart(8, '0') +
    (high >>> 0).toString(16).padStart(8, '0') +
    text.length.toString(16)
  )
}
