import { LineBatch } from '../../src/engine/logs/line-batch.ts'
import { noStamp, type Stamp } from '../../src/engine/logs/stamp.ts'
import type { NewLines } from '../../src/logs/line-block.ts'

/** A line of standard output. */
export const oneLine = (text: string | Uint8Array, stamp: Stamp = noStamp, unfinished = false): LineBatch =>
  LineBatch.of(Buffer.from(text), stamp, 0, unfinished)

/** A line as it is put into a store. */
export const newLine = (text: string | Uint8Array, stamp?: Stamp, source = 0, flags = 0): NewLines => ({
  batch: oneLine(text, stamp),
  from: 0,
  to: 1,
  source,
  flags: Uint16Array.of(flags),
})
