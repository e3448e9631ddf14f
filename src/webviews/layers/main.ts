import type { PathRow, StepRow, ToLayersPage } from '../../engine/layers/page.ts'
import { bytes } from '../../shared/bytes.ts'
import { plural, t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { button, element } from '../elements.ts'
import { ReadingBar, send } from '../image-files/page.ts'
import { TreePanel } from '../image-files/tree-panel.ts'
import { countsText } from '../image-files/tree-row.ts'
import '../image-files/image-files.css'
import './layers.css'

type ImageMessage = Extract<ToLayersPage, { type: 'image' }>
type Layer = NonNullable<StepRow['layer']>

const heading = element('h1')
const reading = new ReadingBar(heading)
const content = element('main')
document.body.append(heading, reading.element, content)
let panel: TreePanel | undefined

const percent = (part: number, whole: number): string =>
  `${whole === 0 ? 100 : Math.round((part / whole) * 1000) / 10} %`

function drawImage(image: ImageMessage): void {
  panel = new TreePanel('open')
  const layers = image.steps.filter(({ layer }) => layer !== undefined)
  const largest = Math.max(1, ...layers.map(({ layer }) => layer!.size))
  const list = element('ol', { class: 'steps', 'aria-label': t('Layers') })
  const choose = new Map<number, () => void>()
  for (const step of image.steps) list.append(stepElement(step, largest, choose))
  list.addEventListener('keydown', (event) => walk(list, event))
  content.replaceChildren(
    summary(image, layers.length),
    element(
      'div',
      { class: 'columns' },
      element('section', { class: 'layers' }, element('h2', {}, t('Layers')), list),
      panel.element,
    ),
    element(
      'div',
      { class: 'columns' },
      paths(t('Wasted space'), t('Nothing is wasted.'), image.wastedPaths, (row) => ({
        note: plural(row.number, 'stored once in vain', 'stored {0} times in vain'),
      })),
      paths(t('Biggest files'), t('No files.'), image.biggest, (row) => ({
        note: t('layer {0}', row.number + 1),
        open: () => send({ type: 'open', layer: row.number, path: row.path }),
      })),
    ),
  )
  // The last layer is the one that was worked on.
  const last = layers.findLast(({ layer }) => layer!.size > 0) ?? layers.at(-1)
  if (last?.layer !== undefined) choose.get(last.layer.index)?.()
}

function summary({ size, wasted }: ImageMessage, layers: number): HTMLElement {
  const efficiency = percent(size - wasted, size)
  const meter = shareBar(size === 0 ? 1 : (size - wasted) / size)
  const fact = (name: string, value: string, title: string, ...more: Node[]): HTMLElement =>
    element('div', { title }, element('dt', {}, name), element('dd', {}, value, ...more))
  return element(
    'dl',
    { class: 'summary' },
    fact(t('Layers'), String(layers), ''),
    fact(t('Size'), bytes(size), t('All files of all layers together')),
    fact(
      t('Wasted'),
      bytes(wasted),
      t('Files that are stored in one layer and replaced or removed in a later one'),
    ),
    fact(t('Efficiency'), efficiency, t('How much of what is stored can be seen in a container'), meter),
  )
}

function stepElement(step: StepRow, largest: number, choose: Map<number, () => void>): HTMLElement {
  const { layer } = step
  const text = step.instruction || step.comment || t('The image does not tell how this came about.')
  const words = element('code', { class: 'instruction' }, text)
  if (layer === undefined)
    return element(
      'li',
      { class: 'step empty', title: text },
      element('span', { class: 'number' }),
      words,
      element('span', { class: 'quiet' }, t('no files')),
    )
  const press = element(
    'button',
    { type: 'button', class: 'step', title: text, 'aria-pressed': 'false' },
    element('span', { class: 'number' }, String(layer.index + 1)),
    words,
    element('span', { class: 'size' }, bytes(layer.size), shareBar(layer.size / largest)),
    element(
      'span',
      { class: 'quiet facts' },
      [countsText(layer.counts), layer.wasted > 0 ? t('{0} wasted', bytes(layer.wasted)) : '']
        .filter((part) => part !== '')
        .join(' · '),
    ),
  )
  press.setAttribute('aria-label', spokenLayer(layer, text))
  const show = (): void => {
    for (const other of document.querySelectorAll('button.step')) {
      const chosen = other === press
      other.setAttribute('aria-pressed', String(chosen))
      other.setAttribute('tabindex', chosen ? '0' : '-1')
    }
    panel?.show(t('Files of layer {0}', layer.index + 1), layer.index, layer.counts)
  }
  press.addEventListener('click', show)
  choose.set(layer.index, show)
  return element('li', {}, press)
}

/** A share of 1 as a bar; what it says stands beside it in figures. */
function shareBar(share: number): HTMLElement {
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, element('i'))
  bar.style.setProperty('--share', `${share * 100}%`)
  return bar
}

function spokenLayer({ index, size, wasted, counts }: Layer, text: string): string {
  return [
    t('layer {0}', index + 1),
    text,
    bytes(size),
    t('{0} added, {1} changed, {2} removed', counts.added, counts.changed, counts.removed),
    t('{0} wasted', bytes(wasted)),
  ].join(', ')
}

/** Up and down from layer to layer. */
function walk(list: HTMLElement, event: KeyboardEvent): void {
  const steps = [...list.querySelectorAll<HTMLElement>('button.step')]
  const at = steps.findIndex((step) => step === document.activeElement)
  const next: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: steps.length - 1,
  }
  const to = steps[Math.max(0, next[event.key] ?? -1)]
  if (at < 0 || next[event.key] === undefined || to === undefined) return
  event.preventDefault()
  to.focus()
  to.click()
}

function paths(
  title: string,
  nothing: string,
  rows: readonly PathRow[],
  factsOf: (row: PathRow) => { readonly note: string; readonly open?: () => void },
): HTMLElement {
  const lines = rows.map((row) => {
    const { note, open } = factsOf(row)
    const path = plain(row.path, 1000)
    return element(
      'tr',
      {},
      element('td', { class: 'size' }, bytes(row.bytes)),
      element('th', { scope: 'row', title: path }, open === undefined ? path : button(path, open, 'link')),
      element('td', { class: 'quiet' }, note),
    )
  })
  return element(
    'section',
    { class: 'paths' },
    element('h2', {}, title),
    lines.length === 0
      ? element('p', { class: 'quiet' }, nothing)
      : element('table', { 'aria-label': title }, element('tbody', {}, ...lines)),
  )
}

function receive(message: ToLayersPage): void {
  switch (message.type) {
    case 'reading':
      content.replaceChildren()
      return reading.reading(message)
    case 'failed':
      return reading.failed(message.text)
    case 'image':
      reading.done()
      return drawImage(message)
    case 'files':
      return panel?.receive(message)
  }
}

window.addEventListener('message', (event: MessageEvent<ToLayersPage>) => receive(event.data))
send({ type: 'ready' })
