import type { FileEntry } from '../../engine/files/files.ts'
import { largestOpened } from '../../engine/files/limits.ts'
import { bytes } from '../../shared/bytes.ts'
import { shownName } from '../../engine/files/raw-name.ts'
import { plural, t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { isFolder, rowsAtOnce, typeAtEnd } from '../files.ts'
import { fullMoment } from '../moment.ts'
import type { FileNode, FilesNode, MoreNode } from '../node.ts'
import { tooltip } from '../tooltip.ts'
import { dotted, spoken, type Kind } from './kind.ts'

const canChange = ({ place }: FilesNode | FileNode): boolean => place.kind !== 'image'

export const filesKind: Kind<FilesNode> = {
  id: ({ within }) => `${within}|files`,
  flags: (node) => [node.place.kind, ...(canChange(node) ? ['target'] : [])],
  label: () => t('Files'),
  description: () => '',
  icon: () => ({ name: 'files' }),
  accessibilityLabel: ({ place }) => spoken(t('Files'), place.name),
  tooltip: ({ place }) => tooltip(place.name, t('Files'), []),
  expandable: () => 'collapsed',
  children: () => [],
}

const isRegular = ({ entry }: FileNode): boolean => typeAtEnd(entry) === 'file'

export const fileKind: Kind<FileNode> = {
  id: ({ within, path }) => `${within}${path}`,
  flags: (node) => [
    ...(isFolder(node.entry) ? ['folder'] : isRegular(node) ? ['regular'] : []),
    ...(canChange(node) ? ['editable'] : []),
    ...(canChange(node) && isFolder(node.entry) ? ['target'] : []),
    ...(node.place.kind === 'container' && isRegular(node) ? ['comparable'] : []),
  ],
  label: ({ entry }) => plain(shownName(entry.name), 255),
  description: ({ entry }) =>
    dotted(
      entry.link === undefined ? '' : `→ ${plain(shownName(entry.link), 120)}`,
      entry.type === 'file' ? bytes(entry.size) : '',
      entry.type === 'symlink' && entry.target === undefined ? t('leads nowhere') : '',
      typeAtEnd(entry) === 'symlink' ? '' : oddWord(entry),
    ),
  icon: ({ entry }) => ({ name: isFolder(entry) ? 'folder' : 'file' }),
  accessibilityLabel: ({ entry }) =>
    spoken(
      plain(shownName(entry.name), 255),
      typeWord(entry),
      entry.link === undefined ? '' : t('link to {0}', plain(shownName(entry.link), 120)),
      entry.type === 'file' ? bytes(entry.size) : '',
    ),
  tooltip: ({ path, entry }, context) =>
    tooltip(shownName(entry.name), typeWord(entry), [
      [t('Path'), shownName(path)],
      [t('Link to'), shownName(entry.link ?? '')],
      [
        t('Size'),
        entry.type === 'file'
          ? plural(entry.size, '{0} (1 byte)', '{0} ({1} bytes)', bytes(entry.size), entry.size)
          : '',
      ],
      [t('Mode'), `${permissions(entry.mode)} (${entry.mode.toString(8).padStart(4, '0')})`],
      [t('Owner'), entry.owner === undefined ? '' : `${entry.owner.uid}:${entry.owner.gid}`],
      [t('Modified'), fullMoment({ at: entry.mtime, within: 0 }, context)],
    ]),
  expandable: ({ entry }) => (isFolder(entry) ? 'collapsed' : 'no'),
  children: () => [],
  file: ({ place, path, entry }) => ({ place, path, isFolder: isFolder(entry) }),
  click: (node) => (isRegular(node) ? (node.entry.size > largestOpened ? 'files.open' : 'open') : undefined),
}

function typeWord(entry: FileEntry): string {
  if (isFolder(entry)) return t('folder')
  return typeAtEnd(entry) === 'file' ? t('file') : oddWord(entry)
}

function oddWord(entry: FileEntry): string {
  switch (typeAtEnd(entry)) {
    case 'device':
      return t('device')
    case 'fifo':
      return t('pipe')
    case 'socket':
      return t('socket')
    case 'symlink':
      return t('link')
    case 'file':
    case 'directory':
      return ''
  }
}

/** `rwxr-x--T`, as `ls -l` has it. */
export function permissions(mode: number): string {
  const special = [
    [0o4000, 's', 'S'],
    [0o2000, 's', 'S'],
    [0o1000, 't', 'T'],
  ] as const
  return special
    .map(([bit, withRun, without], who) => {
      const bits = (mode >> (6 - 3 * who)) & 7
      const run = (bits & 1) !== 0
      return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${mode & bit ? (run ? withRun : without) : run ? 'x' : '-'}`
    })
    .join('')
}

export const moreKind: Kind<MoreNode> = {
  id: ({ within }) => `${within}|more`,
  flags: () => [],
  label: ({ hidden }) => t('{0} more…', hidden.toLocaleString('en')),
  description: ({ hidden }) => (hidden > rowsAtOnce ? t('shows the next {0}', rowsAtOnce) : ''),
  icon: () => ({ name: 'ellipsis' }),
  accessibilityLabel: ({ hidden }) => t('{0} more…', hidden.toLocaleString('en')),
  tooltip: () => '',
  expandable: () => 'no',
  children: () => [],
  click: () => 'files.showMore',
}
