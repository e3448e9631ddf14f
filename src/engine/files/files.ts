import type { PathStat } from '../engine.ts'
import type { WrittenEntry } from './tar-writer.ts'

export type FileType = PathStat['type']

/** One name in a folder, or one path. Links are told as links; `target` says what they lead to. */
export interface FileEntry {
  readonly name: string
  readonly type: FileType
  /** Of a link: what it leads to in the end; undefined when it leads nowhere. */
  readonly target?: FileType
  /** Bytes. */
  readonly size: number
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number
  /** Milliseconds since the epoch. */
  readonly mtime: number
  /** Of a link in a listing: where it points, as it is written. */
  readonly link?: string
  /** In listings. */
  readonly owner?: { readonly uid: number; readonly gid: number }
}

export interface Ownership {
  readonly uid: number
  readonly gid: number
  readonly mode: number
}

export interface WriteOptions {
  /** Makes the file when it is not there; else that is `notFound`. */
  readonly create: boolean
  /** Replaces what is there; else that is `conflict`. */
  readonly overwrite: boolean
}

/** Makes an archive, and tells of each entry before it is sent. A piece may come in the memory of the one before. */
export type Gathering = (onEntry?: (entry: WrittenEntry) => void) => AsyncIterable<Uint8Array>

/**
 * The files of one container, running or not. Paths are absolute; links are resolved inside the container's root. What is not
 * there rejects with `notFound`, what is in the way with `conflict`, what cannot be done with `denied`, each saying why.
 */
export interface Files {
  list(folder: string, signal?: AbortSignal): Promise<readonly FileEntry[]>
  /** What stands at a path; a link as what it leads to, with `target` set. */
  stat(path: string, signal?: AbortSignal): Promise<FileEntry>
  /** At most `limit` bytes; larger files reject with `unsupported`. */
  read(path: string, limit: number, signal?: AbortSignal): Promise<Buffer>
  /** Keeps owner, group and mode of what is replaced; a link's target is written, not the link. */
  write(path: string, content: Uint8Array, options: WriteOptions, signal?: AbortSignal): Promise<void>
  createFolder(path: string, signal?: AbortSignal): Promise<void>
  rename(
    from: string,
    to: string,
    options: { readonly overwrite: boolean },
    signal?: AbortSignal,
  ): Promise<void>
  remove(path: string, options: { readonly recursive: boolean }, signal?: AbortSignal): Promise<void>
  /**
   * A tar of a file or folder, as the engine sends it; its names begin with its own name. A path that is a link is sent as the
   * link, or as what it leads to. Where it is lent, a piece is the reader's only until it asks for the next, which may come in the
   * same memory. Where it is to be whole, one that breaks off rejects with `lost`: for those who do not read it.
   */
  archive(
    path: string,
    signal: AbortSignal,
    options?: { readonly followLink?: boolean; readonly lent?: boolean; readonly whole?: boolean },
  ): AsyncIterable<Buffer>
  /** Unpacks a tar into a folder. Names must be plain: no links on the way. */
  unpack(folder: string, archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>
  /**
   * The same for what must not be seen half: all of it is gathered beside the names it is for, and takes their places once it is
   * whole. It goes straight there where neither a shell nor the engine can do that. `onLast` is called when all is gathered: from
   * then on nothing is broken off by the signal, unless it is gathered anew.
   */
  unpackWhole(
    folder: string,
    names: readonly string[],
    gathering: Gathering,
    signal: AbortSignal,
    onLast?: () => void,
  ): Promise<void>
  /** Who owns a path, for what is put beside or below it. */
  owner(path: string, signal?: AbortSignal): Promise<Ownership>
  /** Forgets what was listed. */
  forget(): void
}
