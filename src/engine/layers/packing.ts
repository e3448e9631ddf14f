import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'
import type { Packing } from './archive.ts'
import { beginsTar } from '../files/tar-reader.ts'

/** As its first 512 bytes tell; undefined for what is no layer. */
export function packingOf(head: Buffer): Packing | undefined {
  if (beginsTar(head)) return 'none'
  if (head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip'
  return head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : undefined
}

/** The tar of a layer. When a reader stops early the source is ended too. */
export function unpacked(content: AsyncIterable<Buffer>, packing: Packing): AsyncIterable<Uint8Array> {
  switch (packing) {
    case 'none':
      return content
    case 'gzip':
      return gunzipped(content)
    case 'zstd':
      return zstdDecoded(content)
  }
}

async function* gunzipped(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 128 * 1024 })
  let sourceFault: Error | undefined
  const source = Readable.from(content, { objectMode: false })
  source.on('error', (fault) => (sourceFault = fault))
  // What goes wrong comes out of the reader below.
  pipeline(source, gunzip, () => undefined)
  try {
    yield* gunzip as AsyncIterable<Buffer>
  } catch (fault) {
    if (sourceFault !== undefined) throw sourceFault
    throw damaged(fault)
  }
}

async function* zstdDecoded(content: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd')
  let decoded: Uint8Array[] = []
  const decoder = new Decompress((chunk) => decoded.push(chunk))
  const push = (chunk: Uint8Array, last: boolean): readonly Uint8Array[] => {
    decoded = []
    try {
      decoder.push(chunk, last)
    } catch (fault) {
      throw damaged(fault)
    }
    return decoded
  }
  for await (const chunk of content) yield* push(chunk, false)
  yield* push(new Uint8Array(0), true)
}

const damaged = (cause: unknown): EngineError =>
  new EngineError('invalid', t('A layer of the image cannot be unpacked: its archive is damaged.'), { cause })
