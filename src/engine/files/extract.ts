import { createWriteStream } from 'node:fs'
import { chmod, link, lstat, mkdir, rm, symlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, type Header } from 'tar-stream'
import { localName } from './local-name.ts'

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
  /** Called with the bytes that have been written so far. */
  readonly onBytes?: (bytes: number) => void
}

const mostRemarks = 1000

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
  const reader = extract()
  // Errors come by the promises; streams that are told of one too late have nobody who listens.
  reader.on('error', () => undefined)
  const reading = pipeline(Readable.from(archive), reader, { signal: options.signal })
  const writing = (async () => {
    for await (const entry of reader) await work.entry(entry.header, entry as unknown as Readable)
  })()
  const outcome = await Promise.allSettled([reading, writing])
  // What went wrong at the source says more than what that broke.
  for (const result of outcome) if (result.status === 'rejected') throw result.reason
  await work.finish()
  return work.report()
}

class Extraction {
  readonly #target: string
  readonly #options: ExtractOptions
  readonly #remarks: { name: string; remark: Remark }[] = []
  readonly #folderModes = new Map<string, { mode: number; mtime: Date | undefined }>()
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

  async entry(header: Header, content: Readable): Promise<void> {
    content.on('error', () => undefined)
    const parts = this.#partsOf(header.name)
    if (parts === undefined) this.#remark(header.name, 'outside')
    else await this.#write(header, parts, content)
    if (!content.readableEnded && !content.destroyed) content.resume()
  }

  async #write(header: Header, parts: readonly string[], content: Readable): Promise<void> {
    const { name } = header
    if (parts.length > 0 && (await this.#folder(parts.slice(0, -1))) === undefined)
      return this.#remark(name, 'taken')
    const path = join(this.#target, ...parts)
    if (this.#clashes(path)) return this.#remark(name, 'taken')
    switch (header.type ?? 'file') {
      case 'directory':
        if ((await this.#folder(parts)) === undefined) return this.#remark(name, 'taken')
        this.#folderModes.set(path, { mode: header.mode ?? 0o755, mtime: header.mtime })
        return
      case 'file':
      case 'contiguous-file':
        if (!(await this.#clear(path))) return this.#remark(name, 'taken')
        return this.#file(header, path, content)
      case 'symlink':
        return this.#symlink(header, parts, path)
      case 'link':
        return this.#hardLink(header, path)
      default:
        return this.#remark(name, 'special')
    }
  }

  async #file(header: Header, path: string, content: Readable): Promise<void> {
    const mode = (header.mode ?? 0o644) & 0o777
    // `wx` never follows a link and never writes into a file that is there.
    const file = createWriteStream(path, { flags: 'wx', mode: mode | 0o600 })
    content.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length
      this.#options.onBytes?.(this.#bytes)
    })
    await pipeline(content, file, { signal: this.#options.signal })
    if (header.mtime !== undefined) await utimes(path, header.mtime, header.mtime)
    this.#files++
  }

  async #symlink(header: Header, parts: readonly string[], path: string): Promise<void> {
    const target = this.#linkTarget(header.linkname ?? '', parts.length - 1)
    if (target === undefined || parts.length === 0) return this.#remark(header.name, 'outside')
    if (!(await this.#clear(path))) return this.#remark(header.name, 'taken')
    try {
      await symlink(target, path)
      this.#links++
    } catch {
      this.#remark(header.name, 'refused')
    }
  }

  async #hardLink(header: Header, path: string): Promise<void> {
    const parts = this.#partsOf(header.linkname ?? '')
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
      const local = localName(part, this.#options.platform)
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
      } catch {
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
    for (const [path, { mode, mtime }] of [...this.#folderModes].reverse()) {
      await chmod(path, (mode & 0o777) | 0o700)
      if (mtime !== undefined) await utimes(path, mtime, mtime)
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
