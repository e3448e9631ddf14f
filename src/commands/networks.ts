import type { Engine } from '../engine/engine.ts'
import type { Container } from '../engine/model/container.ts'
import type { Network } from '../engine/model/network.ts'
import { isEngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { batch } from './batch.ts'
import { nodeCommand, viewCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { confirmOn } from './guard.ts'

interface Membership {
  readonly network: Network
  readonly container: Container
}

/** A network is asked for by its id, since names like `-rf` are allowed; a line for people names it where that is safe. */
const operand = ({ name, id }: Network): string => (/^[\w][\w.-]*$/.test(name) ? name : id)

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
      deps.ui.equivalent(dockerLine(engine, ['network', 'rm'], [operand(network)]))
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

/** Takes every container out of the networks; false when one stayed. */
async function disconnectAll(deps: Deps, networks: readonly Network[]): Promise<boolean> {
  const memberships: Membership[] = []
  for (const network of networks) {
    const engine = deps.engines.engine(network.engine)
    for (const container of await engine.containers.list())
      if (container.attachments.some(({ networkId }) => networkId === network.id))
        memberships.push({ network, container })
  }
  const { done } = await disconnect(deps, memberships)
  return done.length === memberships.length
}

const disconnect = (
  deps: Deps,
  memberships: readonly Membership[],
): Promise<{ readonly done: readonly Membership[] }> =>
  batch(deps.ui, {
    title: t('Disconnecting'),
    failed: t('Could not disconnect'),
    items: memberships,
    nameOf: ({ container, network }) => t('{0} from {1}', container.name, network.name),
    async task({ network, container }, signal) {
      const engine = deps.engines.engine(network.engine)
      await engine.networks.disconnect(network.id, container.id, {}, signal)
      deps.ui.equivalent(dockerLine(engine, ['network', 'disconnect'], [operand(network), container.name]))
    },
  })

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

/** Networks of the user that no container is in, running or not. */
export async function unusedNetworks(
  engine: Engine,
  signal: AbortSignal,
  without: ReadonlySet<string> = new Set(),
): Promise<readonly Network[]> {
  const [networks, containers] = await Promise.all([
    engine.networks.list(signal),
    engine.containers.list({}, signal),
  ])
  const used = new Set(
    containers
      .filter(({ id }) => !without.has(id))
      .flatMap(({ attachments, networkMode }) => [
        networkMode,
        ...attachments.flatMap(({ network, networkId }) => [network, networkId]),
      ]),
  )
  return networks.filter(
    ({ id, name, builtIn, ingress }) => !builtIn && !ingress && !used.has(id) && !used.has(name),
  )
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
    if (done.length > 0) void deps.ui.info(t('Removed {0} networks.', done.length))
  },
})

const connectFromNetwork = nodeCommand({
  id: 'networks.connect',
  title: 'Connect Containers…',
  icon: 'plug',
  on: ['network'],
  place: { group: '4_change@1' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const { network } = node
    const engine = deps.engines.engine(network.engine)
    const outside = (await engine.containers.list()).filter(
      ({ attachments, networkMode }) =>
        networkMode !== 'host' && !attachments.some(({ networkId }) => networkId === network.id),
    )
    if (outside.length === 0)
      return void deps.ui.info(t('All containers are in {0}.', plain(network.name, 80)))
    const chosen = await deps.ui.pickMany(
      outside.map((container) => ({
        label: plain(container.name, 120),
        description: plain(`${container.image} · ${container.status}`, 200),
        value: container,
      })),
      { title: t('Connect to {0}', plain(network.name, 80)) },
    )
    if (chosen !== undefined && chosen.length > 0) await connect(deps, network, chosen)
  },
})

const connectFromContainer = nodeCommand({
  id: 'containers.connectNetwork',
  title: 'Connect to Network…',
  icon: 'plug',
  on: ['container'],
  place: { group: '2_change@4', submenu: 'more' },
  async run(deps, nodes) {
    const containers = nodes.map(({ container }) => container)
    const [first] = containers
    if (first === undefined) return
    const engine = deps.engines.engine(first.engine)
    const networks = (await engine.networks.list()).filter(
      ({ id, name }) =>
        name !== 'host' && name !== 'none' && !first.attachments.some(({ networkId }) => networkId === id),
    )
    const network = await deps.ui.pick(
      networks.map((entry) => ({
        label: plain(entry.name, 120),
        description: plain([entry.driver, ...entry.subnets.map((range) => range.subnet)].join(' · '), 200),
        value: entry,
      })),
      { title: t('Connect to Network') },
    )
    // A network belongs to one engine: containers of others cannot join it.
    if (network !== undefined)
      await connect(
        deps,
        network,
        containers.filter((container) => container.engine === engine.id),
      )
  },
})

/** Connects containers; a name to be found by in the network is asked for when it is one container. */
async function connect(deps: Deps, network: Network, containers: readonly Container[]): Promise<void> {
  const typed =
    containers.length > 1 || network.name === 'bridge'
      ? ''
      : await deps.ui.input({
          title: t('Connect {0} to {1}', plain(containers[0]!.name, 80), plain(network.name, 80)),
          prompt: t('Further names it is found by in this network, parted by commas; may be empty'),
          placeholder: 'db, database',
          validate: (value) =>
            /^\s*(?:[\w.-]+(?:\s*,\s*[\w.-]+)*)?\s*$/.test(value)
              ? undefined
              : t('Names of letters, digits and . _ - are needed.'),
        })
  if (typed === undefined) return
  const aliases = typed
    .split(',')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '')
  await batch(deps.ui, {
    title: t('Connecting'),
    failed: t('Could not connect'),
    items: containers,
    nameOf: ({ name }) => name,
    async task(container, signal) {
      const engine = deps.engines.engine(network.engine)
      await engine.networks.connect(network.id, container.id, aliases.length > 0 ? { aliases } : {}, signal)
      const flags = aliases.flatMap((alias) => ['--alias', alias])
      deps.ui.equivalent(
        dockerLine(engine, ['network', 'connect', ...flags], [operand(network), container.name]),
      )
    },
  })
}

const disconnectMember = nodeCommand({
  id: 'networks.disconnect',
  title: 'Disconnect',
  icon: 'debug-disconnect',
  on: ['member'],
  place: { group: '4_change@1', inline: true },
  async run(deps, nodes) {
    await disconnect(deps, nodes)
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
  connectFromNetwork,
  connectFromContainer,
  disconnectMember,
  copyName,
  copyId,
  copySubnet,
]
