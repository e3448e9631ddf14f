import { childOf, nameOf, parentOf } from '../engine/files/file-path.ts'
import type { FileEntry, FileType } from '../engine/files/files.ts'
import type { Place } from '../engine/files/place.ts'
import type { ChangeNode, FileNode, MoreNode, TreeNode } from './node.ts'
import { sortedBy } from './order.ts'

/** What a link leads to counts, not that it is one. */
export const typeAtEnd = ({ type, target }: FileEntry): FileType => target ?? type

export const isFolder = (entry: FileEntry): boolean => typeAtEnd(entry) === 'directory'

/** How many rows of a folder are shown at once, and how many more with each wish for more. */
export const rowsAtOnce = 1000

/** Whether what is below a row is asked of the engine when it is opened, and stays as it is until it is asked again. */
export const isListed = (node: TreeNode): boolean =>
  node.kind === 'files' ||
  node.kind === 'changes' ||
  node.kind === 'change' ||
  (node.kind === 'file' && isFolder(node.entry))

/** What is in a folder as nodes: folders first, then by name as people read it. */
export function fileNodes(
  place: Place,
  folder: string,
  entries: readonly FileEntry[],
  within: string,
): readonly FileNode[] {
  return sortedBy(
    entries,
    (entry) => (isFolder(entry) ? 0 : 1),
    ({ name }) => name,
  ).map((entry) => ({ kind: 'file', place, path: childOf(folder, entry.name), entry, within }))
}

interface Branch {
  readonly change: ChangeNode['change']
  readonly names: Map<string, Branch>
}

/** `docker diff` as a tree. A folder that is told only because of what is in it counts as modified, as engines have it. */
export function changeNodes(
  place: Place,
  changes: readonly { readonly path: string; readonly change: ChangeNode['change'] }[],
  within: string,
): readonly ChangeNode[] {
  const root: Branch = { change: 'modified', names: new Map() }
  const branches = new Map<string, Branch>([['/', root]])
  const branchAt = (path: string, change: ChangeNode['change']): Branch => {
    const known = branches.get(path)
    if (known !== undefined) return known
    const made: Branch = { change, names: new Map() }
    branches.set(path, made)
    branchAt(parentOf(path), 'modified').names.set(nameOf(path), made)
    return made
  }
  // Parents first: a folder is what the engine says it is, not what its files make of it.
  for (const { path, change } of [...changes].sort((a, b) => a.path.length - b.path.length))
    if (path.startsWith('/') && path !== '/') branchAt(path, change)
  const nodesOf = (branch: Branch, folder: string): ChangeNode[] =>
    sortedBy(
      [...branch.names],
      ([, { names }]) => (names.size > 0 ? 0 : 1),
      ([name]) => name,
    ).map(([name, child]) => {
      const path = childOf(folder, name)
      return { kind: 'change', place, path, change: child.change, below: nodesOf(child, path), within }
    })
  return nodesOf(root, '/')
}

/** The first rows of a folder, and one that says how many there are besides. */
export function paged(
  nodes: readonly TreeNode[],
  folderRow: string,
  shown = rowsAtOnce,
): readonly TreeNode[] {
  if (nodes.length <= shown) return nodes
  const more: MoreNode = { kind: 'more', within: folderRow, hidden: nodes.length - shown }
  return [...nodes.slice(0, shown), more]
}
