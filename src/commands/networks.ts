import type { Engine } from '../engine/engine.ts'
import type { Network } from '../engine/model/network.ts'
import { isEngineError } from '../engine/errors.ts'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { batch } from './batch.ts'
import { nodeCommand, viewCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { confirmOn } from './guard.ts'
import { networksWithout } from './in-use.ts'
import { disconnectAll, networkMemberCommands, networkOperand } from './network-members.ts'

async function removeAll(deps: Deps, networks: readonly Network[]): Promise<readonly Network[]> {
  const { done } = await batch(deps.ui, {
    title: t('Removing'),
    failed: t('Could not remove'),
    items: networks,
    nameOf: ({ name }) => name,
    async task(network, signal) {
      const engine = deps.engines.engine(network.engine)
      try {
        await engine.networks.remove(network.id, signal)
      } catch (fault) {
        if (isEngineError(fault, 'notFound')) return
        throw fault
      }
      deps.ui.equivalent(dockerLine(engine, ['network', 'rm'], [networkOperand(network)]))
    },
    // 403 in older engines, 409 in newer ones.
    mend: ({ error }) =>
      /active endpoints|in use/i.test(error.message)
        ? {
            action: t('Disconnect All and Remove'),
            run: async (failures) => {
              const networks = failures.map(({ item }) => item)
              if (await disconnectAll(deps, networks)) await removeAll(deps, networks)
            },
          }
        : undefined,
  })
  return done
}

const remove = nodeCommand({
  id: 'networks.remove',
  title: 'Remove…',
  icon: 'trash',
  on: ['network-builtin'],
  place: { group: '9_remove@1' },
  keys: [{ key: 'delete', mac: 'cmd+backspace', when: 'focusedView == quayside.networks' }],
  async run(deps, nodes) {
    const networks = nodes.map(({ network }) => network)
    const used = nodes.filter(({ members }) => members.length > 0)
    const answer = await confirmOn(deps, {
      engines: networks.map(({ engine }) => engine),
      names: networks.map(({ name }) => name),
      one: (name, engine) => t('Remove the network {0} from {1}?', name, engine),
      several: (count, engine) => t('Remove {0} networks from {1}?', count, engine),
      action: t('Remove'),
      ...(used.length === 0
        ? {}
        : {
            note: t(
              'Containers are in it: {0}',
              used
                .flatMap(({ network, members }) =>
                  members.map(({ name }) => t('{0} in {1}', name, network.name)),
                )
                .map((line) => plain(line, 200))
                .join(', '),
            ),
          }),
    })
    if (answer !== undefined) await removeAll(deps, networks)
  },
})

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$/
const subnet = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)\/\d{1,3}$/

const create = viewCommand({
  id: 'networks.create',
  title: 'Create Network…',
  icon: 'add',
  views: ['networks'],
  place: { group: 'navigation@1' },
  async run({ engines, ui }) {
    const engine = await engines.current()
    const title = t('Create a Network')
    const name = await ui.input({
      title,
      prompt: t('Name'),
      placeholder: 'backend',
      validate: (value) =>
        /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(value)
          ? undefined
          : t('Letters, digits and . _ -, beginning with a letter or digit.'),
    })
    if (name === undefined) return
    const driver = await ui.pick(
      [
        {
          label: 'bridge',
          description: t('Containers of this engine, with addresses of their own'),
          value: 'bridge',
        },
        {
          label: 'macvlan',
          description: t('Containers stand in the network of the host like machines'),
          value: 'macvlan',
        },
        {
          label: 'ipvlan',
          description: t('Like macvlan, with the hardware address of the host'),
          value: 'ipvlan',
        },
        { label: 'overlay', description: t('Across the engines of a swarm'), value: 'overlay' },
      ],
      { title, placeholder: t('Driver') },
    )
    if (driver === undefined) return
    const range = await ui.input({
      title,
      prompt: t('Subnet; empty lets the engine choose'),
      placeholder: '172.30.0.0/16',
      validate: (value) =>
        value === '' || subnet.test(value) ? undefined : t('A subnet such as 172.30.0.0/16 is needed.'),
    })
    if (range === undefined) return
    const gateway =
      range === ''
        ? ''
        : await ui.input({
            title,
            prompt: t('Gateway; empty lets the engine choose'),
            placeholder: '172.30.0.1',
            validate: (value) =>
              value === '' || address.test(value) ? undefined : t('An address such as 172.30.0.1 is needed.'),
          })
    if (gateway === undefined) return
    const traits = await ui.pickMany<'internal' | 'attachable' | 'ipv6'>(
      [
        { label: t('Internal'), description: t('No way out of the network'), value: 'internal' },
        {
          label: t('Attachable'),
          description: t('Containers can join a swarm’s network by hand'),
          value: 'attachable',
          picked: driver === 'overlay',
        },
        { label: 'IPv6', description: t('IPv6 addresses too'), value: 'ipv6', picked: range.includes(':') },
      ],
      { title, placeholder: t('Traits; none is needed') },
    )
    if (traits === undefined) return
    await engine.networks.create({
      name,
      driver,
      ...(traits.includes('internal') ? { internal: true } : {}),
      ...(traits.includes('attachable') ? { attachable: true } : {}),
      ...(traits.includes('ipv6') ? { ipv6: true } : {}),
      ...(range === '' ? {} : { subnet: range }),
      ...(gateway === '' ? {} : { gateway }),
    })
    const flags = [
      ...(driver === 'bridge' ? [] : ['-d', driver]),
      ...traits.map((trait) => `--${trait}`),
      ...(range === '' ? [] : ['--subnet', range]),
      ...(gateway === '' ? [] : ['--gateway', gateway]),
    ]
    ui.equivalent(dockerLine(engine, ['network', 'create', ...flags], [name]))
    void ui.info(t('Created the network {0}.', plain(name, 120)))
  },
})

async function unusedNetworks(engine: Engine, signal: AbortSignal): Promise<readonly Network[]> {
  const [networks, containers] = await Promise.all([
    engine.networks.list(signal),
    engine.containers.list({}, signal),
  ])
  return networksWithout(networks, containers)
}

const prune = viewCommand({
  id: 'networks.prune',
  title: 'Remove Unused Networks…',
  icon: 'clear-all',
  views: ['networks'],
  place: { group: '3_clean@1' },
  async run(deps) {
    const engine = await deps.engines.current()
    const unused = await deps.ui.progress(t('Looking for unused networks'), (_, signal) =>
      unusedNetworks(engine, signal),
    )
    if (unused.length === 0) return void deps.ui.info(t('All networks are in use.'))
    const answer = await confirmOn(deps, {
      engines: [engine.id],
      names: unused.map(({ name, driver }) => `${name} (${driver})`),
      one: (name, where) => t('Remove the unused network {0} from {1}?', name, where),
      several: (count, where) => t('Remove {0} unused networks from {1}?', count, where),
      action: t('Remove'),
      note: t('Networks of stopped containers stay, since they could not start without them.'),
    })
    if (answer === undefined) return
    const done = await removeAll(deps, unused)
    if (done.length > 0) void deps.ui.info(plural(done.length, 'Removed 1 network.', 'Removed {0} networks.'))
  },
})

const copyName = nodeCommand({
  id: 'networks.copyName',
  title: 'Copy Name',
  on: ['network'],
  place: { group: '1@1', submenu: 'copy' },
  run: ({ ui }, nodes) => ui.copy(nodes.map(({ network }) => network.name).join('\n')),
})

const copyId = nodeCommand({
  id: 'networks.copyId',
  title: 'Copy ID',
  on: ['network'],
  place: { group: '1@2', submenu: 'copy' },
  run: ({ ui }, nodes) => ui.copy(nodes.map(({ network }) => network.id).join('\n')),
})

const copySubnet = nodeCommand({
  id: 'networks.copySubnet',
  title: 'Copy Subnet',
  on: ['network'],
  place: { group: '1@3', submenu: 'copy' },
  run: ({ ui }, nodes) =>
    ui.copy(nodes.flatMap(({ network }) => network.subnets.map((range) => range.subnet)).join('\n')),
})

export const networkCommands: readonly Command[] = [
  create,
  remove,
  prune,
  copyName,
  copyId,
  copySubnet,
  ...networkMemberCommands,
]
