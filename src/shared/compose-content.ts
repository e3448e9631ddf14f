/** True for the path or address of a workflow, such as `.github/workflows/docker-compose.yml`: its name says nothing of what it is. */
export const isWorkflowPath = (path: string): boolean =>
  /\/\.(?:github|gitea|forgejo)\/workflows\/[^/]+$/.test(path)

/** What may stand at the top of a compose file. Files of other tools (Woodpecker, Lando) have services with images too. */
const topLevel =
  /^(["']?)(?:version|name|include|services|models|networks|volumes|secrets|configs|x-[^"':]*)\1\s*:/

/**
 * True for a YAML text that is a compose file, whatever it is called: at the top are services, of which one has an image or is built, and
 * nothing that no compose file has.
 */
export function looksLikeCompose(text: string): boolean {
  let found = false
  let inside = false
  /** The columns at which services and their keys start, once one was seen. */
  let names = -1
  let keys = -1
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (/^\s*(?:#|$)/.test(line)) continue
    const column = line.search(/[^ ]/)
    if (column === 0) {
      if (/^["'\w]/.test(line) && !topLevel.test(line)) return false
      inside = /^(["']?)services\1:\s*(?:#.*)?$/.test(line)
      names = keys = -1
    } else if (inside) {
      if (names < 0) names = column
      // A list of services is something else.
      if (column === names && /^ *-(?: |$)/.test(line)) inside = false
      if (column === names) keys = -1
      else if (keys < 0) keys = column
      if (column === keys && /^ +(["']?)(?:image|build)\1:(?:\s|$)/.test(line)) found = true
    }
  }
  return found
}
