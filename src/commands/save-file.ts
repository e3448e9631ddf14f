import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { EngineError, isEngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { bytes } from './sizes.ts'
import type { Report } from './ui.ts'

/**
 * Writes a stream to a file, a chunk at a time: what is written grows beside the target under a name of its own and takes
 * its place only when it is whole. Resolves with the number of bytes.
 */
export async function saveFile(
  path: string,
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  report?: Report,
): Promise<number> {
  const partial = `${path}.${randomBytes(4).toString('hex')}.part`
  let written = 0
  let shown = 0
  try {
    const file = await open(partial, 'wx')
    try {
      for await (const chunk of content) {
        if (signal.aborted) throw new EngineError('cancelled', t('Cancelled.'))
        await file.write(chunk)
        written += chunk.length
        // A message for every 4 MB is enough to see that it goes on.
        if (written - shown >= 4_000_000) {
          shown = written
          report?.({ message: bytes(written) })
        }
      }
    } finally {
      await file.close()
    }
    await rename(partial, path)
  } catch (fault) {
    await rm(partial, { force: true })
    throw fileFault(fault, path)
  }
  return written
}

/** A fault of the file system in words, also one that ended an upload, which tells its own path; others as they are. */
export function fileFault(fault: unknown, path: string): unknown {
  if (isEngineError(fault, 'invalid')) {
    const { code, path: read } = (fault.cause ?? {}) as NodeJS.ErrnoException
    return typeof code === 'string' ? fileFault(fault.cause, read ?? path) : fault
  }
  const code = (fault as NodeJS.ErrnoException | undefined)?.code
  if (fault instanceof EngineError || typeof code !== 'string') return fault
  const name = plain(path, 200)
  switch (code) {
    case 'ENOSPC':
      return new EngineError('internal', t('There is no space left for {0}.', name), { cause: fault })
    case 'EROFS':
      return new EngineError('denied', t('{0} is on a read-only file system.', name), { cause: fault })
    case 'EACCES':
    case 'EPERM':
      return new EngineError('denied', t('{0} cannot be written or read by this account.', name), {
        cause: fault,
      })
    case 'ENOENT':
      return new EngineError('notFound', t('{0} is not there.', name), { cause: fault })
    default:
      return new EngineError('internal', t('{0}: {1}', name, code), { cause: fault })
  }
}
