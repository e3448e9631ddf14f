import type { FromStatsPage, StatsRow, StatsTexts, ToStatsPage } from '../../engine/stats/page.ts'
import type { Sample } from '../../engine/stats/sample.ts'
import { element } from '../elements.ts'
import { amount, percent } from '../../shared/amounts.ts'
import { Plots } from './plots.ts'
import './stats.css'

declare function acquireVsCodeApi(): {
  postMessage(message: FromStatsPage): void
  getState(): unknown
  setState(state: unknown): void
}

const vscode = acquireVsCodeApi()
type Column = 'name' | 'cpu' | 'memory' | 'network' | 'disk' | 'pids'
interface Known {
  readonly row: StatsRow
  last: Sample | undefined
}

const containers = new Map<string, Known>()
let texts: StatsTexts | undefined
let sort: { column: Column; descending: boolean } = { column: 'cpu', descending: true }
let selected = new Set<string>()
let plots: Plots | undefined

const heading = element('h1')
const problem = element('p', { role: 'alert', class: 'problem' })
const head = element('thead')
const body = element('tbody')
const table = element('table', {}, head, body)
// All that the plots tell of now is in the table; what they draw cannot be read aloud.
const plotArea = element('section', { class: 'plots', 'aria-hidden': 'true' })
const processes = element('section', { class: 'processes' })
document.body.append(heading, problem, table, plotArea, processes)

const value: Readonly<Record<Column, (known: Known) => number | string>> = {
  name: ({ row }) => row.name,
  cpu: ({ last }) => last?.cpu ?? -1,
  memory: ({ last }) => last?.memory ?? -1,
  network: ({ last }) => (last === undefined ? -1 : last.received + last.sent),
  disk: ({ last }) => (last === undefined ? -1 : last.read + last.written),
  pids: ({ last }) => last?.pids ?? -1,
}

function drawHead(words: StatsTexts): void {
  const titles: readonly (readonly [Column, string])[] = [
    ['name', words.name],
    ['cpu', words.cpu],
    ['memory', words.memory],
    ['network', words.network],
    ['disk', words.disk],
    ['pids', words.processes],
  ]
  const cells = titles.map(([column, title]) => {
    const button = element('button', { type: 'button', title: `${words.sortBy} ${title}` }, title)
    button.addEventListener('click', () => {
      sort = { column, descending: sort.column === column ? !sort.descending : column !== 'name' }
      drawHead(words)
      drawRows()
    })
    const direction = sort.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none'
    return element(
      'th',
      { scope: 'col', 'aria-sort': direction, ...(column === 'name' ? {} : { class: 'number' }) },
      button,
    )
  })
  head.replaceChildren(
    element('tr', {}, element('th', { scope: 'col', class: 'check' }, words.plot), ...cells),
  )
}

function sorted(): Known[] {
  const by = value[sort.column]
  return [...containers.values()].sort((a, b) => {
    const [x, y] = [by(a), by(b)]
    const order = typeof x === 'string' || typeof y === 'string' ? String(x).localeCompare(String(y)) : x - y
    return (sort.descending ? -order : order) || a.row.name.localeCompare(b.row.name)
  })
}

const rows = new Map<
  string,
  {
    readonly line: HTMLTableRowElement
    readonly cells: Readonly<Record<Exclude<Column, 'name'>, HTMLTableCellElement>>
  }
>()

function rowOf({ row }: Known, words: StatsTexts) {
  const known = rows.get(row.id)
  if (known !== undefined) return known
  const check = element('input', { type: 'checkbox', 'aria-label': `${words.plot} ${row.name}` })
  check.checked = selected.has(row.id)
  check.addEventListener('change', () => {
    if (check.checked) selected.add(row.id)
    else selected.delete(row.id)
    vscode.setState([...selected])
    drawPlots()
  })
  const name = element(
    'button',
    { type: 'button', class: 'name', title: `${words.processesOf} ${row.name}` },
    row.name,
  )
  name.addEventListener('click', () => vscode.postMessage({ type: 'processes', id: row.id }))
  const number = (): HTMLTableCellElement => element('td', { class: 'number' })
  const cells = { cpu: number(), memory: number(), network: number(), disk: number(), pids: number() }
  const image = element('span', { class: 'image' }, row.image)
  const line = element(
    'tr',
    {},
    element('td', { class: 'check' }, check),
    element('th', { scope: 'row' }, name, ' ', image),
    ...Object.values(cells),
  )
  const made = { line, cells }
  rows.set(row.id, made)
  return made
}

function drawRows(): void {
  if (texts === undefined) return
  const words = texts
  const lines = sorted().map((known) => {
    const { line, cells } = rowOf(known, words)
    const { last } = known
    if (last === undefined) return line
    const share = last.memoryLimit > 0 ? ` (${percent((last.memory / last.memoryLimit) * 100)})` : ''
    cells.cpu.textContent = last.cpu === undefined ? '…' : percent(last.cpu)
    cells.memory.textContent = `${amount(last.memory)}${last.memoryLimit > 0 ? ` / ${amount(last.memoryLimit)}` : ''}${share}`
    cells.network.textContent = `↓ ${amount(last.received)}  ↑ ${amount(last.sent)}`
    cells.network.title = `${words.received}: ${amount(last.received)}, ${words.sent}: ${amount(last.sent)}`
    cells.disk.textContent = `${amount(last.read)} / ${amount(last.written)}`
    cells.disk.title = `${words.read}: ${amount(last.read)}, ${words.written}: ${amount(last.written)}`
    cells.pids.textContent =
      last.pidsLimit === undefined ? String(last.pids) : `${last.pids} / ${last.pidsLimit}`
    return line
  })
  // The focus stays where it is: a row is moved only when its place is another one.
  lines.forEach((line, i) => {
    if (body.children[i] !== line) body.insertBefore(line, body.children[i] ?? null)
  })
  while (body.children.length > lines.length) body.lastChild?.remove()
  problem.textContent = lines.length === 0 ? words.nothing : ''
}

/** Without a choice the first few are drawn: more lines than that nobody can tell apart. */
function drawn(): readonly StatsRow[] {
  const chosen = [...containers.values()].filter(({ row }) => selected.has(row.id)).map(({ row }) => row)
  return chosen.length > 0 ? chosen : [...containers.values()].slice(0, 8).map(({ row }) => row)
}

function drawPlots(): void {
  plots?.show(drawn())
}

function drawProcesses(message: Extract<ToStatsPage, { type: 'processes' }>): void {
  const known = containers.get(message.id)
  if (known === undefined || texts === undefined) return
  const titles = element('tr', {}, ...message.titles.map((title) => element('th', { scope: 'col' }, title)))
  const lines = message.rows.map((cells) =>
    element('tr', {}, ...cells.map((cell) => element('td', {}, cell))),
  )
  processes.replaceChildren(
    element('h2', {}, `${texts.processesOf} ${known.row.name}`),
    element('table', {}, element('thead', {}, titles), element('tbody', {}, ...lines)),
  )
}

function receive(message: ToStatsPage): void {
  switch (message.type) {
    case 'containers': {
      texts = message.texts
      heading.textContent = message.engine
      const ids = new Set(message.rows.map(({ id }) => id))
      for (const id of [...containers.keys()])
        if (!ids.has(id)) {
          containers.delete(id)
          rows.delete(id)
          plots?.forget(id)
        }
      for (const row of message.rows)
        if (!containers.has(row.id)) containers.set(row.id, { row, last: undefined })
      plots ??= new Plots(plotArea, message.texts)
      drawHead(message.texts)
      drawRows()
      drawPlots()
      return
    }
    case 'history':
      for (const sample of message.samples) plots?.add(message.id, sample)
      return take(message.id, message.samples.at(-1))
    case 'samples':
      for (const [id, sample] of Object.entries(message.samples)) {
        plots?.add(id, sample)
        take(id, sample)
      }
      plots?.draw()
      return drawRows()
    case 'processes':
      return drawProcesses(message)
    case 'problem':
      problem.textContent = message.text
  }
}

function take(id: string, sample: Sample | undefined): void {
  const known = containers.get(id)
  if (known !== undefined && sample !== undefined) known.last = sample
}

const state = vscode.getState()
if (Array.isArray(state)) selected = new Set(state.filter((id) => typeof id === 'string'))
window.addEventListener('message', (event: MessageEvent<ToStatsPage>) => receive(event.data))
vscode.postMessage({ type: 'ready' })
