import { EngineError } from '../engine/errors.ts'
import type { Container } from '../engine/model/container.ts'
import type { Network } from '../engine/model/network.ts'
import type { EngineId } from '../engine/model/refs.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { batch } from './batch.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'

interface Membership {
  readonly network: Network
  readonly container: Container
}

/** A network is asked for by its id, since names like `-rf` are allowed; a line for people names it where that is safe. */
export const networkOperand = ({ name, id }: Network): string => (/^[\w][\w.-]*$/.test(name) ? name : id)

/** Takes every container out of the networks; false when one stayed. */
export async function disconnectAll(deps: Deps, networks: readonly Network[]): Promise<boolean> {
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
      deps.ui.equivalent(
        dockerLine(engine, ['network', 'disconnect'], [networkOperand(network), container.name]),
      )
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
    // As it is now: the row may be of a moment ago.
    const [all, [now = first]] = await Promise.all([
      engine.networks.list(),
      engine.containers.list({ ids: [first.id] }),
    ])
    const networks = all.filter(
      ({ id, name }) =>
        name !== 'host' && name !== 'none' && !now.attachments.some(({ networkId }) => networkId === id),
    )
    if (networks.length === 0)
      throw new EngineError('conflict', t('There is no network that {0} is not in.', plain(first.name, 80)), {
        nextStep: t('Create one with “Create Network…”.'),
      })
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
  await join(deps, network, containers, aliases)
}

/** Connects containers that were dropped on a network; those of another engine and those that are in it already are told apart. */
export async function connectDropped(
  deps: Deps,
  network: Network,
  dropped: readonly { readonly engine: EngineId; readonly id: string }[],
): Promise<void> {
  const here = dropped.filter(({ engine }) => engine === network.engine)
  if (here.length < dropped.length)
    throw new EngineError(
      'invalid',
      t('Containers of another engine cannot join {0}.', plain(network.name, 80)),
      {
        nextStep: t('Drop containers of the network’s own engine.'),
      },
    )
  const engine = deps.engines.engine(network.engine)
  const containers = await engine.containers.list({ ids: here.map(({ id }) => id) })
  if (containers.length === 0)
    throw new EngineError(
      'notFound',
      t('There is nothing left to connect to {0}.', plain(network.name, 80)),
      {
        nextStep: t('Look at the row again: it may just have changed.'),
      },
    )
  const outside = containers.filter(
    ({ attachments }) => !attachments.some(({ networkId }) => networkId === network.id),
  )
  if (outside.length > 0) return join(deps, network, outside, [])
  void deps.ui.info(
    containers.length === 1
      ? t('{0} is in {1} already.', plain(containers[0]!.name, 80), plain(network.name, 80))
      : t('They are in {0} already.', plain(network.name, 80)),
  )
}

async function join(
  deps: Deps,
  network: Network,
  containers: readonly Container[],
  aliases: readonly string[],
): Promise<void> {
  const { done } = await batch(deps.ui, {
    title: t('Connecting'),
    failed: t('Could not connect'),
    items: containers,
    nameOf: ({ name }) => name,
    async task(container, signal) {
      const engine = deps.engines.engine(network.engine)
      await engine.networks.connect(network.id, container.id, aliases.length > 0 ? { aliases } : {}, signal)
      const flags = aliases.flatMap((alias) => ['--alias', alias])
      deps.ui.equivalent(
        dockerLine(engine, ['network', 'connect', ...flags], [networkOperand(network), container.name]),
      )
    },
  })
  if (done.length > 0)
    void offerDisconnect(deps, network, done).catch((fault: unknown) => deps.ui.log(String(fault)))
}

/** Says what was connected; a press takes it back. */
async function offerDisconnect(
  deps: Deps,
  network: Network,
  containers: readonly Container[],
): Promise<void> {
  const undo = t('Disconnect')
  const where = plain(network.name, 80)
  const chosen = await deps.ui.info(
    containers.length === 1
      ? t('Connected {0} to {1}.', plain(containers[0]!.name, 80), where)
      : t('Connected {0} containers to {1}.', containers.length, where),
    undo,
  )
  if (chosen !== undo) return
  await disconnect(
    deps,
    containers.map((container) => ({ network, container })),
  )
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

export const networkMemberCommands: readonly Command[] = [
  connectFromNetwork,
  connectFromContainer,
  disconnectMember,
]
