import type { StatsRow } from '../../engine/stats/page.ts'
import type { Sample } from '../../engine/stats/sample.ts'
import { amount, percent } from '../../shared/amounts.ts'
import { plural, t } from '../../shared/l10n.ts'
import { element } from '../elements.ts'

type Column = 'name' | 'cpu' | 'memory' | 'network' | 'disk' | 'pids'
type Cells = Readonly<Record<Exclude<Column, 'name'>, HTMLTableCellElement>>

interface Line {
  row: StatsRow
  last: Sample | undefined
  readonly root: HTMLTableRowElement
  readonly check: HTMLInputElement
  readonly name: HTMLButtonElement
  readonly image: HTMLElement
  readonly cells: Cells
}

const value: Readonly<Record<Column, (line: Line) => number | string>> = {
  name: ({ row }) => row.name,
  cpu: ({ last }) => last?.cpu ?? -1,
  memory: ({ last }) => last?.memory ?? -1,
  network: ({ last }) => (last === undefined ? -1 : last.received + last.sent),
  disk: ({ last }) => (last === undefined ? -1 : last.read + last.written),
  pids: ({ last }) => last?.pids ?? -1,
}

/** Without a choice so many are plotted: more lines than that nobody can tell apart. */
export const plottedAtFirst = 8

/** The containers with what each uses now; by it one chooses which are plotted. */
export class UseTable {
  readonly root: HTMLTableElement
  readonly #head = element('thead')
  readonly #body = element('tbody')
  readonly #lines = new Map<string, Line>()
  readonly #all = element('input', { type: 'checkbox', 'aria-label': t('Plot all') })
  readonly #chosen: Set<string>
  readonly #choose: () => void
  readonly #processes: (id: string) => void
  #sort: { readonly column: Column; readonly descending: boolean } = { column: 'cpu', descending: true }

  /** `choose` hears of another choice of what is plotted, `processes` of a container whose processes are asked for. */
  constructor(chosen: readonly string[], choose: () => void, processes: (id: string) => void) {
    this.#chosen = new Set(chosen)
    this.#choose = choose
    this.#processes = processes
    this.#all.addEventListener('change', () => {
      this.#chosen.clear()
      if (this.#all.checked) for (const id of this.#lines.keys()) this.#chosen.add(id)
      for (const [id, { check }] of this.#lines) check.checked = this.#chosen.has(id)
      this.#chose()
    })
    this.root = element('table', { class: 'use', 'aria-label': t('Resource use') }, this.#head, this.#body)
    this.#drawHead()
  }

  /** The ids that were chosen, whether their containers run or not. */
  get chosen(): readonly string[] {
    return [...this.#chosen]
  }

  get plotted(): readonly StatsRow[] {
    const rows = [...this.#lines.values()].map(({ row }) => row)
    const chosen = rows.filter(({ id }) => this.#chosen.has(id))
    return chosen.length > 0 ? chosen : rows.slice(0, plottedAtFirst)
  }

  get size(): number {
    return this.#lines.size
  }

  name(id: string): string | undefined {
    return this.#lines.get(id)?.row.name
  }

  /** Shows exactly these containers. */
  show(rows: readonly StatsRow[]): void {
    const ids = new Set(rows.map(({ id }) => id))
    for (const id of [...this.#lines.keys()]) if (!ids.has(id)) this.#lines.delete(id)
    for (const row of rows) {
      const line = this.#lines.get(row.id) ?? this.#make(row)
      line.row = row
      line.name.textContent = row.name
      line.name.title = t('Processes of {0}', row.name)
      line.image.textContent = row.image
      line.check.setAttribute('aria-label', t('Plot {0}', row.name))
    }
    this.#drawAll()
    this.draw()
  }

  take(id: string, sample: Sample | undefined): void {
    const line = this.#lines.get(id)
    if (line !== undefined && sample !== undefined) line.last = sample
  }

  draw(): void {
    const lines = this.#sorted()
    for (const line of lines) if (line.last !== undefined) fill(line.cells, line.row, line.last)
    // The focus stays where it is: a row is moved only when its place is another one.
    lines.forEach(({ root }, i) => {
      if (this.#body.children[i] !== root) this.#body.insertBefore(root, this.#body.children[i] ?? null)
    })
    while (this.#body.children.length > lines.length) this.#body.lastChild?.remove()
  }

  #make(row: StatsRow): Line {
    const { id } = row
    const check = element('input', { type: 'checkbox' })
    check.checked = this.#chosen.has(id)
    check.addEventListener('change', () => {
      if (check.checked) this.#chosen.add(id)
      else this.#chosen.delete(id)
      this.#chose()
    })
    const name = element('button', { type: 'button', class: 'name' })
    name.addEventListener('click', () => this.#processes(id))
    const image = element('span', { class: 'image' })
    const number = (): HTMLTableCellElement => element('td', { class: 'number' }, '…')
    const cells = { cpu: number(), memory: number(), network: number(), disk: number(), pids: number() }
    const root = element(
      'tr',
      {},
      element('td', { class: 'check' }, check),
      element('th', { scope: 'row' }, name, ' ', image),
      ...Object.values(cells),
    )
    const line: Line = { row, last: undefined, root, check, name, image, cells }
    this.#lines.set(id, line)
    return line
  }

  #chose(): void {
    this.#drawAll()
    this.#choose()
  }

  #drawAll(): void {
    const chosen = [...this.#lines.keys()].filter((id) => this.#chosen.has(id)).length
    this.#all.checked = chosen > 0 && chosen === this.#lines.size
    this.#all.indeterminate = chosen > 0 && chosen < this.#lines.size
  }

  #drawHead(): void {
    const titles: readonly (readonly [Column, string])[] = [
      ['name', t('Container')],
      ['cpu', t('CPU')],
      ['memory', t('Memory')],
      ['network', t('Network')],
      ['disk', t('Disk')],
      ['pids', t('Processes')],
    ]
    const cells = titles.map(([column, title]) => {
      const sorted = this.#sort.column === column
      const direction = sorted ? (this.#sort.descending ? 'descending' : 'ascending') : 'none'
      const button = element('button', { type: 'button', title: t('Sort by {0}', title) }, title)
      button.addEventListener('click', () => {
        this.#sort = { column, descending: sorted ? !this.#sort.descending : column !== 'name' }
        this.#drawHead()
        this.#head.querySelector<HTMLElement>(`[data-column=${column}] button`)?.focus()
        this.draw()
      })
      return element(
        'th',
        {
          scope: 'col',
          'aria-sort': direction,
          'data-column': column,
          ...(column === 'name' ? {} : { class: 'number' }),
        },
        button,
      )
    })
    const all = element('th', { scope: 'col', class: 'check' }, this.#all)
    this.#head.replaceChildren(element('tr', {}, all, ...cells))
  }

  #sorted(): Line[] {
    const by = value[this.#sort.column]
    return [...this.#lines.values()].sort((a, b) => {
      const [x, y] = [by(a), by(b)]
      const order =
        typeof x === 'string' || typeof y === 'string' ? String(x).localeCompare(String(y)) : x - y
      return (this.#sort.descending ? -order : order) || a.row.name.localeCompare(b.row.name)
    })
  }
}

function fill(cells: Cells, { limits }: StatsRow, last: Sample): void {
  const share = last.memoryLimit > 0 ? ` (${percent((last.memory / last.memoryLimit) * 100)})` : ''
  const of = (limit: string): string => ` / ${limit}`
  say(
    cells.cpu,
    (last.cpu === undefined ? '…' : percent(last.cpu)) +
      (limits.cpus === undefined ? '' : of(percent(limits.cpus * 100))),
    limits.cpus === undefined ? '' : plural(limits.cpus, 'Limit: 1 CPU', 'Limit: {0} CPUs'),
  )
  say(
    cells.memory,
    `${amount(last.memory)}${last.memoryLimit > 0 ? of(amount(last.memoryLimit)) : ''}${share}`,
    limits.memory === undefined
      ? t('It may have all the memory of the machine')
      : t('Limit: {0}', amount(limits.memory)),
  )
  say(
    cells.network,
    `↓ ${amount(last.received)}  ↑ ${amount(last.sent)}`,
    t('Received: {0}, sent: {1}', amount(last.received), amount(last.sent)),
  )
  say(
    cells.disk,
    `${amount(last.read)} / ${amount(last.written)}`,
    t('Read: {0}, written: {1}', amount(last.read), amount(last.written)),
  )
  say(cells.pids, `${last.pids}${last.pidsLimit === undefined ? '' : of(String(last.pidsLimit))}`, '')
}

/** Most cells of most containers say the same as a second ago: what is equal is not laid out anew. */
function say(cell: HTMLTableCellElement, text: string, title: string): void {
  if (cell.textContent !== text) cell.textContent = text
  if (cell.title !== title) cell.title = title
}
