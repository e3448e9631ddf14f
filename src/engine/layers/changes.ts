import type { LayerFile, StoredLayer } from './archive.ts'
import { MergedFiles, type Content, type Visible } from './merged-files.ts'

export type Change = 'added' | 'changed' | 'removed'

/** What a layer does to one path. */
export interface FileChange {
  readonly path: string
  readonly change: Change
  /** As it is afterwards; of what is removed as it was. */
  readonly file: LayerFile
  /** What was there before, and in which layer. */
  readonly before?: LayerFile
  readonly beforeLayer?: number
}

export interface LayerChanges {
  readonly changes: readonly FileChange[]
  /** Files, links and devices; folders are not counted. */
  readonly counts: Readonly<Record<Change, number>>
  /** Bytes of all files that the layer brings. */
  readonly size: number
  /** Bytes of these that a later layer, or this one, replaces or removes. */
  readonly wasted: number
}

/** A path whose bytes are in the image and cannot be seen in it. */
export interface WastedPath {
  readonly path: string
  readonly bytes: number
  /** How often it is stored in vain. */
  readonly copies: number
}

export interface ImageChanges {
  readonly layers: readonly LayerChanges[]
  /** Bytes of all files in all layers. */
  readonly size: number
  /** Bytes of these that cannot be seen in the image. */
  readonly wasted: number
  /** The most expensive first. */
  readonly wastedPaths: readonly WastedPath[]
  /** The files of the image as a container sees them. */
  readonly files: MergedFiles
}

const opaqueMark = '.wh..wh..opq'
const whiteout = '.wh.'
/** What older storage drivers keep for themselves. */
const ownFiles = '.wh..wh.'

/** Lays the layers on each other, the base first, and writes down what each of them does. */
export function changesOf(layers: readonly Pick<StoredLayer, 'files'>[]): ImageChanges {
  const files = new MergedFiles()
  const contents: Content[] = []
  const wastedPaths = new Map<string, WastedPath>()
  const wastedIn = layers.map(() => 0)

  const release = ({ content }: Visible): void => {
    if (content === undefined || --content.names > 0) return
    wastedIn[content.layer]! += content.size
    const { bytes = 0, copies = 0 } = wastedPaths.get(content.path) ?? {}
    wastedPaths.set(content.path, {
      path: content.path,
      bytes: bytes + content.size,
      copies: copies + 1,
    })
  }

  const applied = layers.map((layer, index) => apply(layer.files, index))
  return {
    layers: applied.map((layer, index) => ({ ...layer, wasted: wastedIn[index]! })),
    size: contents.reduce((sum, { size }) => sum + size, 0),
    wasted: wastedIn.reduce((sum, size) => sum + size, 0),
    wastedPaths: [...wastedPaths.values()]
      .filter(({ bytes }) => bytes > 0)
      .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1)),
    files,
  }

  function apply(entries: readonly LayerFile[], layer: number): Omit<LayerChanges, 'wasted'> {
    const changes = new Map<string, FileChange>()
    const gone = new Map<string, Visible>()
    const forget = (path: string, visible: Visible): void => {
      if (visible.layer !== layer) gone.set(path, visible)
      else changes.delete(path)
      release(visible)
    }
    // Marks of removal are about the layers below, wherever they stand among the files of their own layer.
    for (const { path } of entries) {
      const cut = path.lastIndexOf('/')
      const name = path.slice(cut + 1)
      if (!name.startsWith(whiteout)) continue
      if (name === opaqueMark) files.empty(path.slice(0, cut) || '/', forget)
      else if (!name.startsWith(ownFiles))
        files.remove(`${path.slice(0, cut)}/${name.slice(whiteout.length)}`, forget)
    }
    let size = 0
    for (const file of entries) {
      const { path } = file
      if (path === '/' || path.slice(path.lastIndexOf('/') + 1).startsWith(whiteout)) continue
      const present = files.at(path)
      const older = gone.get(path) ?? (present?.layer === layer ? undefined : present)
      const before = older?.file ?? changes.get(path)?.before
      const beforeLayer = older?.layer ?? changes.get(path)?.beforeLayer
      const stays = file.type === 'directory' && present?.file.type === 'directory'
      if (present !== undefined && !stays) {
        if (present.file.type === 'directory') files.remove(path, forget)
        else release(present)
      }
      gone.delete(path)
      const content = contentFor(file, layer)
      if (content?.layer === layer && file.type === 'file') size += content.size
      files.put(path, { file, layer, ...(content === undefined ? {} : { content }) })
      if (before === undefined || beforeLayer === undefined)
        changes.set(path, { path, change: 'added', file })
      else if (!stays || !sameFolder(before, file))
        changes.set(path, { path, change: 'changed', file, before, beforeLayer })
    }
    for (const [path, { file, layer: beforeLayer }] of gone)
      changes.set(path, { path, change: 'removed', file, before: file, beforeLayer })
    const counts = { added: 0, changed: 0, removed: 0 }
    for (const { change, file } of changes.values()) if (file.type !== 'directory') counts[change]++
    return { changes: [...changes.values()], counts, size }
  }

  function contentFor(file: LayerFile, layer: number): Content | undefined {
    if (file.type === 'file') {
      const content = { path: file.path, size: file.size, layer, digest: file.digest, names: 1 }
      contents.push(content)
      return content
    }
    if (file.type !== 'hardlink') return undefined
    const content = files.at(file.link)?.content
    if (content !== undefined) content.names++
    return content
  }
}

/** Layers name folders on the way to their files; that alone is no change. */
const sameFolder = (a: LayerFile, b: LayerFile): boolean =>
  a.mode === b.mode && a.uid === b.uid && a.gid === b.gid
