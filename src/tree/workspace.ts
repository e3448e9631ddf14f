import type { Container } from '../engine/model/container.ts'

/** How Docker Desktop names the folders of the machine around its engine. */
const mounted = /^(?:\/host_mnt|\/run\/desktop\/mnt\/host)(?=\/)/

/** A path in one spelling: slashes forward and none at the end; those of Windows as `/c/folder`, case aside. */
function comparable(path: string): string {
  const slashes = path.replaceAll('\\', '/').replace(/\/+$/, '')
  const rest = slashes.replace(mounted, '')
  const drive = (rest === slashes ? /^([A-Za-z]):(?=\/|$)/ : /^\/?([A-Za-z]):?(?=\/|$)/).exec(rest)
  return drive === null ? rest : `/${drive[1]!}${rest.slice(drive[0].length)}`.toLowerCase()
}

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
