import type { Ownership } from './files.ts'
import { filling, tarEnd, tarHeader, type WrittenEntry } from './tar-writer.ts'

/** A tar of one file. */
export async function* fileTar(
  name: string,
  content: Uint8Array,
  owner: Ownership,
  onEntry?: (entry: WrittenEntry) => void,
): AsyncGenerator<Uint8Array> {
  const entry = { name, type: 'file', size: content.length, ...owner, mtime: Date.now() } as const
  onEntry?.(entry)
  yield tarHeader(entry)
  if (content.length > 0) yield content
  yield filling(content.length)
  yield tarEnd
}

/** A tar of one empty folder. */
export async function* folderTar(name: string, owner: Ownership): AsyncGenerator<Uint8Array> {
  yield tarHeader({ name, type: 'directory', ...owner, mtime: Date.now() })
  yield tarEnd
}

/** A tar of one link. */
export async function* linkTar(link: Omit<WrittenEntry, 'type' | 'size'>): AsyncGenerator<Buffer> {
  yield tarHeader({ ...link, type: 'symlink' })
  yield tarEnd
}
