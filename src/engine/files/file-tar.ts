import type { Ownership } from './files.ts'
import { filling, tarEnd, tarHeader } from './tar-writer.ts'

/** A tar of one file. */
export async function* fileTar(
  name: string,
  content: Uint8Array,
  owner: Ownership,
): AsyncGenerator<Uint8Array> {
  yield tarHeader({ name, type: 'file', size: content.length, ...owner, mtime: Date.now() })
  if (content.length > 0) yield content
  yield filling(content.length)
  yield tarEnd
}

/** A tar of one empty folder. */
export async function* folderTar(name: string, owner: Ownership): AsyncGenerator<Uint8Array> {
  yield tarHeader({ name, type: 'directory', ...owner, mtime: Date.now() })
  yield tarEnd
}
