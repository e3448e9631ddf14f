import { encodeName } from './raw-name.ts'

/** An entry to be written; its content follows, filled up by `filling`. */
export interface WrittenEntry {
  readonly name: string
  readonly type: 'file' | 'directory' | 'symlink' | 'link'
  /** Bytes; of files only. */
  readonly size?: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Milliseconds since the epoch. */
  readonly mtime: number
  readonly linkname?: string
}

const block = 512
const types = { file: 0x30, link: 0x31, symlink: 0x32, directory: 0x35 } as const
const zeros = Buffer.alloc(2 * block)

/** The zeros between a content of this size and the next header. */
export const filling = (size: number): Buffer => zeros.subarray(0, (block - (size % block)) % block)

/** The end of every archive. */
export const tarEnd = zeros

/** The header of an entry; what does not fit into it goes before it in one of its own, behind the records that are `kept`. */
export function tarHeader(entry: WrittenEntry, kept: Buffer = Buffer.alloc(0)): Buffer {
  const name = encodeName(entry.type === 'directory' ? `${entry.name}/` : entry.name)
  const link = encodeName(entry.linkname ?? '')
  const { size = 0, uid, gid } = entry
  const seconds = Math.max(0, Math.floor(entry.mtime / 1000))
  const records: Buffer[] = kept.length === 0 ? [] : [kept]
  // Of records with the same key the last one counts.
  if (kept.length > 0 || !fits(name)) records.push(record('path', name))
  if ((kept.length > 0 && link.length > 0) || !fits(link)) records.push(record('linkpath', link))
  if (size > 0o77777777777) records.push(record('size', Buffer.from(String(size))))
  if (uid > 0o7777777) records.push(record('uid', Buffer.from(String(uid))))
  if (gid > 0o7777777) records.push(record('gid', Buffer.from(String(gid))))
  const own = ustar(name, types[entry.type], { size, uid, gid, mode: entry.mode, seconds }, link)
  if (records.length === 0) return own
  const extra = Buffer.concat(records)
  const before = ustar(
    Buffer.from('PaxHeader'),
    0x78,
    { size: extra.length, uid: 0, gid: 0, mode: 0o644, seconds },
    Buffer.alloc(0),
  )
  return Buffer.concat([before, extra, filling(extra.length), own])
}

const fits = (bytes: Buffer): boolean => bytes.length <= 100 && bytes.every((byte) => byte < 0x80)

/** `25 path=…` and a newline, the number being the length of all of it. */
function record(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3
  let length = rest + String(rest).length
  if (String(length).length > String(rest).length) length = rest + String(length).length
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from('\n')])
}

function ustar(
  name: Buffer,
  type: number,
  numbers: {
    readonly size: number
    readonly uid: number
    readonly gid: number
    readonly mode: number
    readonly seconds: number
  },
  link: Buffer,
): Buffer {
  const header = Buffer.alloc(block)
  name.copy(header, 0, 0, 100)
  octal(header, numbers.mode & 0o7777, 100, 7)
  octal(header, numbers.uid, 108, 7)
  octal(header, numbers.gid, 116, 7)
  octal(header, numbers.size, 124, 11)
  octal(header, numbers.seconds, 136, 11)
  header[156] = type
  link.copy(header, 157, 0, 100)
  header.write('ustar\x0000', 257, 'latin1')
  return sealed(header)
}

/** The records before a header as it came, capabilities of programs among them; empty where there are none. */
export function recordsOf(raw: Buffer): Buffer {
  if (raw.length <= block || raw[156] !== 0x78) return Buffer.alloc(0)
  const size = parseInt(raw.toString('latin1', 124, 136), 8)
  return Number.isNaN(size) ? Buffer.alloc(0) : Buffer.from(raw.subarray(block, block + size))
}

/** The header of an entry as it came, what stands before it included, with another owner. */
export function ownedBy(raw: Buffer, uid: number, gid: number): Buffer {
  const copy = Buffer.from(raw)
  const header = copy.subarray(-block)
  octal(header, uid, 108, 7)
  octal(header, gid, 116, 7)
  sealed(header)
  return copy
}

function octal(header: Buffer, value: number, at: number, digits: number): void {
  const most = 8 ** digits - 1
  header.write(`${Math.min(value, most).toString(8).padStart(digits, '0')}\0`, at, 'latin1')
}

/** With its sum. */
function sealed(header: Buffer): Buffer {
  header.fill(0x20, 148, 156)
  let sum = 0
  for (let at = 0; at < block; at++) sum += header[at]!
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

/** So many bytes go at once: each piece costs its way through the connection. */
const together = 64 * 1024

/**
 * The same bytes in fewer pieces. Each is the receiver's only until it asks for the next, which may come in the same memory; a
 * piece that is large is passed on as it is.
 */
export async function* inLargePieces(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const held = Buffer.allocUnsafe(together)
  let length = 0
  for await (const some of bytes) {
    if (length > 0 && length + some.length > together) {
      yield held.subarray(0, length)
      length = 0
    }
    if (some.length < together) {
      held.set(some, length)
      length += some.length
    } else yield some
  }
  if (length > 0) yield held.subarray(0, length)
}
