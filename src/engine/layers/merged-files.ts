import type { LayerFile } from './archive.ts'

/** Bytes that one layer wrote once, and the names under which they can be seen. */
export interface Content {
  readonly path: string
  readonly size: number
  readonly layer: number
  readonly digest: string | undefined
  names: number
}

/** What stands at a path once some layers lie on each other. */
export interface Visible {
  readonly file: LayerFile
  readonly layer: number
  /** Of files and hard links. */
  readonly content?: Content
}

interface Node {
  visible: Visible | undefined
  readonly children: Map<string, Node>
}

const node = (): Node => ({ visible: undefined, children: new Map() })
const partsOf = (path: string): readonly string[] => (path === '/' ? [] : path.slice(1).split('/'))

/** The files that can be seen, as a tree: a folder goes with all that is in it. */
export class MergedFiles {
  readonly #root = node()

  at(path: string): Visible | undefined {
    return this.#find(path)?.visible
  }

  put(path: string, visible: Visible): void {
    let at = this.#root
    for (const part of partsOf(path)) {
      let next = at.children.get(part)
      if (next === undefined) at.children.set(part, (next = node()))
      at = next
    }
    at.visible = visible
  }

  /** Takes away what stands at a path with all below it; tells of each. */
  remove(path: string, gone: (path: string, visible: Visible) => void): void {
    const cut = path.lastIndexOf('/')
    const parent = this.#find(path.slice(0, cut) || '/')
    const name = path.slice(cut + 1)
    const found = parent?.children.get(name)
    if (parent === undefined || found === undefined) return
    parent.children.delete(name)
    tell(path, found, gone)
  }

  /** Takes away all that is in a folder, not the folder itself. */
  empty(folder: string, gone: (path: string, visible: Visible) => void): void {
    const found = this.#find(folder)
    if (found === undefined) return
    const children = [...found.children]
    found.children.clear()
    for (const [name, child] of children) tell(folder === '/' ? `/${name}` : `${folder}/${name}`, child, gone)
  }

  /** All that can be seen. */
  each(visit: (path: string, visible: Visible) => void): void {
    for (const [name, child] of this.#root.children) tell(`/${name}`, child, visit)
  }

  #find(path: string): Node | undefined {
    let at: Node | undefined = this.#root
    for (const part of partsOf(path)) at = at?.children.get(part)
    return at
  }
}

/** Without recursion: names of an archive may nest deeper than a stack. */
function tell(path: string, from: Node, visit: (path: string, visible: Visible) => void): void {
  const left: [string, Node][] = [[path, from]]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [at, { visible, children }] = next
    if (visible !== undefined) visit(at, visible)
    for (const [name, child] of children) left.push([`${at}/${name}`, child])
  }
}
