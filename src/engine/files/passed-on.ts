import { tarEntries, type TarHeader } from './tar-reader.ts'
import { filling, inLargePieces, recordsOf, tarEnd, tarHeader, type WrittenEntry } from './tar-writer.ts'

/**
 * An archive of one file or folder on its way to where that is called `name`: the same bytes where it is called so already. Each
 * entry is told before it is sent. Under another name devices stay behind.
 */
export const passedOn = (
  archive: AsyncIterable<Uint8Array>,
  name: string,
  onEntry: ((entry: WrittenEntry) => void) | undefined,
): AsyncGenerator<Uint8Array> => inLargePieces(told(archive, name, onEntry))

async function* told(
  archive: AsyncIterable<Uint8Array>,
  top: string,
  onEntry: ((entry: WrittenEntry) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const { header, raw, size, content } of tarEntries(archive)) {
    const name = below(top, header.name)
    const isSame = name === withoutSlash(header.name)
    const entry = writtenOf(header, name, size)
    if (!isSame && '346'.includes(header.type)) continue
    onEntry?.(entry)
    if (isSame) yield raw
    else if (header.type === '1')
      yield tarHeader({ ...entry, type: 'link', linkname: below(top, header.linkname) }, recordsOf(raw))
    else yield tarHeader(entry, recordsOf(raw))
    yield* content()
    yield filling(size)
  }
  yield tarEnd
}

const withoutSlash = (name: string): string => name.replace(/\/+$/, '')

const below = (top: string, name: string): string => withoutSlash(name).replace(/^[^/]*/, () => top)

/** Whatever is neither a folder nor a link is, once it is there, moved as files are. */
function writtenOf(
  { type, mode, uid, gid, mtime, linkname }: TarHeader,
  name: string,
  size: number,
): WrittenEntry {
  const common = { name, mode: mode & 0o7777, uid, gid, mtime }
  if (type === '2') return { ...common, type: 'symlink', linkname }
  return type === '5' ? { ...common, type: 'directory' } : { ...common, type: 'file', size }
}
