import { t } from '../../shared/l10n.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { tarEntries, type TarHeader } from './tar-reader.ts'
import { filling, tarEnd } from './tar-writer.ts'

/**
 * The same archive for those who do not read it: rejects with `lost` where it ends before it is complete, as it does when a file
 * becomes shorter while an engine sends it, without a word of the engine. `ended` is told the last entry before the end is passed on.
 */
export async function* wholeTar(
  archive: AsyncIterable<Uint8Array>,
  ended?: (last: TarHeader) => Promise<void>,
): AsyncGenerator<Buffer> {
  let last: TarHeader | undefined
  try {
    for await (const { header, raw, size, content } of tarEntries(archive)) {
      last = header
      yield raw
      yield* content()
      yield filling(size)
    }
  } catch (fault) {
    if (isEngineError(fault, 'lost') && last !== undefined) throw changedMeanwhile(fault.message, fault)
    throw fault
  }
  if (last !== undefined) await ended?.(last)
  yield tarEnd
}

export const changedMeanwhile = (message: string, cause?: unknown): EngineError =>
  new EngineError('lost', message, {
    cause,
    nextStep: t('A file has changed while it was read: stop what writes to it, or try again.'),
  })
