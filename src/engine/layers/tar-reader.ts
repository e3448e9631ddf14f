import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'
import type { TarType } from './archive.ts'
import type { ByteSource } from './byte-source.ts'

export interface TarEntry {
  readonly name: string
  readonly type: TarType
  /** Bytes of content in the archive. */
  readonly size: number
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Where a link leads. */
  readonly link: string
  /** Where the content begins in the archive. */
  readonly offset: number
  /** The content is stored without its holes: it is not what the file holds. */
  readonly sparse: boolean
}

const block = 512
const padded = (size: number): number => Math.ceil(size / block) * block
/** Of a long name or of extended headers. */
const longestExtension = 1024 * 1024

const types: Readonly<Record<string, TarType>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'directory',
  '6': 'fifo',
  '7': 'file',
  S: 'file',
}

/**
 * The entries of a tar one after another, each with the place of its content, which the reader of the entry may take from the
 * source or leave. tar-stream tells no places, and a tar within a tar costs it a stream for each of its files.
 */
export class TarReader {
  readonly #source: ByteSource
  #next = 0

  constructor(source: ByteSource) {
    this.#source = source
    this.#next = source.position
  }

  /** The next entry; undefined at the end of the archive. */
  async next(): Promise<TarEntry | undefined> {
    let name: string | undefined
    let link: string | undefined
    let extended: ReadonlyMap<string, string> = new Map()
    for (;;) {
      if (this.#next > this.#source.position) await this.#source.passOver(this.#next - this.#source.position)
      const header = await this.#source.read(block)
      if (header === undefined || isEmpty(header)) return undefined
      if (!isHeader(header)) throw new EngineError('invalid', t('The archive is damaged: it is no tar.'))
      const flag = String.fromCharCode(header[156]!)
      const size = numberAt(header, 124, 12)
      if (flag === 'L' || flag === 'K' || flag === 'x' || flag === 'g') {
        const content = await this.#extension(size)
        if (flag === 'L') name = textOf(content)
        else if (flag === 'K') link = textOf(content)
        else if (flag === 'x') extended = records(content)
        continue
      }
      if (flag === 'S') await this.#passSparseMap(header)
      const realSize = sizeIn(extended) ?? size
      const offset = this.#source.position
      this.#next = offset + padded(realSize)
      const type = types[flag]
      if (type === undefined) {
        // Labels, volumes, and what is not known.
        name = link = undefined
        extended = new Map()
        continue
      }
      return {
        name: extended.get('GNU.sparse.name') ?? extended.get('path') ?? name ?? nameIn(header),
        type,
        size: realSize,
        mode: numberAt(header, 100, 8) & 0o7777,
        uid: numberAt(header, 108, 8),
        gid: numberAt(header, 116, 8),
        link: extended.get('linkpath') ?? link ?? textAt(header, 157, 100),
        offset,
        sparse: flag === 'S' || extended.has('GNU.sparse.major'),
      }
    }
  }

  async #extension(size: number): Promise<Buffer> {
    if (size > longestExtension)
      throw new EngineError('invalid', t('The archive is damaged: a name in it is too long.'))
    const content = Buffer.from((await this.#source.read(padded(size))) ?? []).subarray(0, size)
    this.#next = this.#source.position
    return content
  }

  /** Of GNU's old form: further blocks of the map stand between the header and the content. */
  async #passSparseMap(header: Buffer): Promise<void> {
    for (let more = header[482] !== 0; more;) more = (await this.#source.read(block))?.[504] === 1
  }
}

/** Whether these bytes begin a tar: the checksum of the first header is right, or it is an empty archive. */
export const beginsTar = (head: Buffer): boolean =>
  head.length >= block && (isHeader(head) || isEmpty(head.subarray(0, block)))

function isHeader(header: Buffer): boolean {
  let sum = 8 * 32
  for (let i = 0; i < block; i++) if (i < 148 || i >= 156) sum += header[i]!
  return sum === numberAt(header, 148, 8)
}

const isEmpty = (header: Buffer): boolean => header.every((byte) => byte === 0)

function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end)
}

const textAt = (header: Buffer, start: number, length: number): string =>
  textOf(header.subarray(start, start + length))

function nameIn(header: Buffer): string {
  const name = textAt(header, 0, 100)
  // Only the standard format has a prefix there; GNU's has times.
  const prefix = header.toString('latin1', 257, 263) === 'ustar\0' ? textAt(header, 345, 155) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Octal digits; larger numbers in base 256, marked by the first bit. */
function numberAt(header: Buffer, start: number, length: number): number {
  if (header[start]! < 0x80) {
    const value = parseInt(header.toString('latin1', start, start + length).replace(/^[\0 ]+/, ''), 8)
    return Number.isNaN(value) ? 0 : value
  }
  let value = header[start]! & 0x7f
  for (let i = 1; i < length; i++) value = value * 256 + header[start + i]!
  if (!Number.isSafeInteger(value))
    throw new EngineError('invalid', t('The archive is damaged: a size in it is out of range.'))
  return value
}

/** The records of an extended header: `length key=value\n`, the length in bytes and with itself. */
function records(content: Buffer): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at)
    const length = space < 0 ? Number.NaN : Number(content.toString('latin1', at, space))
    if (!Number.isSafeInteger(length) || length <= space - at) break
    const record = content.toString('utf8', space + 1, at + length - 1)
    const equals = record.indexOf('=')
    if (equals > 0) found.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return found
}

function sizeIn(extended: ReadonlyMap<string, string>): number | undefined {
  const size = Number(extended.get('size') ?? Number.NaN)
  return Number.isSafeInteger(size) && size >= 0 ? size : undefined
}
