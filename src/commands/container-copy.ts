import { EngineError } from '../engine/errors.ts'
import type { Container } from '../engine/model/container.ts'
import type { NodeOf } from '../tree/node.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { holderOf, publishedPorts, type Published } from './addresses.ts'
import { nodeCommand, viewCommand, type Command, type Deps } from './command.ts'

type Nodes = readonly NodeOf<'container'>[]

async function pickPort(
  { engines, ui }: Deps,
  { container }: NodeOf<'container'>,
): Promise<Published | undefined> {
  const { endpoint } = engines.engine(container.engine)
  const ports = publishedPorts(endpoint, container.ports)
  if (ports.length === 0)
    throw new EngineError(
      'notFound',
      t('The container {0} publishes no TCP port.', plain(container.name, 80)),
      {
        nextStep: t('Ports are published when a container is made: docker run -p 8080:80.'),
      },
    )
  if (ports.length === 1) return ports[0]
  return ui.pick(
    ports.map((published) => ({
      label: published.address,
      description: `→ ${published.port.containerPort}`,
      value: published,
    })),
    { title: plain(container.name, 80) },
  )
}

const openInBrowser = nodeCommand({
  id: 'containers.openInBrowser',
  title: 'Open in Browser',
  icon: 'link-external',
  on: ['container+published'],
  place: { group: '3_show@9' },
  async run(deps, nodes) {
    for (const node of nodes) {
      const published = await pickPort(deps, node)
      if (published !== undefined) await deps.ui.openExternal(published.url)
    }
  },
})

/** Puts a line per container on the clipboard. */
async function copyLines({ ui }: Deps, nodes: Nodes, line: (container: Container) => string): Promise<void> {
  await ui.copy(nodes.map(({ container }) => line(container)).join('\n'))
}

const copyName = nodeCommand({
  id: 'containers.copyName',
  title: 'Copy Name',
  on: ['container'],
  place: { group: '1@1', submenu: 'copy' },
  run: (deps, nodes) => copyLines(deps, nodes, ({ name }) => name),
})

const copyId = nodeCommand({
  id: 'containers.copyId',
  title: 'Copy ID',
  on: ['container'],
  place: { group: '1@2', submenu: 'copy' },
  run: (deps, nodes) => copyLines(deps, nodes, ({ id }) => id),
})

const copyIp = nodeCommand({
  id: 'containers.copyIp',
  title: 'Copy IP Address',
  on: ['container+running', 'container+paused'],
  place: { group: '1@3', submenu: 'copy' },
  many: false,
  async run({ ui }, [node]) {
    if (node === undefined) return
    const { container } = node
    const choices = container.attachments.flatMap(({ network, ipv4, ipv6 }) =>
      [ipv4, ipv6]
        .filter((address) => address !== '')
        .map((address) => ({ label: plain(address), description: plain(network), value: address })),
    )
    if (choices.length === 0)
      throw new EngineError(
        'notFound',
        t('The container {0} has no address of its own.', plain(container.name, 80)),
        {
          nextStep:
            container.networkMode === 'host'
              ? t('It uses the network of the host.')
              : t('It has one once it runs and is connected to a network.'),
        },
      )
    const address =
      choices.length === 1 ? choices[0]!.value : await ui.pick(choices, { title: plain(container.name, 80) })
    if (address !== undefined) await ui.copy(address)
  },
})

const copyAddress = nodeCommand({
  id: 'containers.copyAddress',
  title: 'Copy Published Address',
  on: ['container+published'],
  place: { group: '1@4', submenu: 'copy' },
  many: false,
  async run(deps, [node]) {
    const published = node === undefined ? undefined : await pickPort(deps, node)
    if (published !== undefined) await deps.ui.copy(published.address)
  },
})

const findPort = viewCommand({
  id: 'containers.findPort',
  title: 'Find Container by Published Port…',
  icon: 'search',
  async run({ engines, ui }) {
    const engine = await engines.current()
    const typed = await ui.input({
      title: t('Find Container by Published Port'),
      prompt: t('Port of the host'),
      placeholder: '8080',
      validate: (value) =>
        /^\d{1,5}$/.test(value.trim()) && Number(value) > 0 && Number(value) < 65_536
          ? undefined
          : t('A number from 1 to 65535 is needed.'),
    })
    if (typed === undefined) return
    const holder = holderOf(await engine.containers.list(), Number(typed))
    if (holder === undefined)
      return void ui.info(
        t('No container of {0} publishes the port {1}.', plain(engines.nameOf(engine.id), 80), Number(typed)),
      )
    const copy = t('Copy Name')
    const chosen = await ui.info(
      t(
        'The port {0} is held by the container {1} ({2}).',
        Number(typed),
        plain(holder.name, 80),
        plain(holder.image, 80),
      ),
      copy,
    )
    if (chosen === copy) await ui.copy(holder.name)
  },
})

export const containerCopyCommands: readonly Command[] = [
  openInBrowser,
  copyName,
  copyId,
  copyIp,
  copyAddress,
  findPort,
]
