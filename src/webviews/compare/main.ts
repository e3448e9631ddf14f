import type { ToComparePage } from '../../engine/layers/page.ts'
import { t } from '../../shared/l10n.ts'
import { element } from '../elements.ts'
import { ReadingBar, send } from '../image-files/page.ts'
import { TreePanel } from '../image-files/tree-panel.ts'
import '../image-files/image-files.css'
import './compare.css'

type Comparison = Extract<ToComparePage, { type: 'comparison' }>

const heading = element('h1')
const reading = new ReadingBar(heading)
const content = element('main')
document.body.append(heading, reading.element, content)
let panel: TreePanel | undefined

const column = (text: string): HTMLElement => element('th', { scope: 'col' }, text)

function table(label: string, titles: readonly string[], lines: readonly HTMLElement[]): HTMLElement {
  return element(
    'table',
    { 'aria-label': label },
    element('thead', {}, element('tr', {}, ...titles.map(column))),
    element('tbody', {}, ...lines),
  )
}

function draw(comparison: Comparison): void {
  const { before, after, facts, config, counts } = comparison
  panel = new TreePanel('compare')
  const factLines = facts.map((fact) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, fact.name),
      element('td', {}, fact.before),
      element('td', {}, fact.after),
    ),
  )
  content.replaceChildren(
    element('section', {}, table(t('Overview'), ['', before, after], factLines)),
    element(
      'section',
      { class: 'config' },
      element('h2', {}, t('Configuration')),
      config.length === 0
        ? element('p', { class: 'quiet' }, t('Both images are configured alike.'))
        : table(t('Configuration'), [t('Property'), before, after], config.map(configLine)),
    ),
    panel.element,
  )
  panel.show(t('Files that differ'), 0, counts)
}

const words = (change: Comparison['config'][number]['change']): string =>
  ({ added: t('added'), changed: t('changed'), removed: t('removed') })[change]

function configLine({ part, name, change, before, after }: Comparison['config'][number]): HTMLElement {
  const cell = (value: string, gone: boolean): HTMLElement =>
    element(
      'td',
      {},
      gone ? element('span', { class: 'quiet' }, '—') : element('code', {}, value || t('yes')),
    )
  return element(
    'tr',
    { class: change },
    element(
      'th',
      { scope: 'row' },
      part,
      ' ',
      element('code', {}, name),
      ' ',
      element('span', { class: 'change' }, words(change)),
    ),
    cell(before, change === 'added'),
    cell(after, change === 'removed'),
  )
}

function receive(message: ToComparePage): void {
  switch (message.type) {
    case 'reading':
      content.replaceChildren()
      return reading.reading(message)
    case 'failed':
      return reading.failed(message.text)
    case 'comparison':
      reading.done()
      return draw(message)
    case 'files':
      return panel?.receive(message)
  }
}

window.addEventListener('message', (event: MessageEvent<ToComparePage>) => receive(event.data))
send({ type: 'ready' })
