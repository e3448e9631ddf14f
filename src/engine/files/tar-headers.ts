import { ByteSource } from './byte-source.ts'
import { decodeName } from './raw-name.ts'

/** What an entry of an archive says of itself. */
export interface TarHeader {
  readonly name: string
  readonly linkname: string
  /** As tar has it: `0` a file, `1` a hard link, `2` a link, `3` and `4` devices, `5` a folder, `6` a FIFO. */
  readonly type: string
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Milliseconds since the epoch. */
  readonly mtime: number
}

const block = 512
const padded = (size: number): number => Math.ceil(size / block) * block
/** An extension says a path or a time; more is no archive of an engine. */
const longestExtension = 1024 * 1024

/** An entry whose content can be read until the next one is asked for; what is not read is passed over. */
export interface TarEntry {
  readonly header: TarHeader
  /** The header as it came, with what came before it for its sake. */
  readonly raw: Buffer
  /** Bytes of the content. */
  readonly size: number
  /** Pieces as they come. */
  content(): AsyncGenerator<Buffer>
  /** All of it; for small ones. */
  whole(): Promise<Buffer>
}

const early = (): Error => new Error('The archive ended early.')
const noArchive = (): Error => new Error('This is no tar archive.')

/** The entries of an archive in their order, names as bytes (`raw-name.ts`). */
export async function* tarEntries(archive: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const source = new ByteSource(archive)
  let ended = false
  try {
    let extra: Extra = {}
    let before: Buffer[] = []
    for (;;) {
      const header = await source.take(block)
      if (header.length === 0) break
      if (header.length < block) throw early()
      if (header.every((byte) => byte === 0)) continue
      const type = header[156] === 0 ? '0' : String.fromCharCode(header[156]!)
      if (!isHeader(header)) throw noArchive()
      if ('xgLK'.includes(type)) {
        const size = numberIn(header, 124, 12)
        if (size > longestExtension) throw noArchive()
        const content = await source.take(padded(size))
        if (content.length < padded(size)) throw early()
        extra = { ...extra, ...extraOf(type, content.subarray(0, size)) }
        before.push(header, content)
        continue
      }
      const told = headerOf(header, type, extra)
      extra = {}
      const size = '123456'.includes(type) ? 0 : told.size
      if (!Number.isSafeInteger(size) || size < 0) throw noArchive()
      const content = new Content(source, size)
      const raw = before.length === 0 ? header : Buffer.concat([...before, header])
      before = []
      yield { header: told, raw, size, content: () => content.pieces(), whole: () => content.whole() }
      await content.pass()
    }
    ended = true
  } finally {
    if (!ended) await source.close()
  }
}

/** The headers alone. */
export async function* tarHeaders(archive: AsyncIterable<Uint8Array>): AsyncGenerator<TarHeader> {
  for await (const { header } of tarEntries(archive)) yield header
}

class Content {
  readonly #source: ByteSource
  readonly #filling: number
  #left: number

  constructor(source: ByteSource, size: number) {
    this.#source = source
    this.#left = size
    this.#filling = padded(size) - size
  }

  async *pieces(): AsyncGenerator<Buffer> {
    while (this.#left > 0) {
      const piece = await this.#source.some(this.#left)
      if (piece.length === 0) throw early()
      this.#left -= piece.length
      yield piece
    }
  }

  async whole(): Promise<Buffer> {
    const bytes = await this.#source.take(this.#left)
    if (bytes.length < this.#left) throw early()
    this.#left = 0
    return bytes
  }

  async pass(): Promise<void> {
    while (this.#left > 0) {
      const piece = await this.#source.some(this.#left)
      if (piece.length === 0) throw early()
      this.#left -= piece.length
    }
    if ((await this.#source.take(this.#filling)).length < this.#filling) throw early()
  }
}

type Extra = Partial<Pick<TarHeader, 'name' | 'linkname' | 'size' | 'mtime' | 'uid' | 'gid'>>

function headerOf(header: Buffer, type: string, extra: Extra): TarHeader {
  const prefix = textIn(header, 345, 155)
  const isPosix = header.toString('latin1', 257, 263) === 'ustar\0'
  const short = textIn(header, 0, 100)
  return {
    name: isPosix && prefix !== '' ? `${prefix}/${short}` : short,
    linkname: textIn(header, 157, 100),
    type,
    size: numberIn(header, 124, 12),
    mode: numberIn(header, 100, 8),
    uid: numberIn(header, 108, 8),
    gid: numberIn(header, 116, 8),
    mtime: numberIn(header, 136, 12) * 1000,
    ...extra,
  }
}

function textIn(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length)
  const end = field.indexOf(0)
  return decodeName(end < 0 ? field : field.subarray(0, end))
}

/** Octal digits, or where those do not suffice a number of base 256. */
function numberIn(header: Buffer, from: number, length: number): number {
  const field = header.subarray(from, from + length)
  if ((field[0]! & 0x80) !== 0) {
    let value = field[0] === 0xff ? -1 : field[0]! & 0x7f
    for (const byte of field.subarray(1)) value = value * 256 + byte
    return value
  }
  let value = 0
  for (let at = from; at < from + length; at++) {
    const digit = header[at]! - 0x30
    if (digit >= 0 && digit < 8) value = value * 8 + digit
    else if (value > 0) break
  }
  return value
}

function isHeader(header: Buffer): boolean {
  let sum = 8 * 32
  // By index: there are as many of these as there are files.
  for (let at = 0; at < 148; at++) sum += header[at]!
  for (let at = 156; at < block; at++) sum += header[at]!
  return sum === numberIn(header, 148, 8)
}

function extraOf(type: string, content: Buffer): Extra {
  const end = content.indexOf(0)
  const text = (): string => decodeName(end < 0 ? content : content.subarray(0, end))
  if (type === 'L') return { name: text() }
  if (type === 'K') return { linkname: text() }
  return type === 'x' ? paxOf(content) : {}
}

function paxOf(content: Buffer): Extra {
  const extra: { -readonly [K in keyof Extra]: Extra[K] } = {}
  for (let at = 0; at < content.length;) {
    const length = Number.parseInt(content.toString('latin1', at, at + 20), 10)
    if (!(length > 0)) break
    const record = content.subarray(at, at + length - 1)
    at += length
    const blank = record.indexOf(0x20)
    const equals = record.indexOf(0x3d)
    if (blank < 0 || equals < blank) continue
    const value = record.subarray(equals + 1)
    switch (record.toString('latin1', blank + 1, equals)) {
      case 'path':
        extra.name = decodeName(value)
        break
      case 'linkpath':
        extra.linkname = decodeName(value)
        break
      case 'size':
        extra.size = Number(value.toString('latin1'))
        break
      case 'mtime':
        extra.mtime = Number(value.toString('latin1')) * 1000
        break
      case 'uid':
        extra.uid = Number(value.toString('latin1'))
        break
      case 'gid':
        extra.gid = Number(value.toString('latin1'))
        break
    }
  }
  return extra
}
