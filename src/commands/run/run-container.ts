import type { Engine } from '../../engine/engine.ts'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import type { Container } from '../../engine/model/container.ts'
import { runWords, type RunSpec } from '../../shared/docker-run/run-line.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps } from '../command.ts'
import { dockerLine } from '../equivalents.ts'
import { pullImage } from '../image-transfer.ts'
import { attachSession } from '../terminal/attach-session.ts'
import type { Report } from '../ui.ts'
import { portHolder } from './check-spec.ts'
import { createBody, type RunSurroundings } from './create-body.ts'

const text = (spec: RunSpec, flag: string): string => {
  const value = spec.flags.get(flag)
  return typeof value === 'string' ? value : ''
}

/**
 * Does what the line says: pulls the image where it is missing, creates the container and starts it, in a terminal where the line
 * asks for one. Resolves with the container's id. When the start fails, the container stays and the message says so, as after
 * `docker run`.
 */
export async function runContainer(
  deps: Deps,
  engine: Engine,
  spec: RunSpec,
  surroundings: RunSurroundings,
  start: boolean,
): Promise<string> {
  const { ui } = deps
  const image = plain(spec.image, 120)
  const interactive = start && text(spec, 'interactive') === 'true' && text(spec, 'detach') !== 'true'
  const body = await createBody(spec, surroundings)
  const name = text(spec, 'name') === '' ? undefined : text(spec, 'name')
  const id = await ui.progress(
    start ? t('Running {0}', image) : t('Creating a container of {0}', image),
    async (report, signal) => {
      await provideImage(deps, engine, spec, report, signal)
      report({ message: t('Creating the container…') })
      const platform = text(spec, 'platform')
      const created = await engine.containers.create(
        name,
        body,
        platform === '' ? undefined : platform,
        signal,
      )
      if (created.warnings.length > 0)
        void ui.warn(created.warnings.map((warning) => plain(warning, 300)).join(' '))
      if (start && !interactive) await startOrExplain(engine, created.id, signal)
      return created.id
    },
  )
  const words = runWords(spec)
  ui.equivalent(dockerLine(engine, [start ? 'run' : 'create', ...words]))
  const shown = name ?? id.slice(0, 12)
  if (interactive) ui.terminal(attachSession(engine, id, plain(shown, 60), () => startOrExplain(engine, id)))
  return id
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

/** Starts a container; where a port is taken, says who holds it. */
export async function startOrExplain(engine: Engine, id: string, signal?: AbortSignal): Promise<void> {
  try {
    await engine.containers.start(id, signal)
  } catch (fault) {
    throw (await explained(engine, id, fault)) ?? fault
  }
}

const takenPort =
  /(?:Bind for|listen (?:tcp|udp)[46]? )\s*(\S*?):(\d+).*(?:already allocated|already in use)|port (\d+) is already allocated/i

async function explained(engine: Engine, id: string, fault: unknown): Promise<EngineError | undefined> {
  if (!(fault instanceof EngineError)) return undefined
  const match = takenPort.exec(fault.message)
  const port = match?.[2] ?? match?.[3]
  if (port === undefined) return undefined
  const containers = await engine.containers.list().catch((): readonly Container[] => [])
  const others = containers.filter((container) => container.id !== id)
  const holder = portHolder(others, Number(port), 'tcp') ?? portHolder(others, Number(port), 'udp')
  const nextStep =
    holder === undefined
      ? t(
          'A program of the machine holds it: end that, or publish another port. The container was created and can be started later.',
        )
      : t(
          'Stop {0}, or publish another port. The container was created and can be started later.',
          plain(holder.name, 80),
        )
  const message =
    holder === undefined
      ? t('Port {0} is taken.', port)
      : t('Port {0} is held by the container {1}.', port, plain(holder.name, 80))
  return new EngineError('conflict', message, { nextStep, cause: fault })
}
