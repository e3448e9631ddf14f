/** True for a YAML text that is a compose file, whatever it is called: at the top are services, and one has an image or is built. */
export function looksLikeCompose(text: string): boolean {
  let inside = false
  /** The columns at which services and their keys start, once one was seen. */
  let names = -1
  let keys = -1
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (/^\s*(?:#|$)/.test(line)) continue
    const column = line.search(/[^ ]/)
    if (column === 0) {
      inside = /^(["']?)services\1:\s*(?:#.*)?$/.test(line)
      names = keys = -1
    } else if (inside) {
      if (names < 0) names = column
      // A list of services is something else.
      if (column === names && /^ *-(?: |$)/.test(line)) inside = false
      if (column === names) keys = -1
      else if (keys < 0) keys = column
      if (column === keys && /^ +(["']?)(?:image|build)\1:(?:\s|$)/.test(line)) return true
    }
  }
  return false
}
