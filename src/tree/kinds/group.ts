import type { ContainerState } from '../../engine/model/container.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { shortImage } from '../image-names.ts'
import type { GroupNode, TreeNode } from '../node.ts'
import { stateWord } from '../state-words.ts'
import { tooltip } from '../tooltip.ts'
import { spoken, type Kind } from './kind.ts'

const icons: Readonly<Record<GroupNode['by'], string>> = {
  project: 'layers',
  image: 'archive',
  network: 'globe',
  state: 'circle-large-outline',
  label: 'tag',
  driver: 'plug',
  engine: 'server-environment',
}

function byWord(by: GroupNode['by']): string {
  switch (by) {
    case 'project':
      return t('compose project')
    case 'image':
      return t('image')
    case 'network':
      return t('network')
    case 'state':
      return t('state')
    case 'label':
      return t('label')
    case 'driver':
      return t('driver')
    case 'engine':
      return t('engine')
  }
}

function valueText({ by, value }: GroupNode): string {
  if (by === 'state') return stateWord(value as ContainerState)
  return plain(by === 'image' ? shortImage(value) : value, 100)
}

/** How many rows there are, and of containers how many run. */
function countWord({ children }: GroupNode): string {
  const containers = children.flatMap(containersIn)
  if (containers.length === 0)
    return children.some(({ kind }) => kind === 'detail') ? '' : String(children.length)
  return t('{0}/{1} running', containers.filter(({ state }) => state === 'running').length, containers.length)
}

function containersIn(node: TreeNode) {
  if (node.kind === 'container') return [node.container]
  return node.kind === 'project' ? node.containers : []
}

export const groupKind: Kind<GroupNode> = {
  id: ({ engine, by, value }) => `${engine}|group|${by}|${by === 'engine' ? '' : value}`,
  flags: () => [],
  label: valueText,
  description: countWord,
  icon: ({ by }) => ({ name: icons[by] }),
  accessibilityLabel: (node) => spoken(valueText(node), byWord(node.by), countWord(node)),
  tooltip: (node) => tooltip(valueText(node), byWord(node.by), []),
  expandable: () => 'expanded',
  children: ({ children }) => children,
}
