import {
  chmod,
  lchown,
  link,
  lstat,
  mkdir,
  open,
  rm,
  symlink,
  utimes,
  type FileHandle,
} from 'node:fs/promises'
import { join } from 'node:path'
import { localName } from './local-name.ts'
import { untilAborted } from './until-aborted.ts'
import { writePieces } from './write-pieces.ts'
import { shownName } from './raw-name.ts'
import { tarEntries, type TarEntry, type TarHeader } from './tar-reader.ts'

/** Why an entry of an archive was left out or changed. */
export type Remark =
  /** Its name, or what it links to, lies outside the target. */
  | 'outside'
  /** A device, a FIFO, or something else that is no file. */
  | 'special'
  /** Another entry has the place: a folder, or on this system the same name. */
  | 'taken'
  /** This system does not allow its name; it got another. */
  | 'renamed'
  /** This account may not give it the owner and group it had. */
  | 'owner'
  /** This system refuses to make it. */
  | 'refused'

export interface ExtractReport {
  readonly files: number
  readonly folders: number
  readonly links: number
  /** Bytes of contents. */
  readonly bytes: number
  readonly remarks: readonly { readonly name: string; readonly remark: Remark }[]
  /** More remarks than are kept. */
  readonly unlisted: number
}

export interface ExtractOptions {
  readonly signal: AbortSignal
  /** Where the archive's root stood in the container: absolute links below it become relative ones. */
  readonly origin: string
  readonly platform: NodeJS.Platform
  /** Gives files, folders and links the owner and group that the archive tells, where this account may. */
  readonly keepOwner?: boolean
  /** Called with the bytes that have been written so far. */
  readonly onBytes?: (bytes: number) => void
}

const mostRemarks = 1000

/** Of no entry, but of all that would come after it. */
const isOfDisk = (fault: unknown): boolean =>
  ['EDQUOT', 'EIO', 'ENOSPC', 'EROFS'].includes((fault as NodeJS.ErrnoException).code ?? '')

/**
 * Unpacks an archive to `target`, which must not be there: its first folder or file becomes `target`. Nothing is written
 * outside it, whatever the archive says: no link is followed, names lead down only, links are made only when they stay inside.
 * Setuid, setgid and sticky bits are dropped, devices and FIFOs left out.
 */
export async function extractTar(
  archive: AsyncIterable<Uint8Array>,
  target: string,
  options: ExtractOptions,
): Promise<ExtractReport> {
  const work = new Extraction(target, options)
  const { signal } = options
  try {
    // The source may wait for ever; when it is cancelled nobody does.
    for await (const entry of tarEntries(untilAborted(archive, signal))) await work.entry(entry)
    await work.finish()
  } finally {
    await work.quiet()
  }
  return work.report()
}

/** Files up to here are held whole and written several at once: a file each takes most of its time to be opened. */
const small = 64 * 1024
const atOnce = 16

class Extraction {
  readonly #target: string
  readonly #options: ExtractOptions
  readonly #remarks: { name: string; remark: Remark }[] = []
  readonly #folderModes = new Map<string, TarHeader>()
  /** Small files on their way to the disk, by path. */
  readonly #writing = new Map<string, Promise<void>>()
  #failure: { readonly fault: unknown } | undefined
  /** Folders known to be real ones that we made. */
  readonly #made = new Set<string>()
  /** The names on disk by how a system that ignores case sees them. */
  readonly #folded = new Map<string, string>()
  #unlisted = 0
  #files = 0
  #folders = 0
  #links = 0
  #bytes = 0

  constructor(target: string, options: ExtractOptions) {
    this.#target = target
    this.#options = options
  }

  async entry(entry: TarEntry): Promise<void> {
    const { name } = entry.header
    const parts = this.#partsOf(name)
    if (parts === undefined) this.#remark(name, 'outside')
    else await this.#write(entry, parts)
  }

  async #write(entry: TarEntry, parts: readonly string[]): Promise<void> {
    const { header } = entry
    const { name } = header
    // Files that are being written are waited for where another entry may be about them.
    if (header.type !== '0' && header.type !== '7') await this.settled()
    if (parts.length > 0 && (await this.#folder(parts.slice(0, -1))) === undefined)
      return this.#remark(name, 'taken')
    const path = join(this.#target, ...parts)
    if (this.#clashes(path)) return this.#remark(name, 'taken')
    switch (header.type) {
      case '5':
        if ((await this.#folder(parts)) === undefined) return this.#remark(name, 'taken')
        this.#folderModes.set(path, header)
        return
      case '0':
      case '7':
        if (this.#made.has(path)) return this.#remark(name, 'taken')
        return this.#file(entry, path)
      case '2':
        return this.#symlink(header, parts, path)
      case '1':
        return this.#hardLink(header, path)
      default:
        return this.#remark(name, 'special')
    }
  }

  async #file({ header, content, whole }: TarEntry, path: string): Promise<void> {
    if (this.#writing.has(path)) await this.settled()
    if (header.size > small) {
      const file = await this.#open(header, path)
      return this.#fill(header, path, file, content())
    }
    const bytes = Buffer.from(await whole())
    if (this.#writing.size >= atOnce) await Promise.race(this.#writing.values())
    if (this.#failure !== undefined) throw this.#failure.fault
    const written = (async () => this.#fill(header, path, await this.#open(header, path), [bytes]))()
      .catch((fault: unknown) => void (this.#failure ??= { fault }))
      .finally(() => this.#writing.delete(path))
    this.#writing.set(path, written)
  }

  /** A new file: `wx` never follows a link and never writes into one that is there. What an earlier entry put there goes. */
  async #open({ mode }: TarHeader, path: string): Promise<FileHandle> {
    const make = (): Promise<FileHandle> => open(path, 'wx', (mode & 0o777) | 0o600)
    return make().catch(async (fault: unknown) => {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
      await rm(path)
      return make()
    })
  }

  async #fill(
    header: TarHeader,
    path: string,
    file: FileHandle,
    pieces: AsyncIterable<Buffer> | readonly Buffer[],
  ): Promise<void> {
    try {
      await writePieces(file, pieces, (written) => {
        this.#options.signal.throwIfAborted()
        this.#bytes += written
        this.#options.onBytes?.(this.#bytes)
      })
      if (this.#options.keepOwner === true) await this.#own(header, path)
      await file.utimes(header.mtime / 1000, header.mtime / 1000)
    } finally {
      await file.close()
    }
    this.#files++
  }

  /** Resolves once all files are written, and fails with what one of them failed of. */
  async settled(): Promise<void> {
    await this.quiet()
    if (this.#failure !== undefined) throw this.#failure.fault
  }

  /** The same, however it went. */
  async quiet(): Promise<void> {
    await Promise.all(this.#writing.values())
  }

  async #symlink(header: TarHeader, parts: readonly string[], path: string): Promise<void> {
    const target = this.#linkTarget(header.linkname, parts.length - 1)
    if (target === undefined || parts.length === 0) return this.#remark(header.name, 'outside')
    if (!(await this.#clear(path))) return this.#remark(header.name, 'taken')
    try {
      await symlink(target, path)
      this.#links++
    } catch (fault) {
      if (isOfDisk(fault)) throw fault
      return this.#remark(header.name, 'refused')
    }
    await this.#own(header, path)
  }

  async #own({ name, uid, gid }: TarHeader, path: string): Promise<void> {
    if (this.#options.keepOwner !== true) return
    await lchown(path, uid, gid).catch(() => this.#remark(name, 'owner'))
  }

  async #hardLink(header: TarHeader, path: string): Promise<void> {
    const parts = this.#partsOf(header.linkname)
    if (parts === undefined || parts.length === 0) return this.#remark(header.name, 'outside')
    const folder = join(this.#target, ...parts.slice(0, -1))
    const source = join(this.#target, ...parts)
    const isFile = this.#made.has(folder) && (await lstat(source).catch(() => undefined))?.isFile() === true
    if (!isFile || source === path) return this.#remark(header.name, 'outside')
    if (!(await this.#clear(path))) return this.#remark(header.name, 'taken')
    await link(source, path)
    this.#files++
  }

  /**
   * The parts of a name below the archive's own first one, fit for this system; undefined for a name that leads elsewhere. The
   * first is left out, since it becomes the target.
   */
  #partsOf(name: string): readonly string[] | undefined {
    if (name.startsWith('/') || name.includes('\0')) return undefined
    const parts = name.split('/').filter((part) => part !== '' && part !== '.')
    if (parts.includes('..')) return undefined
    return parts.slice(this.#options.origin === '/' ? 0 : 1).map((part) => {
      // Bytes that are no UTF-8 are written out: names here are text.
      const local = localName(shownName(part), this.#options.platform)
      if (local !== part) this.#remark(name, 'renamed')
      return local
    })
  }

  /** A link that stays inside for certain: up only from where it stands, then down. */
  #linkTarget(linkname: string, depth: number): string | undefined {
    const { origin } = this.#options
    if (linkname === '' || linkname.includes('\0')) return undefined
    if (linkname.startsWith('/')) {
      const below = origin === '/' ? linkname.slice(1) : linkname.slice(origin.length + 1)
      const inside = origin === '/' || linkname === origin || linkname.startsWith(`${origin}/`)
      if (!inside || below.split('/').includes('..')) return undefined
      return `${'../'.repeat(depth)}${below}` || '.'
    }
    const parts = linkname.split('/').filter((part) => part !== '' && part !== '.')
    const ups = parts.findIndex((part) => part !== '..')
    const up = ups === -1 ? parts.length : ups
    if (up > depth || parts.slice(up).includes('..')) return undefined
    if (this.#options.platform === 'win32' && /[\\:]/.test(linkname)) return undefined
    return linkname
  }

  /** Makes the folders on the way, each of which must be a real folder; undefined when something else is in the way. */
  async #folder(parts: readonly string[]): Promise<string | undefined> {
    let path = this.#target
    for (let depth = 0; depth <= parts.length; depth++) {
      if (depth > 0) path = join(path, parts[depth - 1]!)
      if (this.#made.has(path)) continue
      if (this.#clashes(path)) return undefined
      try {
        await mkdir(path, 0o700)
      } catch (fault) {
        const isTaken = (fault as NodeJS.ErrnoException).code === 'EEXIST'
        if (isOfDisk(fault) || (depth === 0 && !isTaken)) throw fault
        return undefined
      }
      this.#made.add(path)
      this.#folders++
    }
    return path
  }

  /** Makes room: what an earlier entry put there goes, but never a folder. */
  async #clear(path: string): Promise<boolean> {
    if (this.#made.has(path)) return false
    await rm(path, { force: true })
    return true
  }

  #clashes(path: string): boolean {
    if (this.#options.platform === 'linux') return false
    const folded = path.normalize('NFC').toLowerCase()
    const known = this.#folded.get(folded)
    if (known === undefined) this.#folded.set(folded, path)
    return known !== undefined && known !== path
  }

  #remark(name: string, remark: Remark): void {
    if (this.#remarks.length < mostRemarks) this.#remarks.push({ name, remark })
    else this.#unlisted++
  }

  /** Folders get their modes last, so that read-only ones can be filled; their owner can always look in and tidy up. */
  async finish(): Promise<void> {
    await this.settled()
    for (const [path, header] of [...this.#folderModes].reverse()) {
      await this.#own(header, path)
      await chmod(path, (header.mode & 0o777) | 0o700)
      await utimes(path, header.mtime / 1000, header.mtime / 1000)
    }
  }

  report(): ExtractReport {
    return {
      files: this.#files,
      folders: this.#folders,
      links: this.#links,
      bytes: this.#bytes,
      remarks: this.#remarks,
      unlisted: this.#unlisted,
    }
  }
}
