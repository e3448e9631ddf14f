import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'
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
  /** The content is stored without its holes: it is not what the file holds. */
  readonly sparse?: boolean
}

/** An entry with the place of its content. */
export interface PlacedEntry {
  readonly header: TarHeader
  /** The header as it came, with what came before it for its sake; until more of the archive is asked for. */
  readonly raw: Buffer
  /** Bytes of the content. */
  readonly size: number
  /** Where the content begins in the archive. */
  readonly offset: number
}

/** An entry whose content can be read until the next one is asked for; what is not read is passed over. */
export interface TarEntry extends PlacedEntry {
  /** Pieces as they come, each until the next is asked for. */
  content(): AsyncGenerator<Buffer>
  /** All of it; for small ones, and until the next entry is asked for. */
  whole(): Promise<Buffer>
}

const block = 512
const padded = (size: number): number => Math.ceil(size / block) * block
/** An extension says a path or a time; more is no archive of an engine. */
const longestExtension = 1024 * 1024

/**
 * The entries of an archive in their order, names as bytes (`raw-name.ts`). The reader of an entry may take its content from the
 * source or leave it. tar-stream tells no places, and a tar within a tar costs it a stream for each of its files.
 */
export class TarReader {
  readonly #source: ByteSource
  #next: number

  constructor(source: ByteSource) {
    this.#source = source
    this.#next = source.position
  }

  /** The next entry; undefined at the end of the archive. */
  async next(): Promise<PlacedEntry | undefined> {
    const source = this.#source
    let extra: Extra = {}
    let before: Buffer[] | undefined
    if (this.#next > source.position) await source.passOver(this.#next - source.position)
    for (;;) {
      const header = await source.read(block)
      if (header === undefined || isEmpty(header)) return undefined
      if (!isHeader(header)) throw damaged(t('The archive is damaged: it is no tar.'))
      const type = header[156] === 0 ? '0' : String.fromCharCode(header[156]!)
      if ('xgLK'.includes(type)) {
        const size = numberIn(header, 124, 12)
        if (!(size >= 0 && size <= longestExtension))
          throw damaged(t('The archive is damaged: a name in it is too long.'))
        const own = Buffer.from(header)
        const content = await this.#source.need(padded(size))
        extra = { ...extra, ...extraOf(type, content.subarray(0, size)) }
        ;(before ??= []).push(own, Buffer.from(content))
        continue
      }
      const told = headerOf(header, type, extra)
      const size = '123456'.includes(type) ? 0 : told.size
      if (!Number.isSafeInteger(size) || size < 0)
        throw damaged(t('The archive is damaged: a size in it is out of range.'))
      const own = type === 'S' ? Buffer.from(header) : header
      const map = type === 'S' ? await this.#sparseMap(own) : []
      const raw =
        before === undefined && map.length === 0 ? own : Buffer.concat([...(before ?? []), own, ...map])
      const offset = source.position
      this.#next = offset + padded(size)
      return { header: told, raw, size, offset }
    }
  }

  /** Of GNU's old form: further blocks of the map stand between the header and the content. */
  async #sparseMap(header: Buffer): Promise<readonly Buffer[]> {
    const blocks: Buffer[] = []
    for (let more = header[482] !== 0; more; more = blocks.at(-1)![504] === 1)
      blocks.push(Buffer.from(await this.#source.need(block)))
    return blocks
  }
}

/** The entries of an archive, read to its end; where no more are wanted, what is left of it is broken off. */
export async function* tarEntries(archive: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const source = new ByteSource(archive)
  const reader = new TarReader(source)
  let ended = false
  try {
    for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
      const { header, raw, size, offset } = entry
      const end = offset + size
      yield {
        header,
        raw,
        size,
        offset,
        content: () => source.slice(end - source.position),
        whole: () => source.need(end - source.position),
      }
    }
    await source.drain()
    ended = true
  } finally {
    if (!ended) await source.close()
  }
}

/** The headers alone. */
export async function* tarHeaders(archive: AsyncIterable<Uint8Array>): AsyncGenerator<TarHeader> {
  for await (const { header } of tarEntries(archive)) yield header
}

/** Whether these bytes begin a tar: the checksum of the first header is right, or it is an empty archive. */
export const beginsTar = (head: Buffer): boolean =>
  head.length >= block && (isHeader(head) || isEmpty(head.subarray(0, block)))

const damaged = (message: string): EngineError => new EngineError('invalid', message)

type Extra = Partial<Pick<TarHeader, 'name' | 'linkname' | 'size' | 'mtime' | 'uid' | 'gid' | 'sparse'>>

function headerOf(header: Buffer, type: string, extra: Extra): TarHeader {
  // Only the standard format has a prefix there; GNU's has times.
  const isPosix = header.toString('latin1', 257, 263) === 'ustar\0'
  const prefix = isPosix ? textIn(header, 345, 155) : ''
  const short = textIn(header, 0, 100)
  return {
    name: prefix === '' ? short : `${prefix}/${short}`,
    linkname: textIn(header, 157, 100),
    type,
    size: numberIn(header, 124, 12),
    mode: numberIn(header, 100, 8),
    uid: numberIn(header, 108, 8),
    gid: numberIn(header, 116, 8),
    mtime: numberIn(header, 136, 12) * 1000,
    ...(type === 'S' ? { sparse: true } : {}),
    ...extra,
  }
}

/** Up to its NUL. Nearly all names are of one byte for each character. */
function textIn(bytes: Buffer, from: number, length: number): string {
  let end = from
  let bits = 0
  for (const last = from + length; end < last && bytes[end] !== 0; end++) bits |= bytes[end]!
  return bits < 0x80 ? bytes.toString('latin1', from, end) : decodeName(bytes.subarray(from, end))
}

/** Octal digits, or where those do not suffice a number of base 256. */
function numberIn(header: Buffer, from: number, length: number): number {
  if ((header[from]! & 0x80) !== 0) {
    let value = header[from] === 0xff ? -1 : header[from]! & 0x7f
    for (let at = from + 1; at < from + length; at++) value = value * 256 + header[at]!
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

const isEmpty = (header: Buffer): boolean => header[0] === 0 && header.every((byte) => byte === 0)

function extraOf(type: string, content: Buffer): Extra {
  if (type === 'L') return { name: textIn(content, 0, content.length) }
  if (type === 'K') return { linkname: textIn(content, 0, content.length) }
  return type === 'x' ? paxOf(content) : {}
}

/** The records of an extended header: `length key=value\n`, the length in bytes and with itself. */
function paxOf(content: Buffer): Extra {
  const extra: { -readonly [K in keyof Extra]: Extra[K] } = {}
  let sparseName: string | undefined
  for (let at = 0; at < content.length;) {
    const length = Number.parseInt(content.toString('latin1', at, at + 20), 10)
    if (!(length > 0)) break
    const record = content.subarray(at, at + length - 1)
    at += length
    const blank = record.indexOf(0x20)
    const equals = record.indexOf(0x3d)
    if (blank < 0 || equals < blank) continue
    const value = record.subarray(equals + 1)
    const number = (): number => Number(value.toString('latin1'))
    switch (record.toString('latin1', blank + 1, equals)) {
      case 'path':
        extra.name = decodeName(value)
        break
      case 'linkpath':
        extra.linkname = decodeName(value)
        break
      case 'size':
        extra.size = number()
        break
      case 'mtime':
        extra.mtime = number() * 1000
        break
      case 'uid':
        extra.uid = number()
        break
      case 'gid':
        extra.gid = number()
        break
      case 'GNU.sparse.major':
        extra.sparse = true
        break
      case 'GNU.sparse.name':
        sparseName = decodeName(value)
        break
    }
  }
  return sparseName === undefined ? extra : { ...extra, name: sparseName }
}
