import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, type Header } from 'tar-stream'
import type { FileEntry, FileType } from './files.ts'
import { childOf, nameOf, normalize, parentOf, within } from './file-path.ts'
import { tarHeaders, type TarHeader } from './tar-reader.ts'

const types: Readonly<Record<string, FileType>> = {
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'directory',
  '6': 'fifo',
}

const entryOf = (name: string, { type, size, mode, mtime, uid, gid, linkname }: TarHeader): FileEntry => ({
  name,
  type: types[type] ?? 'file',
  size,
  mode: mode & 0o7777,
  mtime,
  owner: { uid, gid },
  ...(type === '2' ? { link: linkname } : {}),
})

/** What is below one folder, by folder: made from the headers of one archive, whose contents are passed over. */
export interface TarIndex {
  list(folder: string): readonly FileEntry[] | undefined
}

/** `root` is the folder that was asked for; whatever the engine calls it is the name of the first entry. */
export async function indexTar(archive: AsyncIterable<Buffer>, root: string): Promise<TarIndex> {
  const folders = new Map<string, Map<string, FileEntry>>([[root, new Map()]])
  const links = new Map<string, string>()
  let own: string | undefined
  for await (const header of tarHeaders(archive)) {
    const name = normalize(header.name)
    own ??= name
    const path = name === own ? root : within(root, `.${own === '/' ? name : name.slice(own.length)}`)
    if (header.type === '5') folders.set(path, folders.get(path) ?? new Map<string, FileEntry>())
    if (path === root || path === '/') continue
    const parent = parentOf(path)
    const siblings = folders.get(parent) ?? new Map<string, FileEntry>()
    folders.set(parent, siblings)
    siblings.set(nameOf(path), entryOf(nameOf(path), header))
    if (header.type === '2') links.set(path, within(parent, header.linkname))
  }

  const targetOf = (path: string): FileType | undefined => {
    let at = path
    for (let hops = 0; hops < 40; hops++) {
      const next = links.get(at)
      if (next === undefined)
        return folders.has(at) ? 'directory' : folders.get(parentOf(at))?.get(nameOf(at))?.type
      at = next
    }
    return undefined
  }
  return {
    list(folder) {
      const entries = folders.get(folder)
      if (entries === undefined) return undefined
      return [...entries.values()].map((entry) => {
        const target = entry.type === 'symlink' ? targetOf(childOf(folder, entry.name)) : undefined
        return target === undefined ? entry : { ...entry, target }
      })
    },
  }
}

/** What is called `name` straight in a folder, from the archive of that folder, of which no more is read than that takes. */
export async function entryIn(
  archive: AsyncIterable<Uint8Array>,
  name: string,
): Promise<FileEntry | undefined> {
  let own: string | undefined
  for await (const header of tarHeaders(archive)) {
    const path = normalize(header.name)
    own ??= path
    if (path === childOf(own, name)) return entryOf(name, header)
  }
  return undefined
}

/** The first entry of an archive with its content, of which at most `limit` bytes are read; the rest is broken off. */
export async function firstEntry(
  archive: AsyncIterable<Buffer>,
  limit: number,
): Promise<{ readonly header: Header; readonly content: Buffer } | undefined> {
  const reader = extract()
  reader.on('error', () => undefined)
  const source = Readable.from(archive)
  const feeding = pipeline(source, reader)
  feeding.catch(() => undefined)
  try {
    for await (const entry of reader) {
      const { header } = entry
      entry.on('error', () => undefined)
      const parts: Buffer[] = []
      let length = 0
      if (limit > 0 && (header.size ?? 0) <= limit)
        for await (const chunk of entry as AsyncIterable<Buffer>) {
          parts.push(chunk)
          length += chunk.length
        }
      else entry.resume()
      return { header, content: Buffer.concat(parts, length) }
    }
    await feeding
    return undefined
  } catch (fault) {
    // What went wrong at the source says more than that the archive ended early.
    await feeding
    throw fault
  } finally {
    source.destroy()
    reader.destroy()
  }
}
