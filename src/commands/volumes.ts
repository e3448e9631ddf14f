import type { Engine } from '../engine/engine.ts'
import { EngineError, isEngineError } from '../engine/errors.ts'
import type { Volume } from '../engine/model/volume.ts'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { batch } from './batch.ts'
import { nodeCommand, viewCommand, type Command, type Deps } from './command.ts'
import { dockerLine, flag } from './equivalents.ts'
import { confirmOn } from './guard.ts'
import { volumesOf } from './in-use.ts'
import { shortId } from './naming.ts'
import { bytes } from './sizes.ts'
import type { Ui } from './ui.ts'

const shownName = ({ name, anonymous }: Volume): string => (anonymous ? shortId(name) : name)

async function removeAll(deps: Deps, volumes: readonly Volume[]): Promise<readonly Volume[]> {
  // What we look into volumes with must not hold on to them.
  await (await deps.places()).release()
  const { done } = await batch(deps.ui, {
    title: t('Removing'),
    failed: t('Could not remove'),
    items: volumes,
    nameOf: shownName,
    async task(volume, signal) {
      const engine = deps.engines.engine(volume.engine)
      try {
        await engine.volumes.remove(volume.name, {}, signal)
      } catch (fault) {
        if (isEngineError(fault, 'notFound')) return
        throw isEngineError(fault, 'conflict') ? await whoUses(engine, volume, fault, signal) : fault
      }
      deps.ui.equivalent(dockerLine(engine, ['volume', 'rm'], [volume.name]))
    },
  })
  return done
}

async function whoUses(
  engine: Engine,
  volume: Volume,
  refusal: EngineError,
  signal: AbortSignal,
): Promise<EngineError> {
  const users = (await engine.containers.list({}, signal)).filter(({ mounts }) =>
    mounts.some(({ type, name }) => type === 'volume' && name === volume.name),
  )
  if (users.length === 0) return refusal
  const names = users.map(({ name, state }) => `${plain(name, 80)} (${state})`).join(', ')
  return new EngineError('conflict', t('It is used by {0}.', names), {
    nextStep: t('Remove these containers first; stopping them is not enough.'),
    cause: refusal,
  })
}

const remove = nodeCommand({
  id: 'volumes.remove',
  title: 'Remove…',
  icon: 'trash',
  on: ['volume'],
  place: { group: '9_remove@1' },
  keys: [
    {
      key: 'delete',
      mac: 'cmd+backspace',
      when: 'focusedView == quayside.volumes && !quayside.fileSelected.volumes',
    },
  ],
  async run(deps, nodes) {
    const volumes = nodes.map(({ volume }) => volume)
    const used = nodes.filter(({ usedBy }) => usedBy.length > 0)
    const answer = await confirmOn(deps, {
      engines: volumes.map(({ engine }) => engine),
      names: volumes.map(({ name }) => name),
      one: (name, engine) => t('Remove the volume {0} and all files in it from {1}?', name, engine),
      several: (count, engine) => t('Remove {0} volumes and all files in them from {1}?', count, engine),
      action: t('Remove'),
      ...(used.length === 0
        ? {}
        : {
            note: t(
              'In use, so the engine will keep them: {0}',
              used
                .map(
                  ({ volume, usedBy }) =>
                    `${shownName(volume)} (${usedBy.map(({ name }) => name).join(', ')})`,
                )
                .map((line) => plain(line, 200))
                .join(', '),
            ),
          }),
    })
    if (answer !== undefined) await removeAll(deps, volumes)
  },
})

const nameProblem = (value: string): string | undefined =>
  value === '' || /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value)
    ? undefined
    : t('Two or more letters, digits and . _ -, beginning with a letter or digit; or nothing.')

/**
 * `key=value` pairs parted by commas, as one types them; undefined when one has no `=`. Of the local driver `o` has commas and `=`
 * itself: `type=nfs,o=addr=10.0.0.1,nfsvers=4,device=:/export`.
 */
function pairs(text: string, driver: string): Readonly<Record<string, string>> | undefined {
  const found = new Map<string, string>()
  let last: string | undefined
  const begins = (name: string): boolean =>
    driver === 'local' && last === 'o' ? /^(type|device|o)$/.test(name) : /^[\w.-]+$/.test(name)
  for (const part of text.split(',')) {
    const name = /^\s*([^=\s]+)=/.exec(part)?.[1]
    if (name !== undefined && begins(name)) {
      last = name
      found.set(name, part.slice(part.indexOf('=') + 1).trim())
    } else if (last !== undefined) found.set(last, `${found.get(last)},${part.trim()}`)
    else if (part.trim() !== '') return undefined
  }
  return Object.fromEntries(found)
}

async function askName(ui: Ui): Promise<string | undefined> {
  return ui.input({
    title: t('Create a Volume'),
    prompt: t('Name; empty lets the engine choose one'),
    placeholder: 'data',
    validate: nameProblem,
  })
}

async function createVolume(
  { ui }: Deps,
  engine: Engine,
  name: string,
  driver = 'local',
  options: Readonly<Record<string, string>> = {},
): Promise<void> {
  const volume = await engine.volumes.create({
    ...(name === '' ? {} : { name }),
    driver,
    ...(Object.keys(options).length === 0 ? {} : { options }),
  })
  const flags = [
    ...(driver === 'local' ? [] : flag('-d', driver)),
    ...Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
  ]
  ui.equivalent(dockerLine(engine, ['volume', 'create', ...flags], name === '' ? [] : [name]))
  void ui.info(t('Created the volume {0}.', plain(shownName(volume), 120)))
}

const create = viewCommand({
  id: 'volumes.create',
  title: 'Create Volume…',
  icon: 'add',
  views: ['volumes'],
  place: { group: 'navigation@1' },
  async run(deps) {
    const engine = await deps.engines.current()
    const name = await askName(deps.ui)
    if (name !== undefined) await createVolume(deps, engine, name)
  },
})

const createWithDriver = viewCommand({
  id: 'volumes.createWithDriver',
  title: 'Create Volume with Driver…',
  icon: 'add',
  views: ['volumes'],
  place: { group: '1_make@1' },
  async run(deps) {
    const { engines, ui } = deps
    const engine = await engines.current()
    const title = t('Create a Volume')
    const name = await askName(ui)
    if (name === undefined) return
    const chosen = await ui.input({ title, prompt: t('Driver'), value: 'local' })
    if (chosen === undefined) return
    const driver = chosen.trim() === '' ? 'local' : chosen.trim()
    const typed = await ui.input({
      title,
      prompt: t('Options of the driver, as name=value, parted by commas; may be empty'),
      placeholder: 'type=nfs,o=addr=10.0.0.1,nfsvers=4,device=:/export',
      validate: (value) =>
        pairs(value, driver) === undefined ? t('Each option is written name=value.') : undefined,
    })
    const options = typed === undefined ? undefined : pairs(typed, driver)
    if (options !== undefined) await createVolume(deps, engine, name, driver, options)
  },
})

/** The volumes that no container uses, with the bytes that each takes where the engine tells. */
async function unusedVolumes(
  engine: Engine,
  signal: AbortSignal,
): Promise<readonly { readonly volume: Volume; readonly size: number | undefined }[]> {
  const [volumes, containers, usage] = await Promise.all([
    engine.volumes.list(signal),
    engine.containers.list({}, signal),
    engine.system.diskUsage(signal),
  ])
  const used = volumesOf(containers)
  const sizes = new Map(usage.volumes.map(({ name, size }) => [name, size]))
  return volumes
    .filter(({ name }) => !used.has(name))
    .map((volume) => {
      const size = sizes.get(volume.name) ?? volume.size
      return { volume, size: size === undefined || size < 0 ? undefined : size }
    })
}

const prune = viewCommand({
  id: 'volumes.prune',
  title: 'Remove Unused Volumes…',
  icon: 'clear-all',
  views: ['volumes'],
  place: { group: '3_clean@1' },
  async run(deps) {
    const engine = await deps.engines.current()
    const unused = await deps.ui.progress(t('Looking for unused volumes'), (_, signal) =>
      unusedVolumes(engine, signal),
    )
    if (unused.length === 0) return void deps.ui.info(t('All volumes are in use.'))
    const size = (some: typeof unused): string =>
      bytes(some.reduce((sum, entry) => sum + (entry.size ?? 0), 0))
    const anonymous = unused.filter(({ volume }) => volume.anonymous)
    const named = unused.filter(({ volume }) => !volume.anonymous)
    const chosen =
      anonymous.length > 0 && named.length > 0
        ? await deps.ui.pick(
            [
              {
                label: t('Anonymous volumes only'),
                description: t('{0}, {1}', anonymous.length, size(anonymous)),
                detail: t(
                  'What “docker volume prune” takes since API 1.42; before that it took the named ones too.',
                ),
                value: anonymous,
              },
              {
                label: t('Named volumes too'),
                description: t('{0}, {1}', unused.length, size(unused)),
                detail: t('What “docker volume prune --all” takes.'),
                value: unused,
              },
            ],
            { title: t('Remove Unused Volumes'), placeholder: t('What is listed next is exactly what goes') },
          )
        : unused
    if (chosen === undefined) return
    const answer = await confirmOn(deps, {
      engines: [engine.id],
      names: chosen.map((entry) =>
        entry.size === undefined ? entry.volume.name : `${entry.volume.name} (${bytes(entry.size)})`,
      ),
      one: (name, where) => t('Remove the unused volume {0} and all files in it from {1}?', name, where),
      several: (count, where) => t('Remove {0} unused volumes and all files in them from {1}?', count, where),
      action: t('Remove'),
      note: t('This frees {0}.', size(chosen)),
    })
    if (answer === undefined) return
    // By name, one by one: exactly these go on every version, and what has come into use meanwhile is refused.
    const done = await removeAll(
      deps,
      chosen.map(({ volume }) => volume),
    )
    if (done.length > 0) {
      const gone = new Set(done)
      void deps.ui.info(
        plural(
          done.length,
          'Removed 1 volume and freed {1}.',
          'Removed {0} volumes and freed {1}.',
          done.length,
          size(chosen.filter(({ volume }) => gone.has(volume))),
        ),
      )
    }
  },
})

const copyName = nodeCommand({
  id: 'volumes.copyName',
  title: 'Copy Name',
  on: ['volume'],
  place: { group: '1@1', submenu: 'copy' },
  run: ({ ui }, nodes) => ui.copy(nodes.map(({ volume }) => volume.name).join('\n')),
})

const copyMountpoint = nodeCommand({
  id: 'volumes.copyMountpoint',
  title: 'Copy Mount Point',
  on: ['volume'],
  place: { group: '1@2', submenu: 'copy' },
  run: ({ ui }, nodes) => ui.copy(nodes.map(({ volume }) => volume.mountpoint).join('\n')),
})

export const volumeCommands: readonly Command[] = [
  create,
  createWithDriver,
  remove,
  prune,
  copyName,
  copyMountpoint,
]
