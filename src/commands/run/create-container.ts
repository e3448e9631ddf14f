import type { Engine, Raw } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'

type Created = Awaited<ReturnType<Engine['containers']['create']>>

/**
 * Creates a container, or nothing: when it is cancelled while the engine is at it, the container is removed as soon as the engine
 * names it. Dropping the request instead could leave one behind that nobody knows of.
 */
export async function createContainer(
  engine: Engine,
  name: string | undefined,
  body: Raw,
  platform: string | undefined,
  signal: AbortSignal,
): Promise<Created> {
  const creating = engine.containers.create(name, body, platform)
  let cancel: () => void = () => undefined
  const cancelled = new Promise<undefined>((resolve) => {
    cancel = () => resolve(undefined)
    signal.addEventListener('abort', cancel, { once: true })
  })
  if (signal.aborted) cancel()
  try {
    const created = await Promise.race([creating, cancelled])
    if (created !== undefined) return created
  } finally {
    signal.removeEventListener('abort', cancel)
  }
  creating.then(
    ({ id }) => engine.containers.remove(id, { force: true }).catch(() => undefined),
    () => undefined,
  )
  throw new EngineError('cancelled', t('Cancelled.'))
}
