import type { Engine } from '../engine/engine.ts'
import type { Container } from '../engine/model/container.ts'
import { plural, t } from '../shared/l10n.ts'
import { batch } from './batch.ts'
import { nodeCommand, viewCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { confirmOn } from './guard.ts'
import { bytes } from './sizes.ts'

const nameOf = (container: Container): string => container.name

/** What `docker rm` refuses without `--force`. */
const isLive = ({ state }: Container): boolean =>
  state === 'running' || state === 'paused' || state === 'restarting'

/** Volumes without a name, which `docker rm -v` takes along: their names are the engine's own 64 digits. */
export const anonymousVolumes = ({ mounts }: Container): readonly string[] =>
  mounts.flatMap(({ type, name }) =>
    type === 'volume' && name !== undefined && /^[0-9a-f]{64}$/.test(name) ? [name] : [],
  )

interface RemoveOptions {
  readonly force: boolean
  readonly volumes: boolean
}

async function removeAll(
  deps: Deps,
  containers: readonly Container[],
  { force, volumes }: RemoveOptions,
): Promise<readonly Container[]> {
  const { done } = await batch(deps.ui, {
    title: t('Removing'),
    failed: t('Could not remove'),
    items: containers,
    nameOf,
    async task(container, signal) {
      const engine = deps.engines.engine(container.engine)
      const forced = force && isLive(container)
      await engine.containers.remove(container.id, { force: forced, volumes }, signal)
      const flags = [...(forced ? ['-f'] : []), ...(volumes ? ['-v'] : [])]
      deps.ui.equivalent(dockerLine(engine, ['rm', ...flags], [container.name]))
    },
    mend({ error }) {
      if (error.code !== 'conflict' || /in progress/i.test(error.message)) return undefined
      return {
        action: t('Remove by Force'),
        run: async (failures) => {
          const again = failures.map(({ item }) => ({ ...item, state: 'running' as const }))
          await removeAll(deps, again, { force: true, volumes })
        },
      }
    },
  })
  return done
}

/** Asks once and removes: running ones by force, anonymous volumes only when that is chosen. */
export async function removeContainers(deps: Deps, containers: readonly Container[]): Promise<void> {
  const live = containers.filter(isLive)
  const volumes = containers.flatMap(anonymousVolumes)
  const notes = [
    ...(live.length > 0
      ? [
          containers.length === 1
            ? t('It is running and will be killed.')
            : t('Running, and will be killed: {0}', live.map(nameOf).join(', ')),
        ]
      : []),
    ...(volumes.length > 0
      ? [
          t(
            'Anonymous volumes that belong to it: {0}. They stay unless you choose otherwise.',
            volumes.length,
          ),
        ]
      : []),
  ]
  const answer = await confirmOn(deps, {
    engines: containers.map(({ engine }) => engine),
    names: containers.map(nameOf),
    one: (name, engine) => t('Remove the container {0} from {1}?', name, engine),
    several: (count, engine) => t('Remove {0} containers from {1}?', count, engine),
    action: live.length > 0 ? t('Remove by Force') : t('Remove'),
    ...(volumes.length > 0 ? { alternative: t('Remove with Anonymous Volumes') } : {}),
    ...(notes.length > 0 ? { note: notes.join('\n') } : {}),
  })
  if (answer === undefined) return
  await removeAll(deps, containers, { force: live.length > 0, volumes: answer === 'alternative' })
}

const remove = nodeCommand({
  id: 'containers.remove',
  title: 'Remove…',
  icon: 'trash',
  on: ['container'],
  place: { group: '9_remove@1' },
  keys: [
    {
      key: 'delete',
      mac: 'cmd+backspace',
      when: 'focusedView == quayside.containers && !quayside.fileSelected.containers',
    },
  ],
  run: (deps, nodes) =>
    removeContainers(
      deps,
      nodes.map(({ container }) => container),
    ),
})

/** What each signal is for, so that one can be chosen without knowing them by heart. */
const signals = (): readonly (readonly [name: string, use: string])[] => [
  ['KILL', t('End at once; the program cannot object')],
  ['TERM', t('Ask to end')],
  ['INT', t('As Ctrl-C does')],
  ['QUIT', t('End and leave a dump; some servers end gracefully')],
  ['HUP', t('Many servers read their configuration again')],
  ['USR1', t('Meaning is up to the program')],
  ['USR2', t('Meaning is up to the program')],
]

async function askSignal({ ui }: Deps): Promise<string | undefined> {
  const title = t('Signal')
  const chosen = await ui.pick<string>(
    [
      ...signals().map(([name, use]) => ({ label: `SIG${name}`, description: use, value: `SIG${name}` })),
      { label: t('Another…'), value: '' },
    ],
    { title, placeholder: t('The signal that the main process gets') },
  )
  if (chosen !== '') return chosen
  const typed = await ui.input({
    title,
    prompt: t('A signal by name or number, such as SIGWINCH or 28'),
    validate: (value) =>
      /^(?:\d{1,2}|(?:SIG)?[A-Z]+[0-9]*(?:[+-]\d{1,2})?)$/i.test(value.trim())
        ? undefined
        : t('A name such as SIGWINCH or a number such as 28 is needed.'),
  })
  return typed?.trim().toUpperCase()
}

const kill = nodeCommand({
  id: 'containers.kill',
  title: 'Kill…',
  icon: 'zap',
  on: ['container+running', 'container+paused', 'container+restarting'],
  place: { group: '1_lifecycle@6' },
  someFit: true,
  async run(deps, nodes) {
    const processSignal = await askSignal(deps)
    if (processSignal === undefined) return
    const containers = nodes.map(({ container }) => container)
    if (deps.settings.confirmStop) {
      const answer = await confirmOn(deps, {
        engines: containers.map(({ engine }) => engine),
        names: containers.map(nameOf),
        one: (name, engine) => t('Send {0} to the container {1} on {2}?', processSignal, name, engine),
        several: (count, engine) => t('Send {0} to {1} containers on {2}?', processSignal, count, engine),
        action: t('Send'),
      })
      if (answer === undefined) return
    }
    await batch(deps.ui, {
      title: t('Sending {0} to', processSignal),
      failed: t('Could not signal'),
      items: containers,
      nameOf,
      async task(container, signal) {
        const engine = deps.engines.engine(container.engine)
        await engine.containers.kill(container.id, processSignal, signal)
        deps.ui.equivalent(dockerLine(engine, ['kill', '-s', processSignal], [container.name]))
      },
    })
  },
})

/** The containers that `docker container prune` would take. */
export const isStopped = ({ state }: Container): boolean =>
  state === 'exited' || state === 'created' || state === 'dead'

/** Bytes that each container's own layer takes; empty where the engine does not tell. */
async function ownSizes(engine: Engine, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const { containers } = await engine.system.diskUsage(signal)
  return new Map(containers.map(({ id, sizeRw }) => [id, sizeRw]))
}

const prune = viewCommand({
  id: 'containers.prune',
  title: 'Remove Stopped Containers…',
  icon: 'clear-all',
  views: ['containers'],
  place: { group: '3_clean@1' },
  async run(deps) {
    const engine = await deps.engines.current()
    const found = await deps.ui.progress(t('Looking for stopped containers'), async (_, signal) => {
      const stopped = (await engine.containers.list({}, signal)).filter(isStopped)
      return {
        stopped,
        sizes: stopped.length === 0 ? new Map<string, number>() : await ownSizes(engine, signal),
      }
    })
    const { stopped, sizes } = found
    if (stopped.length === 0) return void deps.ui.info(t('There are no stopped containers.'))
    const freed = stopped.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0)
    const answer = await confirmOn(deps, {
      engines: [engine.id],
      names: stopped.map(({ id, name, status }) => {
        const size = sizes.get(id)
        return size === undefined ? `${name} (${status})` : `${name} (${status}, ${bytes(size)})`
      }),
      one: (name, where) => t('Remove the stopped container {0} from {1}?', name, where),
      several: (count, where) => t('Remove {0} stopped containers from {1}?', count, where),
      action: t('Remove'),
      note: t('This frees {0}. Volumes stay.', bytes(freed)),
    })
    if (answer === undefined) return
    // One by one and never by force: what has been started in the meantime is refused and stays.
    const done = await removeAll(deps, stopped, { force: false, volumes: false })
    if (done.length > 0) {
      const total = done.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0)
      void deps.ui.info(
        plural(
          done.length,
          'Removed 1 container and freed {1}.',
          'Removed {0} containers and freed {1}.',
          done.length,
          bytes(total),
        ),
      )
    }
  },
})

export const containerEndCommands: readonly Command[] = [kill, remove, prune]
