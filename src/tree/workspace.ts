import type { Container } from '../engine/model/container.ts'
import { comparable } from './paths.ts'

/**
 * Whether containers belong to the open folders: the folder of their compose project, one of its files, or a folder that is
 * mounted into them lies in one. What labels say is a claim: here it only chooses which rows are shown.
 */
export function belongsTo(folders: readonly string[]): (container: Container) => boolean {
  const roots = folders.map(comparable).filter((folder) => folder !== '')
  const inside = (path: string): boolean => {
    if (path === '') return false
    const spelled = comparable(path)
    return roots.some((root) => spelled === root || spelled.startsWith(`${root}/`))
  }
  return ({ compose, mounts }) =>
    (compose !== undefined && (inside(compose.workingDir) || compose.configFiles.some(inside))) ||
    mounts.some(({ type, source }) => type === 'bind' && inside(source))
}
