import type { Raw } from '../model/raw.ts'

/** How a layer is stored in an archive of images. */
export type Packing = 'none' | 'gzip' | 'zstd'

export type TarType = 'file' | 'hardlink' | 'symlink' | 'device' | 'directory' | 'fifo'

/** A file as a layer holds it. Whiteouts are files here, as they are in the archive. */
export interface LayerFile {
  /** From the root, with a slash in front. */
  readonly path: string
  readonly type: TarType
  /** Bytes; of a hard link none. */
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** What a symbolic link says; of a hard link the path, in the same layer, of the file that it is another name of. */
  readonly link: string
  /** Where the content begins in the layer's tar. */
  readonly offset: number
  readonly sparse: boolean
  /** Of the content, where it was asked for. */
  readonly digest?: string
}

export interface StoredLayer {
  /** The name of its tar in the archive. */
  readonly name: string
  readonly packing: Packing
  /** Bytes in the archive. */
  readonly packedSize: number
  readonly files: readonly LayerFile[]
}

/** What `docker save` says of one image: its configuration, and where the files of its layers are, the base first. */
export interface ImageArchive {
  readonly config: Raw
  readonly layers: readonly StoredLayer[]
  /** Entries of all layers together: what the index costs in memory goes with it. */
  readonly entries: number
}
