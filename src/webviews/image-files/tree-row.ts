import type { TreeRow } from '../../engine/layers/change-tree.ts'
import type { Change } from '../../engine/layers/changes.ts'
import { bytes } from '../../shared/bytes.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { button, element } from '../elements.ts'

type Action = 'open' | 'compare' | 'save' | 'fold'

export interface RowOptions {
  readonly level: number
  readonly open: boolean
  /** What a file does first: in a comparison what changed is compared. */
  readonly openFirst: 'open' | 'compare'
  readonly act: (action: Action) => void
}

const letters: Readonly<Record<Change, string>> = { added: 'A', changed: 'C', removed: 'R' }
const wordOf = (change: Change): string =>
  ({ added: t('added'), changed: t('changed'), removed: t('removed') })[change]

/** One line of the tree; what its colours and letters mean is said in words too. */
export function rowElement(row: TreeRow, { level, open, openFirst, act }: RowOptions): HTMLElement {
  const isFolder = row.kind === 'folder'
  const hasContent = row.kind === 'file' || row.kind === 'hardlink'
  const comparable = row.change === 'changed' && hasContent
  const first: Action | undefined = isFolder
    ? 'fold'
    : !hasContent
      ? undefined
      : comparable && openFirst === 'compare'
        ? 'compare'
        : 'open'
  const name = plain(row.name, 1000)
  const size = sizeText(row)
  const state = row.change === undefined ? undefined : wordOf(row.change)
  const spoken = [name, isFolder ? t('folder') : '', state ?? '', size, row.access ?? '', row.link ?? '']
  const line = element(
    'div',
    {
      role: 'treeitem',
      tabindex: '-1',
      class: `row ${isFolder ? 'folder' : ''} ${row.change ?? ''}`,
      'aria-level': String(level),
      'aria-label': spoken.filter((part) => part !== '').join(', '),
      ...(isFolder ? { 'aria-expanded': String(open) } : {}),
      title: plain(row.path, 1000),
    },
    element('span', { class: 'twistie', 'aria-hidden': 'true' }, isFolder ? (open ? '▾' : '▸') : ''),
    element('span', { class: 'letter', 'aria-hidden': 'true' }, row.change ? letters[row.change] : ''),
    element('span', { class: 'name' }, isFolder ? `${name}/` : name),
    element('span', { class: 'quiet note' }, noteOf(row)),
  )
  line.style.setProperty('--level', String(level))
  line.dataset['path'] = row.path
  if (hasContent) line.append(actions(name, comparable, act))
  line.append(element('span', { class: 'size' }, size))
  if (first !== undefined) line.addEventListener('click', () => act(first))
  return line
}

function actions(name: string, comparable: boolean, act: RowOptions['act']): HTMLElement {
  const made = element('span', { class: 'actions' })
  const add = (text: string, label: string, action: Action): void => {
    const press = button(text, () => act(action), 'link', label)
    press.tabIndex = -1
    press.addEventListener('click', (event) => event.stopPropagation())
    made.append(press)
  }
  if (comparable) add(t('Compare'), t('Compare {0} with what it was before', name), 'compare')
  if (comparable) add(t('Open'), t('Open {0}', name), 'open')
  add(t('Save…'), t('Save {0}…', name), 'save')
  return made
}

function sizeText({ kind, size, before, counts, change }: TreeRow): string {
  if (kind === 'folder') {
    const files = counts === undefined ? 0 : counts.added + counts.changed + counts.removed
    return files === 0 ? '' : bytes(size)
  }
  if (kind !== 'file') return ''
  return change === 'changed' && before !== undefined && before !== size
    ? `${bytes(before)} → ${bytes(size)}`
    : bytes(size)
}

function noteOf({ kind, link, access, counts }: TreeRow): string {
  const parts = [
    ...(kind === 'symlink' && link !== undefined ? [`→ ${plain(link, 400)}`] : []),
    ...(kind === 'hardlink' && link !== undefined ? [`= ${plain(link, 400)}`] : []),
    ...(access === undefined ? [] : [access]),
    ...(counts === undefined ? [] : [countsText(counts)]),
  ]
  return parts.join('  ')
}

/** `+12 ~3 −1`, what is none left out. */
export function countsText({ added, changed, removed }: Readonly<Record<Change, number>>): string {
  return [
    [added, '+'],
    [changed, '~'],
    [removed, '−'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, sign]) => `${sign}${count}`)
    .join(' ')
}
