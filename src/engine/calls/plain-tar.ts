import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'

/** How engines tell compressed archives, which they unpack with programs of the container: gzip, bzip2, xz, zstd. */
const compressed = [
  Buffer.from([0x1f, 0x8b]),
  Buffer.from('BZh'),
  Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]),
  Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
]
const longest = 5

/** The same bytes, unless they begin as a compressed archive does: those never reach an engine. */
export async function* plainTar(archive: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0)
  let checked = false
  for await (const chunk of archive) {
    if (checked) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < longest) continue
    refuseCompressed(head)
    checked = true
    yield head
  }
  if (checked) return
  refuseCompressed(head)
  if (head.length > 0) yield head
}

function refuseCompressed(head: Buffer): void {
  if (compressed.some((magic) => head.subarray(0, magic.length).equals(magic)))
    throw new EngineError('invalid', t('Only uncompressed tar archives are sent into containers.'), {
      nextStep: t('Unpack the archive first.'),
    })
}
