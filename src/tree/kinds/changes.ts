import { nameOf } from '../../engine/files/file-path.ts'
import { shownName } from '../../engine/files/raw-name.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { ChangeNode, ChangesNode } from '../node.ts'
import { tooltip } from '../tooltip.ts'
import { spoken, type Kind } from './kind.ts'

export const changesKind: Kind<ChangesNode> = {
  id: ({ within }) => `${within}|changes`,
  flags: () => [],
  label: () => t('Changes'),
  description: () => '',
  icon: () => ({ name: 'diff' }),
  accessibilityLabel: ({ place }) => spoken(t('Changes'), place.name),
  tooltip: ({ place }) => tooltip(place.name, t('what differs from its image'), []),
  expandable: () => 'collapsed',
  children: () => [],
}

const isLeaf = ({ below }: ChangeNode): boolean => below.length === 0

function changeWord({ change }: ChangeNode): string {
  switch (change) {
    case 'added':
      return t('added')
    case 'modified':
      return t('modified')
    case 'deleted':
      return t('deleted')
  }
}

export const changeKind: Kind<ChangeNode> = {
  id: ({ within, path }) => `${within}${path}`,
  flags: (node) => [node.change, ...(isLeaf(node) ? ['leaf'] : [])],
  label: ({ path }) => plain(shownName(nameOf(path)), 255),
  description: (node) => (isLeaf(node) || node.change !== 'modified' ? changeWord(node) : ''),
  icon: (node) => ({ name: isLeaf(node) ? 'file' : 'folder' }),
  accessibilityLabel: (node) => spoken(plain(shownName(nameOf(node.path)), 255), changeWord(node)),
  tooltip: (node) =>
    tooltip(shownName(nameOf(node.path)), changeWord(node), [[t('Path'), shownName(node.path)]]),
  expandable: (node) => (isLeaf(node) ? 'no' : 'collapsed'),
  children: () => [],
  file: (node) => ({
    place: node.place,
    path: node.path,
    isFolder: !isLeaf(node),
    ...(isLeaf(node) || node.change !== 'modified' ? { change: node.change } : {}),
  }),
  click: (node) => (isLeaf(node) ? 'files.openChange' : undefined),
}
