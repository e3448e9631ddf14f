/**
 * Paths of a compose file as addresses. A project only ever knows URIs; a path in it is resolved against the URI of a
 * folder, so that remote and virtual workspaces work.
 */

/** The folder of a file, without a slash at the end. */
export function folderOf(uri: string): string {
  const slash = uri.lastIndexOf('/')
  return slash < 0 ? uri : uri.slice(0, slash)
}

export function nameOf(uri: string): string {
  return decode(uri.slice(uri.lastIndexOf('/') + 1))
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function splitUri(uri: string): { root: string; parts: string[] } {
  const match = /^([a-zA-Z][\w+.-]*:\/\/[^/]*)?(.*)$/s.exec(uri)
  return { root: match?.[1] ?? '', parts: (match?.[2] ?? '').split('/').filter((part) => part !== '') }
}

/** True for what names a path by itself: `/x`, `~/x`, `C:\x`. */
export function isAbsolute(path: string): boolean {
  return (
    path.startsWith('/') || path.startsWith('~') || /^[a-zA-Z]:[\\/]/.test(path) || path.startsWith('\\\\')
  )
}

/** The URI a path means when it stands in a project whose folder is `folder`; undefined for `~`, which only the host knows. */
export function resolvePath(folder: string, path: string): string | undefined {
  if (path.startsWith('~')) return undefined
  const slashed = /^[a-zA-Z]:\\|^\\\\|^\.{0,2}\\/.test(path) ? path.replaceAll('\\', '/') : path
  const { root, parts } = splitUri(folder)
  const result = isAbsolute(slashed) ? [] : [...parts]
  for (const part of slashed.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') result.pop()
    else result.push(encodeURIComponent(part).replaceAll('%3A', ':').replaceAll('%40', '@'))
  }
  return `${root}/${result.join('/')}`
}

/** A path from one folder to a file, for the reader of a message. */
export function relativePath(folder: string, uri: string): string {
  const from = splitUri(folder)
  const to = splitUri(uri)
  if (from.root !== to.root) return uri
  let same = 0
  while (same < from.parts.length && same < to.parts.length - 1 && from.parts[same] === to.parts[same]) same++
  const up = from.parts.slice(same).map(() => '..')
  return [...up, ...to.parts.slice(same).map(decode)].join('/')
}

/** True for addresses that the engine fetches: repositories, archives, OCI artifacts. */
export function isRemote(path: string): boolean {
  return /^(?:https?|git|ssh|oci|docker-image|target):\/\/|^git@|^github\.com\/|^[\w.-]+@[\w.-]+:/.test(path)
}
