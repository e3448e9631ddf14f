import { createHash } from 'node:crypto'
import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'
import { ByteSource } from '../files/byte-source.ts'
import { normalize, parentOf, within } from '../files/file-path.ts'
import { TarReader, type PlacedEntry } from '../files/tar-reader.ts'
import type { ImageArchive, LayerFile, StoredLayer, TarType } from './archive.ts'
import { linkIn, nameIn, typeOf } from './layer-entry.ts'
import { readManifest, type ArchiveParts } from './manifest.ts'
import { packingOf, unpacked } from './packing.ts'

/** Of a configuration or manifest; larger ones are none. */
const largestJson = 8 * 1024 * 1024
/** Files in all layers together, about a quarter of a kilobyte each. */
const mostEntries = 2_000_000
const headLength = 512
/** Twice what a file system takes. */
const longestPath = 8192

export interface IndexOptions {
  readonly signal: AbortSignal
  /** Also digests of the contents, to tell whether two files are the same. */
  readonly digests?: boolean
  /** Bytes of the archive that have been read so far. */
  readonly progress?: (read: number) => void
}

/**
 * Reads what `docker save` sends, once and without keeping it: the files of each layer with their places. Knows the archives
 * of all engines (layer tars beside a manifest, with links between equal ones, and the OCI layout with packed layers), in
 * whatever order their parts come.
 */
export async function indexArchive(
  archive: AsyncIterable<Uint8Array>,
  { signal, digests = false, progress }: IndexOptions,
): Promise<ImageArchive> {
  const source = new ByteSource(archive)
  const layers = new Map<string, StoredLayer>()
  const texts = new Map<string, string>()
  const links = new Map<string, string>()
  let entries = 0
  try {
    const tar = new TarReader(source)
    for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
      const name = nameIn(entry.header)
      const type = typeOf(entry.header)
      if (type === 'symlink') links.set(name, within(parentOf(name), linkIn(entry.header)))
      else if (type === 'hardlink') links.set(name, normalize(linkIn(entry.header)))
      else if (type === 'file' && entry.size > 0) {
        const head = await source.peek(Math.min(headLength, entry.size))
        const packing = packingOf(head)
        if (packing !== undefined) {
          const files = await filesOf(source, entry, packing, (read) => {
            if (signal.aborted) throw new EngineError('cancelled', t('Cancelled.'))
            progress?.(read)
          })
          layers.set(name, { name, packing, packedSize: entry.size, files })
        } else if (entry.size <= largestJson && /^\s*[{[]/.test(head.toString('latin1')))
          texts.set(name, ((await source.read(entry.size)) ?? head).toString('utf8'))
      }
      if (signal.aborted) throw new EngineError('cancelled', t('Cancelled.'))
      progress?.(source.position)
    }
    await source.drain()
  } finally {
    await source.close()
  }
  return readManifest({ layers, texts, links } satisfies ArchiveParts, entries)

  async function filesOf(
    outer: ByteSource,
    { size }: PlacedEntry,
    packing: StoredLayer['packing'],
    step: (read: number) => void,
  ): Promise<readonly LayerFile[]> {
    const files: LayerFile[] = []
    const inner = new ByteSource(unpacked(stepping(outer.slice(size), outer, step), packing))
    try {
      const tar = new TarReader(inner)
      for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
        const type = typeOf(entry.header)
        if (type === undefined) continue
        if (++entries > mostEntries)
          throw new EngineError('unsupported', t('The image has more files than can be looked at.'))
        files.push(await fileOf(entry, type, inner))
      }
      await inner.drain()
      return files
    } finally {
      await inner.close()
    }
  }

  async function fileOf(
    { header, size, offset }: PlacedEntry,
    type: TarType,
    inner: ByteSource,
  ): Promise<LayerFile> {
    const { mode, uid, gid, sparse = false } = header
    const isFile = type === 'file'
    const path = nameIn(header)
    const link = linkIn(header)
    if (path.length > longestPath)
      throw new EngineError('invalid', t('The archive is damaged: a name in it is too long.'))
    return {
      path,
      type,
      size: isFile ? size : 0,
      mode: mode & 0o7777,
      uid,
      gid,
      link: type === 'hardlink' ? normalize(link) : link,
      offset,
      sparse,
      ...(digests && isFile ? { digest: await digestOf(inner.slice(size)) } : {}),
    }
  }
}

async function* stepping(
  content: AsyncIterable<Buffer>,
  source: ByteSource,
  step: (read: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    step(source.position)
    yield chunk
  }
}

async function digestOf(content: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of content) hash.update(chunk)
  return hash.digest('base64')
}
