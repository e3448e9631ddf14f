import type { Engine } from '../engine/engine.ts'
import { EngineError } from '../engine/errors.ts'
import type { Container } from '../engine/model/container.ts'
import { swarmTask } from '../engine/model/swarm-task.ts'
import type { RunSpec } from '../shared/docker-run/run-line.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { createBody, type RunSurroundings } from './run/create-body.ts'
import { startContainer } from './run/start-container.ts'

/** Why a container is not for us to replace: whoever made it would make it again, or lose track of it. */
export function whyNotRecreate({ compose, labels }: Container): EngineError | undefined {
  if (compose !== undefined)
    return new EngineError(
      'unsupported',
      t('This container belongs to the compose project {0}.', plain(compose.project, 80)),
      {
        nextStep: t('Change its compose file and run docker compose up, which replaces it.'),
      },
    )
  const task = swarmTask(labels)
  if (task !== undefined)
    return new EngineError(
      'unsupported',
      t('This container belongs to the service {0} of a swarm.', plain(task.service, 80)),
      {
        nextStep: t('Change the service with docker service update, which replaces its containers.'),
      },
    )
  return undefined
}

export interface RecreateSteps {
  /** Called as each step begins, with its words for the progress. */
  readonly step: (text: string) => void
}

/**
 * Replaces a container by one made as `spec` says, under the same name: stop, set the old one aside under another name, create, start,
 * remove the old one. When a step fails the old one is put back as it was, and the error says so. Resolves with the new id.
 */
export async function recreate(
  engine: Engine,
  old: Container,
  spec: RunSpec,
  surroundings: RunSurroundings,
  { step }: RecreateSteps,
  signal?: AbortSignal,
): Promise<string> {
  const refused = whyNotRecreate(old)
  if (refused !== undefined) throw refused
  const body = await createBody(spec, surroundings)
  const wanted = spec.flags.get('name')
  const name = typeof wanted === 'string' && wanted !== '' ? wanted : old.name
  const aside = `${old.name}-replaced-${old.id.slice(0, 6)}`
  const wasRunning = old.state === 'running' || old.state === 'paused' || old.state === 'restarting'
  // Undone last first; what undoing needs no longer heeds the signal, so that Cancel leaves nothing halfway.
  const undo: (() => Promise<void>)[] = []
  try {
    if (wasRunning) {
      step(t('Stopping the old container…'))
      await engine.containers.stop(old.id, {}, signal)
      undo.push(() => engine.containers.start(old.id))
    }
    step(t('Setting the old container aside…'))
    await engine.containers.rename(old.id, aside, signal)
    undo.push(() => engine.containers.rename(old.id, old.name))
    step(t('Creating the new container…'))
    const { id } = await engine.containers.create(name, body, undefined, signal)
    undo.push(() => engine.containers.remove(id, { force: true }))
    if (wasRunning) {
      step(t('Starting the new container…'))
      await startContainer(engine, id, signal)
    }
    step(t('Removing the old container…'))
    await engine.containers.remove(old.id)
    return id
  } catch (fault) {
    step(t('Putting everything back…'))
    throw await rolledBack(undo, fault)
  }
}

async function rolledBack(undo: readonly (() => Promise<void>)[], fault: unknown): Promise<EngineError> {
  const code = fault instanceof EngineError ? fault.code : 'internal'
  const message = fault instanceof Error ? fault.message : String(fault)
  const failures: string[] = []
  for (const step of [...undo].reverse()) {
    try {
      await step()
    } catch (second) {
      failures.push(second instanceof Error ? second.message : String(second))
    }
  }
  if (failures.length > 0)
    return new EngineError(
      code === 'cancelled' ? 'internal' : code,
      t(
        'The container could not be replaced: {0} Putting it back failed too: {1}',
        plain(message),
        plain(failures.join(' ')),
      ),
      {
        nextStep: t('Look at the containers: the old one may still carry another name.'),
        cause: fault,
      },
    )
  return new EngineError(
    code,
    t('The container could not be replaced: {0} The old one is back as it was.', plain(message)),
    { cause: fault },
  )
}
