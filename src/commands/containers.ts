import { isEngineError } from '../engine/errors.ts'
import type { Container } from '../engine/model/container.ts'
import { t } from '../shared/l10n.ts'
import { batch, type Mend, type Failure } from './batch.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { confirmOn } from './guard.ts'
import { startContainer } from './run/start-container.ts'
import { tellOfEarlyEnds } from './why/ended-at-once.ts'
import { openWhy } from './why/open-why.ts'

/** What can be done to the life of containers, in the words of the docker CLI. */
export type Verb = 'start' | 'stop' | 'restart' | 'pause' | 'unpause'

const nameOf = (container: Container): string => container.name

const titles = (verb: Verb): { readonly doing: string; readonly failed: string } => {
  switch (verb) {
    case 'start':
      return { doing: t('Starting'), failed: t('Could not start') }
    case 'stop':
      return { doing: t('Stopping'), failed: t('Could not stop') }
    case 'restart':
      return { doing: t('Restarting'), failed: t('Could not restart') }
    case 'pause':
      return { doing: t('Pausing'), failed: t('Could not pause') }
    case 'unpause':
      return { doing: t('Unpausing'), failed: t('Could not unpause') }
  }
}

/** Does it to all of them; a container that is already so counts as done. */
export async function applyVerb(deps: Deps, verb: Verb, containers: readonly Container[]): Promise<void> {
  const { doing, failed } = titles(verb)
  const timeout = deps.settings.stopTimeoutSeconds
  const stopOptions = timeout === undefined ? {} : { timeoutSeconds: timeout }
  const { done } = await batch(deps.ui, {
    title: doing,
    failed,
    items: containers,
    nameOf,
    async task(container, signal) {
      const engine = deps.engines.engine(container.engine)
      const { id } = container
      if (verb === 'start') await startContainer(engine, id, signal)
      else if (verb === 'stop') await engine.containers.stop(id, stopOptions, signal)
      else if (verb === 'restart') await engine.containers.restart(id, stopOptions, signal)
      else if (verb === 'pause') await engine.containers.pause(id, signal)
      else await unlessAlready(/not paused/i, engine.containers.unpause(id, signal))
      const stops = verb === 'stop' || verb === 'restart'
      const words = stops && timeout !== undefined ? [verb, '-t', String(timeout)] : [verb]
      deps.ui.equivalent(dockerLine(engine, words, [container.name]))
    },
    mend: (failure) => missingStep(deps, verb, failure) ?? reason(deps, verb, failure),
  })
  if (verb === 'start' || verb === 'restart')
    void tellOfEarlyEnds(deps, done).catch((fault: unknown) => deps.ui.log(String(fault)))
}

/** A container that the engine would not start says why in the document about its end. */
function reason(deps: Deps, verb: Verb, { error }: Failure<Container>): Mend<Container> | undefined {
  if (verb !== 'start' && verb !== 'restart') return undefined
  if (!['conflict', 'internal', 'invalid', 'denied'].includes(error.code)) return undefined
  return {
    action: t('Why?'),
    explains: true,
    async run(failures) {
      for (const { item } of failures.slice(0, 5)) await openWhy(deps, item)
    },
  }
}

/** Old engines say that something is already so with an error of its own (409, 500): then it is done. */
async function unlessAlready(already: RegExp, call: Promise<void>): Promise<void> {
  try {
    await call
  } catch (fault) {
    if (!isEngineError(fault, 'conflict', 'internal', 'notModified') || !already.test(fault.message))
      throw fault
  }
}

function missingStep(deps: Deps, verb: Verb, { error }: Failure<Container>): Mend<Container> | undefined {
  if (error.code !== 'conflict') return undefined
  const paused = /paused/i.test(error.message) && !/not paused/i.test(error.message)
  const again = (first: Verb) => async (failures: readonly Failure<Container>[]) => {
    const containers = failures.map(({ item }) => item)
    await applyVerb(deps, first, containers)
    if (verb !== first && !(verb === 'start' && first === 'unpause')) await applyVerb(deps, verb, containers)
  }
  if (paused && verb !== 'pause' && verb !== 'unpause') return { action: t('Unpause'), run: again('unpause') }
  if (verb === 'pause' && /not running/i.test(error.message))
    return { action: t('Start'), run: again('start') }
  return undefined
}

/** As `applyVerb`, after asking where the user wants to be asked. */
export async function applyAsking(deps: Deps, verb: Verb, containers: readonly Container[]): Promise<void> {
  const stop = verb === 'stop'
  if (deps.settings.confirmStop && containers.length > 0 && (stop || verb === 'restart')) {
    const answer = await confirmOn(deps, {
      engines: containers.map(({ engine }) => engine),
      names: containers.map(nameOf),
      one: (name, engine) =>
        stop
          ? t('Stop the container {0} on {1}?', name, engine)
          : t('Restart the container {0} on {1}?', name, engine),
      several: (count, engine) =>
        stop
          ? t('Stop {0} containers on {1}?', count, engine)
          : t('Restart {0} containers on {1}?', count, engine),
      action: stop ? t('Stop') : t('Restart'),
    })
    if (answer === undefined) return
  }
  await applyVerb(deps, verb, containers)
}

const run =
  (verb: Verb) =>
  (deps: Deps, nodes: readonly { readonly container: Container }[]): Promise<void> =>
    applyAsking(
      deps,
      verb,
      nodes.map(({ container }) => container),
    )

const start = nodeCommand({
  id: 'containers.start',
  title: 'Start',
  icon: 'play',
  on: ['container+stopped', 'container+created'],
  place: { group: '1_lifecycle@1', inline: true },
  someFit: true,
  run: run('start'),
})

const stop = nodeCommand({
  id: 'containers.stop',
  title: 'Stop',
  icon: 'debug-stop',
  on: ['container+running', 'container+paused', 'container+restarting'],
  place: { group: '1_lifecycle@2', inline: true },
  someFit: true,
  run: run('stop'),
})

const restart = nodeCommand({
  id: 'containers.restart',
  title: 'Restart',
  icon: 'debug-restart',
  on: ['container+running', 'container+restarting', 'container+stopped'],
  place: { group: '1_lifecycle@3' },
  someFit: true,
  run: run('restart'),
})

const pause = nodeCommand({
  id: 'containers.pause',
  title: 'Pause',
  icon: 'debug-pause',
  on: ['container+running'],
  place: { group: '1_lifecycle@4' },
  someFit: true,
  run: run('pause'),
})

const unpause = nodeCommand({
  id: 'containers.unpause',
  title: 'Unpause',
  icon: 'debug-continue',
  on: ['container+paused'],
  place: { group: '1_lifecycle@5', inline: true },
  someFit: true,
  run: run('unpause'),
})

export const containerCommands: readonly Command[] = [start, stop, restart, pause, unpause]
