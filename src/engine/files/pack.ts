import type { Stats } from 'node:fs'
import { lstat, open, readFile, readdir, readlink, realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { EngineError } from '../errors.ts'
import { filling, inLargePieces, tarEnd, tarHeader, type WrittenEntry } from './tar-writer.ts'

export interface PackOptions {
  readonly uid: number
  readonly gid: number
  readonly signal: AbortSignal
  /**
   * Owners and groups as they are here, as `docker cp` has them; without it all belongs to `uid` and `gid`, and files that belonged
   * to others lose setuid and setgid as by chown(2): they would run as their new owner.
   */
  readonly keepOwner?: boolean
  /** A source that is a link is sent as what it leads to, as `docker cp -L` does; links below it stay links. */
  readonly followLinks?: boolean
  /** Called for each entry before it is sent. */
  readonly onEntry?: ((entry: WrittenEntry) => void) | undefined
  /** Called with the bytes of contents that have been read so far. */
  readonly onBytes?: (bytes: number) => void
  /** Called for what is no file, folder or link and so stays behind. */
  readonly onSkipped?: (path: string) => void
}

/** A file or folder of this machine, and the name it gets in the archive. */
export interface Packed {
  readonly path: string
  readonly name: string
}

export const packedAs = (path: string, name = basename(path)): Packed => ({ path, name })

/** Files up to here are read whole, several ahead of their turn: a file each takes most of its time to be opened. */
const small = 64 * 1024
const ahead = 32
const piece = 512 * 1024

/**
 * A tar of files and folders, made as it is read: never more than some pieces are in memory, and those of large files come in the
 * same two buffers again and again: one is read into while the other is sent. Links stay links.
 */
export const packTar = (sources: readonly Packed[], options: PackOptions): AsyncGenerator<Uint8Array> =>
  inLargePieces(parts(sources, options))

async function* parts(sources: readonly Packed[], options: PackOptions): AsyncGenerator<Uint8Array> {
  const progress: Progress = { bytes: 0, buffers: [] }
  for (const { path, name } of sources) {
    const real = options.followLinks === true ? await realpath(path) : path
    yield* entry(await look(real, options.signal), name, options, progress)
  }
  yield tarEnd
}

interface Progress {
  /** Of contents that have been read. */
  bytes: number
  /** For pieces of large files. New ones for each piece would cost more than all else that is done with it. */
  buffers: Buffer[]
}

interface Found {
  readonly path: string
  readonly stats: Stats
  /** Of a small file. */
  readonly content?: Buffer
  /** Of a link. */
  readonly target?: string
}

async function look(path: string, signal: AbortSignal): Promise<Found> {
  signal.throwIfAborted()
  const stats = await lstat(path)
  if (stats.isSymbolicLink()) return { path, stats, target: await readlink(path) }
  if (stats.isFile() && stats.size <= small) return { path, stats, content: await readFile(path) }
  return { path, stats }
}

async function* entry(
  { path, stats, content, target }: Found,
  name: string,
  options: PackOptions,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  const { uid, gid } = options.keepOwner === true ? stats : options
  const isSameOwner = stats.uid === uid && stats.gid === gid
  const facts = {
    name,
    uid,
    gid,
    mode: stats.mode & (isSameOwner || stats.isDirectory() ? 0o7777 : 0o1777),
    mtime: stats.mtimeMs,
  }
  const header = (more: Pick<WrittenEntry, 'type' | 'size' | 'linkname'>): Buffer => {
    const written = { ...facts, ...more }
    options.onEntry?.(written)
    return tarHeader(written)
  }
  if (target !== undefined) {
    yield header({ type: 'symlink', linkname: target.replaceAll('\\', '/') })
  } else if (content !== undefined) {
    yield header({ type: 'file', size: content.length })
    yield content
    yield filling(content.length)
    options.onBytes?.((progress.bytes += content.length))
  } else if (stats.isFile()) {
    yield header({ type: 'file', size: stats.size })
    yield* contentOf(path, stats.size, options, progress)
    yield filling(stats.size)
  } else if (stats.isDirectory()) {
    yield header({ type: 'directory' })
    const names = (await readdir(path)).sort()
    for (let at = 0; at < names.length; at += ahead) {
      const some = names.slice(at, at + ahead)
      const found = await Promise.all(some.map((child) => look(join(path, child), options.signal)))
      for (const [index, child] of found.entries())
        yield* entry(child, `${name}/${some[index]!}`, options, progress)
    }
  } else options.onSkipped?.(path)
}

/** A file that grows meanwhile is sent as long as it was; one that shrinks cannot be. */
async function* contentOf(
  path: string,
  size: number,
  { signal, onBytes }: PackOptions,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  // The next piece is read while this one is sent.
  const next = (left: number): Promise<Buffer> | undefined => {
    if (left === 0) return undefined
    const buffer = progress.buffers.length < 2 ? Buffer.allocUnsafeSlow(piece) : progress.buffers.shift()!
    progress.buffers.push(buffer)
    const reading = file
      .read(buffer, 0, Math.min(piece, left))
      .then(({ bytesRead }) => buffer.subarray(0, bytesRead))
    reading.catch(() => undefined)
    return reading
  }
  let left = size
  let reading = next(left)
  try {
    while (reading !== undefined) {
      signal.throwIfAborted()
      const bytes = await reading
      if (bytes.length === 0)
        throw new EngineError('lost', t('{0} changed while it was read.', plain(path, 200)))
      left -= bytes.length
      reading = next(left)
      onBytes?.((progress.bytes += bytes.length))
      yield bytes
    }
  } finally {
    await reading?.catch(() => undefined)
    await file.close()
  }
}
