import type { Engine } from '../../engine/engine.ts'
import { type EngineError, isEngineError } from '../../engine/errors.ts'
import { runWords, type RunSpec } from '../../shared/docker-run/run-line.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps } from '../command.ts'
import { dockerLine } from '../equivalents.ts'
import { pullImage } from '../image-transfer.ts'
import { attachSession } from '../terminal/attach-session.ts'
import type { Report } from '../ui.ts'
import { createBody, type RunSurroundings } from './create-body.ts'
import { createContainer } from './create-container.ts'
import { startContainer } from './start-container.ts'

const text = (spec: RunSpec, flag: string): string => {
  const value = spec.flags.get(flag)
  return typeof value === 'string' ? value : ''
}

export interface Ran {
  readonly id: string
  /** Why it could not be started; the container stays, as after `docker run`, so that one can look at it. */
  readonly failed?: EngineError
  /** It runs in a terminal, which tells the rest. */
  readonly inTerminal: boolean
}

/**
 * Does what the line says: pulls the image where it is missing, creates the container and starts it, in a terminal where the line
 * asks for one. Rejects when there is no container afterwards.
 */
export async function runContainer(
  deps: Deps,
  engine: Engine,
  spec: RunSpec,
  surroundings: RunSurroundings,
  start: boolean,
): Promise<Ran> {
  const { ui } = deps
  const image = plain(spec.image, 120)
  const interactive = start && text(spec, 'interactive') === 'true' && text(spec, 'detach') !== 'true'
  const body = await createBody(spec, surroundings)
  const name = text(spec, 'name') === '' ? undefined : text(spec, 'name')
  const { id, failed } = await ui.progress(
    start ? t('Running {0}', image) : t('Creating a container of {0}', image),
    async (report, signal) => {
      await provideImage(deps, engine, spec, report, signal)
      report({ message: t('Creating the container…') })
      const platform = text(spec, 'platform')
      const created = await createContainer(
        engine,
        name,
        body,
        platform === '' ? undefined : platform,
        signal,
      )
      if (created.warnings.length > 0)
        void ui.warn(created.warnings.map((warning) => plain(warning, 300)).join(' '))
      const failed = start && !interactive ? await startFailure(engine, created.id, signal) : undefined
      return { id: created.id, failed }
    },
  )
  const words = runWords(spec)
  ui.equivalent(dockerLine(engine, [start ? 'run' : 'create', ...words]))
  const shown = name ?? id.slice(0, 12)
  if (interactive) ui.terminal(attachSession(engine, id, plain(shown, 60), () => startContainer(engine, id)))
  return { id, inTerminal: interactive, ...(failed === undefined ? {} : { failed }) }
}

/** Why it could not be started. When that was cancelled, the container goes again and the error is thrown. */
async function startFailure(
  engine: Engine,
  id: string,
  signal: AbortSignal,
): Promise<EngineError | undefined> {
  try {
    await startContainer(engine, id, signal)
    return undefined
  } catch (fault) {
    if (!isEngineError(fault)) throw fault
    if (fault.code !== 'cancelled') return fault
    await engine.containers.remove(id, { force: true })
    throw fault
  }
}

async function provideImage(
  deps: Deps,
  engine: Engine,
  spec: RunSpec,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const policy = text(spec, 'pull') || 'missing'
  if (policy === 'never') return
  if (policy === 'missing') {
    try {
      await engine.images.inspect(spec.image, signal)
      return
    } catch (fault) {
      if (!isEngineError(fault, 'notFound')) throw fault
    }
  }
  const platform = text(spec, 'platform')
  await pullImage(deps, engine, spec.image, report, signal, platform === '' ? undefined : platform)
}
