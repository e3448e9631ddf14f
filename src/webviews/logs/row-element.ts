import type { PageRow } from '../../logs/messages.ts'
import { levels } from '../../logs/line-flags.ts'
import { plural, t } from '../../shared/l10n.ts'
import { element } from './dom.ts'
import { styleOf } from './colors.ts'

/** What the rows need of the page: names of sources, and what to do when something in a row is pressed. */
export interface RowSurroundings {
  label(source: number): string
  readonly several: boolean
  toggle(seq: number, what: 'trace' | 'line'): void
  open(seq: number, link: number): void
}

/** How many colours tell sources apart; then they begin again. The name is always there too. */
export const sourceColors = 8

export const levelNames = (): readonly string[] => [
  '',
  t('trace'),
  t('debug'),
  t('information'),
  t('warning'),
  t('error'),
  t('fatal'),
]
const levelSigns = ['', 'T', 'D', 'I', 'W', 'E', 'F']

/** One line. Everything in it that a container printed is text. */
export function rowElement(row: PageRow, around: RowSurroundings): HTMLElement {
  if (row.stream === 'mark') return markElement(row, around)
  const made = element('div', {
    class: [
      'row',
      row.stream === 'stderr' ? 'stderr' : '',
      row.stream === 'engine' ? 'engine' : '',
      row.level === 0 ? '' : `level-${levels[row.level]}`,
      row.context === true ? 'context' : '',
      row.hit === true ? 'hit' : '',
    ]
      .filter((name) => name !== '')
      .join(' '),
    role: 'option',
    id: `row-${row.seq}`,
    'aria-label': spoken(row, around),
  })
  const gutter = element('span', { class: 'gutter', 'aria-hidden': true })
  gutter.append(
    element(
      'span',
      { class: 'stream', title: row.stream === 'stderr' ? t('Standard error') : undefined },
      row.stream === 'stderr' ? '▌' : '',
    ),
    twisty(row, around),
    element('span', { class: 'level', title: levelNames()[row.level]! }, levelSigns[row.level]!),
  )
  made.append(gutter)
  if (around.several) made.append(sourceElement(row.source, around))
  if (row.time !== '') made.append(element('span', { class: 'time', title: row.fullTime }, row.time))
  const text = element('span', { class: 'text' })
  appendParts(text, row, around)
  if (row.cut !== undefined)
    text.append(
      press(
        'cut',
        plural(row.cut, '… 1 more character', '… {0} more characters', row.cut.toLocaleString()),
        () => around.toggle(row.seq, 'line'),
      ),
    )
  if (row.trace !== undefined && row.trace > 0)
    text.append(
      press('trace', traceText(row.trace, row.open === true), () => around.toggle(row.seq, 'trace')),
    )
  if (row.details !== undefined) text.append(detailsElement(row.details))
  made.append(text)
  return made
}

function traceText(lines: number, open: boolean): string {
  return open ? plural(lines, 'fold 1 line', 'fold {0} lines') : plural(lines, '+1 line', '+{0} lines')
}

function markElement(row: PageRow, around: RowSurroundings): HTMLElement {
  const said = row.parts.map(({ text }) => text).join('')
  return element(
    'div',
    { class: 'row mark', role: 'option', id: `row-${row.seq}`, 'aria-label': said, title: row.fullTime },
    ...(around.several ? [sourceElement(row.source, around)] : []),
    element('span', { class: 'text' }, said),
  )
}

function sourceElement(source: number, around: RowSurroundings): HTMLElement {
  return element(
    'span',
    { class: `source color-${source % sourceColors}`, 'aria-hidden': true },
    around.label(source),
  )
}

function twisty(row: PageRow, around: RowSurroundings): HTMLElement {
  const expanded = row.expanded === true
  if (!expanded && row.structured !== true && row.cut === undefined)
    return element('span', { class: 'twisty' })
  const made = element(
    'button',
    { type: 'button', class: 'twisty', tabindex: -1, title: expanded ? t('Fold in') : t('Fold out') },
    expanded ? '▾' : '▸',
  )
  made.addEventListener('click', () => around.toggle(row.seq, 'line'))
  return made
}

function press(kind: string, text: string, call: () => void): HTMLElement {
  const made = element('button', { type: 'button', class: `in-row ${kind}`, tabindex: -1 }, text)
  made.addEventListener('click', call)
  return made
}

/** The text in pieces: where a style, a mark or a link begins or ends. */
function appendParts(into: HTMLElement, row: PageRow, around: RowSurroundings): void {
  let offset = 0
  for (const part of row.parts) {
    const end = offset + part.text.length
    const holder = element('span', part.part === undefined ? {} : { class: part.part })
    if (part.style !== undefined) styleOf(holder, part.style)
    const cuts = new Set([offset, end])
    for (const [start, to] of row.marks)
      for (const cut of [start!, to!]) if (cut > offset && cut < end) cuts.add(cut)
    for (const { start, end: to } of row.links)
      for (const cut of [start, to]) if (cut > offset && cut < end) cuts.add(cut)
    const sorted = [...cuts].sort((a, b) => a - b)
    for (let index = 0; index + 1 < sorted.length; index += 1)
      holder.append(
        piece(
          part.text.slice(sorted[index]! - offset, sorted[index + 1]! - offset),
          sorted[index]!,
          row,
          around,
        ),
      )
    into.append(holder)
    offset = end
  }
}

function piece(text: string, at: number, row: PageRow, around: RowSurroundings): Node {
  const mark = row.marks.find(([start, end]) => at >= start! && at < end!)
  const link = row.links.findIndex(({ start, end }) => at >= start && at < end)
  let made: Node = document.createTextNode(text)
  if (mark !== undefined)
    made = element('mark', { class: `kind-${mark[2]! === 0 ? 0 : ((mark[2]! - 1) % 5) + 1}` }, made)
  if (link < 0) return made
  const anchor = element('a', { tabindex: -1, role: 'link', title: linkHint(row.links[link]!.kind) }, made)
  anchor.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.detail === 1) around.open(row.seq, link)
  })
  return anchor
}

const linkHint = (kind: 'url' | 'file'): string =>
  kind === 'url' ? t('Open in browser') : t('Open in editor')

function detailsElement(fields: NonNullable<PageRow['details']>): HTMLElement {
  const list = element('dl', { class: 'fields' })
  for (const { key, value } of fields) list.append(element('dt', {}, key), element('dd', {}, value))
  return list
}

/** What a screen reader says of a line: everything that the eye sees beside the text comes in words. */
function spoken(row: PageRow, around: RowSurroundings): string {
  const text = row.parts
    .map((part) => part.text)
    .join('')
    .slice(0, 1000)
  return [
    around.several ? around.label(row.source) : '',
    row.time,
    levelNames()[row.level]!,
    row.stream === 'stderr' ? t('standard error') : '',
    row.context === true ? t('around a match') : '',
    text === '' ? t('empty line') : text,
    row.trace !== undefined && row.trace > 0 && row.open !== true
      ? plural(row.trace, '1 line folded', '{0} lines folded')
      : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}
