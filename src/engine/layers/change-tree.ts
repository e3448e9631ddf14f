import { parentOf } from '../files/file-path.ts'
import type { TarType } from './archive.ts'
import type { Change, FileChange } from './changes.ts'

export type TreeKind = TarType | 'folder'
export type Counts = Readonly<Record<Change, number>>

/** One line of a tree of changes: a folder with what is below it, or a file. */
export interface TreeRow {
  readonly path: string
  readonly name: string
  readonly kind: TreeKind
  /** Of the path itself; a folder that only leads to changes has none. */
  readonly change?: Change
  /** Bytes afterwards; of a folder those of all files below. */
  readonly size: number
  /** Bytes before. */
  readonly before?: number
  /** Of a folder: files below it. */
  readonly counts?: Counts
  /** Where a link leads. */
  readonly link?: string
  /** `rw-r--r-- → rwxr-xr-x`, where only that changed or it changed too. */
  readonly access?: string
}

export interface TreeQuery {
  readonly shown: readonly Change[]
  readonly sort: 'name' | 'size'
  /** At most so many rows. */
  readonly limit: number
}

export interface TreeAnswer {
  readonly rows: readonly TreeRow[]
  /** Rows that there are in all. */
  readonly total: number
}

interface Folder {
  own: FileChange | undefined
  readonly children: Map<string, FileChange | Folder>
  readonly sizes: Record<Change, number>
  readonly counts: Record<Change, number>
}

const isFolder = (entry: FileChange | Folder): entry is Folder => 'children' in entry
const folder = (): Folder => ({
  own: undefined,
  children: new Map(),
  sizes: { added: 0, changed: 0, removed: 0 },
  counts: { added: 0, changed: 0, removed: 0 },
})

/** Changes by folder, made once for a layer or a comparison; rows are made as they are asked for. */
export class ChangeTree {
  readonly #folders = new Map<string, Folder>()
  readonly #changes: readonly FileChange[]

  constructor(changes: readonly FileChange[]) {
    this.#changes = changes
    this.#folders.set('/', folder())
    for (const change of changes) {
      const { path, file } = change
      if (file.type === 'directory') {
        this.#folderAt(path).own = change
        continue
      }
      const parent = this.#folderAt(parentOf(path))
      // A file that was a folder before: the name is a folder's, with what has gone from it.
      const there = parent.children.get(nameIn(path))
      if (there !== undefined && isFolder(there)) there.own = change
      else parent.children.set(nameIn(path), change)
      for (let at = parentOf(path); ; at = parentOf(at)) {
        const above = this.#folders.get(at)!
        above.counts[change.change]++
        above.sizes[change.change] += file.size
        if (at === '/') break
      }
    }
  }

  children(path: string, query: TreeQuery): TreeAnswer {
    const found = this.#folders.get(path)
    if (found === undefined) return { rows: [], total: 0 }
    const rows = [...found.children]
      .filter(([, entry]) => isShown(entry, query.shown))
      .map(([name, entry]) => rowOf(path === '/' ? `/${name}` : `${path}/${name}`, name, entry, query.shown))
    return answer(rows, query)
  }

  /** Files whose path holds these words, in whatever case. */
  find(words: string, query: TreeQuery): TreeAnswer {
    const wanted = words.toLowerCase()
    const rows = this.#changes
      .filter(
        ({ change, file, path }) =>
          file.type !== 'directory' && query.shown.includes(change) && path.toLowerCase().includes(wanted),
      )
      .map((change) => rowOf(change.path, change.path, change, query.shown))
    return answer(rows, query)
  }

  #folderAt(path: string): Folder {
    const found = this.#folders.get(path)
    if (found !== undefined) return found
    const made = folder()
    this.#folders.set(path, made)
    const parent = this.#folderAt(parentOf(path))
    const there = parent.children.get(nameIn(path))
    if (there !== undefined && !isFolder(there)) made.own = there
    parent.children.set(nameIn(path), made)
    return made
  }
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

function isShown(entry: FileChange | Folder, shown: readonly Change[]): boolean {
  if (!isFolder(entry)) return shown.includes(entry.change)
  return (
    (entry.own !== undefined && shown.includes(entry.own.change)) ||
    shown.some((change) => entry.counts[change] > 0)
  )
}

function rowOf(path: string, name: string, entry: FileChange | Folder, shown: readonly Change[]): TreeRow {
  if (isFolder(entry)) {
    const { own, sizes, counts } = entry
    return {
      path,
      name,
      kind: 'folder',
      ...(own === undefined ? {} : { change: own.change, ...accessOf(own) }),
      size: shown.reduce((sum, change) => sum + sizes[change], 0),
      counts,
    }
  }
  const { change, file, before } = entry
  return {
    path,
    name,
    kind: file.type,
    change,
    size: file.size,
    ...(change === 'changed' && before !== undefined ? { before: before.size } : {}),
    ...(file.link === '' ? {} : { link: file.link }),
    ...accessOf(entry),
  }
}

const bits = ['---', '--x', '-w-', '-wx', 'r--', 'r-x', 'rw-', 'rwx']
const modeText = (mode: number): string =>
  `${mode > 0o777 ? `${(mode >> 9).toString(8)} ` : ''}${[6, 3, 0].map((shift) => bits[(mode >> shift) & 7]!).join('')}`

function accessOf({ change, file, before }: FileChange): { readonly access?: string } {
  if (change !== 'changed' || before === undefined) return {}
  const parts = [
    ...(file.mode === before.mode ? [] : [`${modeText(before.mode)} → ${modeText(file.mode)}`]),
    ...(file.uid === before.uid && file.gid === before.gid
      ? []
      : [`${before.uid}:${before.gid} → ${file.uid}:${file.gid}`]),
  ]
  return parts.length === 0 ? {} : { access: parts.join(', ') }
}

function answer(rows: readonly TreeRow[], { sort, limit }: TreeQuery): TreeAnswer {
  const byName = (a: TreeRow, b: TreeRow): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  const sorted = [...rows].sort((a, b) =>
    sort === 'size'
      ? b.size - a.size || byName(a, b)
      : Number(b.kind === 'folder') - Number(a.kind === 'folder') || byName(a, b),
  )
  return { rows: sorted.slice(0, limit), total: rows.length }
}
