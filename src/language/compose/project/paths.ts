import { folderOf, join, nameOf } from '../../uri.ts'
import type { Origin } from './value.ts'

/**
 * Paths of a compose file as addresses. A project only ever knows URIs; a path in it is resolved against the URI of a
 * folder, so that remote and virtual workspaces work.
 */
export { folderOf, nameOf }

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
  if (!isAbsolute(slashed)) return join(folder, slashed) ?? rootOf(folder)
  return join(rootOf(folder), slashed) ?? rootOf(folder)
}

/** The URI of a file that `extends` or `include` names: there the engine takes a written `~` for the name of a folder. */
export function resolveFile({ source, node }: Origin, path: string): string | undefined {
  const isName = node.kind === 'scalar' && node.text.startsWith('~')
  return resolvePath(source.folder, isName ? `./${path}` : path)
}

function rootOf(uri: string): string {
  return /^[a-zA-Z][\w+.-]*:\/\/[^/]*/.exec(uri)?.[0] ?? ''
}

/** A path from one folder to a file, for the reader of a message. */
export function relativePath(folder: string, uri: string): string {
  const split = (text: string): string[] => text.split('/').filter((part) => part !== '')
  const from = split(folder)
  const to = split(uri)
  let same = 0
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++
  if (same === 0) return uri
  const up = from.slice(same).map(() => '..')
  return [...up, ...to.slice(same).map(decode)].join('/')
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** True for addresses that the engine fetches: repositories, archives, OCI artifacts. */
export function isRemote(path: string): boolean {
  return /^(?:https?|git|ssh|oci|docker-image|target):\/\/|^git@|^github\.com\/|^[\w.-]+@[\w.-]+:/.test(path)
}
