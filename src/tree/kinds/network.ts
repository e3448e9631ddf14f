import { refKey } from '../../engine/model/refs.ts'
import { plural, t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { fullMoment } from '../moment.ts'
import type { MemberNode, NetworkNode } from '../node.ts'
import { conditionWords } from '../state-words.ts'
import { labelFact, tooltip } from '../tooltip.ts'
import { attachmentTo } from '../uses.ts'
import { containerIcon, containerKind } from './container.ts'
import { dotted, spoken, type Kind } from './kind.ts'

function membersWord({ members }: NetworkNode): string {
  if (members.length === 0) return t('no members')
  return plural(members.length, '1 member', '{0} members')
}

const subnetsOf = ({ network }: NetworkNode): string => network.subnets.map(({ subnet }) => subnet).join(', ')
const builtInWord = ({ network }: NetworkNode): string => (network.builtIn ? t('built in') : '')

function traits({ network }: NetworkNode): string[] {
  return [
    network.internal ? t('internal: no way out') : '',
    network.attachable ? t('attachable') : '',
    network.ingress ? t('ingress') : '',
    network.ipv6 ? 'IPv6' : '',
  ]
}

export const networkKind: Kind<NetworkNode> = {
  id: ({ network }) => refKey(network),
  flags: ({ network, members }) => [
    ...(network.builtIn ? ['builtin'] : []),
    ...(members.length > 0 ? ['used'] : []),
  ],
  label: ({ network }) => plain(network.name, 100),
  description: (node) =>
    dotted(plain(node.network.driver, 40), plain(subnetsOf(node), 80), membersWord(node), builtInWord(node)),
  icon: ({ network, members }) => {
    const used = members.length > 0 ? { color: 'charts.green' } : {}
    if (network.builtIn) return { name: 'lock', ...used }
    return { name: network.internal ? 'shield' : 'globe', ...used }
  },
  accessibilityLabel: (node) =>
    spoken(
      plain(node.network.name, 100),
      t('network'),
      plain(node.network.driver, 40),
      membersWord(node),
      builtInWord(node),
    ),
  tooltip: (node, context) => {
    const { network, members } = node
    return tooltip(network.name, membersWord(node), [
      [t('Driver'), network.driver],
      [t('Scope'), network.scope],
      [t('Subnets'), network.subnets.map(({ subnet, gateway }) => dotted(subnet, gateway))],
      [t('Traits'), traits(node)],
      [t('Members'), members.map((container) => dotted(container.name, addressesOf({ network, container })))],
      [
        t('Created'),
        network.created === undefined ? '' : fullMoment({ at: network.created, within: 0 }, context),
      ],
      labelFact(network.labels),
      [t('Id'), network.id.slice(0, 12)],
    ])
  },
  expandable: ({ members }) => (members.length > 0 ? 'collapsed' : 'no'),
  children: ({ network, members }) => members.map((container) => ({ kind: 'member', network, container })),
}

function addressesOf({ network, container }: Pick<MemberNode, 'network' | 'container'>): string {
  const attachment = attachmentTo(network, container)
  return [attachment?.ipv4 ?? '', attachment?.ipv6 ?? ''].filter((address) => address !== '').join(' ')
}

const addressWord = (node: MemberNode): string => plain(addressesOf(node), 100) || t('no address')

/** The names other members find it by, its own left out. */
function aliasesOf({ network, container }: MemberNode): string[] {
  const aliases = attachmentTo(network, container)?.aliases ?? []
  return aliases.filter((alias) => alias !== container.name && !container.id.startsWith(alias))
}

export const memberKind: Kind<MemberNode> = {
  id: ({ network, container }) => `${refKey(network)}|member|${container.id}`,
  flags: () => [],
  label: ({ container }) => plain(container.name, 100),
  description: (node) => {
    const aliases = aliasesOf(node).map((alias) => plain(alias, 40))
    const running = node.container.state === 'running' ? '' : conditionWords(node.container)
    return dotted(
      addressWord(node),
      running,
      aliases.length === 0 ? '' : t('also {0}', aliases.slice(0, 3).join(', ')),
    )
  },
  icon: ({ container }) => containerIcon(container),
  accessibilityLabel: (node) =>
    spoken(
      plain(node.container.name, 100),
      t('member of {0}', plain(node.network.name, 100)),
      conditionWords(node.container),
      addressWord(node),
    ),
  tooltip: ({ container }, context) => containerKind.tooltip({ kind: 'container', container }, context),
  expandable: () => 'no',
  children: () => [],
}
