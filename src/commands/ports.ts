import type { NodeOf } from '../tree/node.ts'
import { publishedPorts } from './addresses.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'

/** The ports as addresses that a client on this machine reaches. */
const addressesOf = ({ engines }: Deps, nodes: readonly NodeOf<'port'>[]) =>
  nodes.flatMap(({ container, port }) => publishedPorts(engines.engine(container.engine).endpoint, [port]))

const openInBrowser = nodeCommand({
  id: 'ports.openInBrowser',
  title: 'Open in Browser',
  icon: 'link-external',
  on: ['port+tcp'],
  place: { group: '1_open@1', inline: true },
  palette: false,
  async run(deps, nodes) {
    for (const { url } of addressesOf(deps, nodes)) await deps.ui.openExternal(url)
  },
})

const copyAddress = nodeCommand({
  id: 'ports.copyAddress',
  title: 'Copy Address',
  icon: 'copy',
  on: ['port+tcp'],
  place: { group: '1_open@2', inline: true },
  palette: false,
  async run(deps, nodes) {
    await deps.ui.copy(
      addressesOf(deps, nodes)
        .map(({ address }) => address)
        .join('\n'),
    )
  },
})

export const portCommands: readonly Command[] = [openInBrowser, copyAddress]
