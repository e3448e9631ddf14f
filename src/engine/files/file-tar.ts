import { pack } from 'tar-stream'
import type { Ownership } from './files.ts'

/** A tar of one file. */
export function fileTar(name: string, content: Uint8Array, owner: Ownership): AsyncIterable<Uint8Array> {
  const archive = pack()
  archive.entry({ name, ...owner, mtime: new Date(), size: content.length }, Buffer.from(content))
  archive.finalize()
  return archive as unknown as AsyncIterable<Uint8Array>
}

/** A tar of one empty folder. */
export function folderTar(name: string, owner: Ownership): AsyncIterable<Uint8Array> {
  const archive = pack()
  archive.entry({ name, type: 'directory', ...owner, mtime: new Date() })
  archive.finalize()
  return archive as unknown as AsyncIterable<Uint8Array>
}
