import type { Engine, Raw } from '../../engine/engine.ts'
import { isEngineError } from '../../engine/errors.ts'
import { string } from '../raw.ts'

/** A container and the image it was made from, for what is told apart by comparing them; an image that is gone brings nothing. */
export async function inspectBoth(
  engine: Engine,
  container: string,
  signal?: AbortSignal,
): Promise<{ readonly inspected: Raw; readonly image: Raw }> {
  const inspected = await engine.containers.inspect(container, signal)
  try {
    return { inspected, image: await engine.images.inspect(string(inspected, 'Image'), signal) }
  } catch (fault) {
    if (isEngineError(fault, 'notFound')) return { inspected, image: {} }
    throw fault
  }
}
