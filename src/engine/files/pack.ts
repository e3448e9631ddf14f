import { createReadStream } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pack, type Header, type Pack } from 'tar-stream'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { EngineError } from '../errors.ts'

export interface PackOptions {
  readonly uid: number
  readonly gid: number
  readonly signal: AbortSignal
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

/** A tar of files and folders, made as it is read: never more than some chunks are in memory. Links stay links. */
export async function* packTar(sources: readonly Packed[], options: PackOptions): AsyncGenerator<Uint8Array> {
  const archive = pack()
  let failure: unknown
  const packing = (async () => {
    const progress = { bytes: 0 }
    for (const { path, name } of sources) await add(archive, path, name, options, progress)
    archive.finalize()
  })().catch((fault: unknown) => {
    failure = fault
    archive.destroy(fault instanceof Error ? fault : new Error(String(fault)))
  })
  try {
    for await (const chunk of archive as unknown as AsyncIterable<Uint8Array>) yield chunk
  } catch (fault) {
    throw failure ?? fault
  } finally {
    archive.destroy()
    await packing
  }
}

type EntryHeader = Partial<Header> & Pick<Header, 'name'>

async function add(
  archive: Pack,
  path: string,
  name: string,
  options: PackOptions,
  progress: { bytes: number },
): Promise<void> {
  options.signal.throwIfAborted()
  const found = await lstat(path)
  const { uid, gid } = options
  const header: EntryHeader = { name, uid, gid, mode: found.mode & 0o777, mtime: found.mtime }
  if (found.isDirectory()) {
    archive.entry({ ...header, type: 'directory' })
    for (const child of (await readdir(path)).sort())
      await add(archive, join(path, child), `${name}/${child}`, options, progress)
  } else if (found.isSymbolicLink()) {
    const target = await readlink(path)
    archive.entry({ ...header, type: 'symlink', linkname: target.replaceAll('\\', '/') })
  } else if (found.isFile()) await addFile(archive, path, header, found.size, options, progress)
  else options.onSkipped?.(path)
}

async function addFile(
  archive: Pack,
  path: string,
  header: EntryHeader,
  size: number,
  { signal, onBytes }: PackOptions,
  progress: { bytes: number },
): Promise<void> {
  if (size === 0) return void archive.entry({ ...header, size }, '')
  const entry = archive.entry({ ...header, size })
  // A file that grows meanwhile is sent as long as it was; one that shrinks cannot be.
  const content = createReadStream(path, { end: size - 1, highWaterMark: 256 * 1024 })
  let read = 0
  content.on('data', (chunk) => {
    read += chunk.length
    onBytes?.((progress.bytes += chunk.length))
  })
  try {
    await pipeline(content, entry, { signal })
  } catch (fault) {
    if (read >= size) throw fault
    signal.throwIfAborted()
    throw (fault as NodeJS.ErrnoException).code === undefined
      ? new EngineError('lost', t('{0} changed while it was read.', plain(path, 200)), { cause: fault })
      : fault
  }
}
