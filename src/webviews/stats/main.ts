import type { FromStatsPage, SavedStatsPage, ToStatsPage } from '../../engine/stats/page.ts'
import { setTranslations, t } from '../../shared/l10n.ts'
import { element } from '../elements.ts'
import { Plots } from './plots.ts'
import { plottedAtFirst, UseTable } from './table.ts'
import './stats.css'

declare function acquireVsCodeApi(): {
  postMessage(message: FromStatsPage): void
  getState(): SavedStatsPage | undefined
  setState(state: SavedStatsPage): void
}

const vscode = acquireVsCodeApi()
type Opening = Extract<ToStatsPage, { type: 'open' }>

/** The page once the host has told what it is about. */
class Page {
  readonly #table: UseTable
  readonly #plots: Plots
  readonly #away = element('p', { role: 'status', class: 'notice away' })
  readonly #note = element('p', { class: 'notice' })
  readonly #problem = element('p', { role: 'alert', class: 'notice' })
  readonly #plotted = element('p', { class: 'notice' })
  readonly #processes = element('section', { class: 'processes' })

  constructor({ title, request }: Opening) {
    const save = (): void => vscode.setState({ request, chosen: this.#table.chosen })
    this.#table = new UseTable(
      vscode.getState()?.chosen ?? [],
      () => {
        save()
        this.#drawPlots()
      },
      (id) => vscode.postMessage({ type: 'processes', id }),
    )
    // All that the plots tell of now is in the table; what they draw cannot be read aloud.
    const area = element('section', { class: 'plots', 'aria-hidden': 'true' })
    this.#plots = new Plots(area)
    document.body.replaceChildren(
      element('h1', {}, title),
      this.#away,
      this.#problem,
      element('div', { class: 'wide' }, this.#table.root),
      this.#note,
      this.#processes,
      this.#plotted,
      area,
    )
    save()
  }

  receive(message: Exclude<ToStatsPage, Opening>): void {
    switch (message.type) {
      case 'containers': {
        this.#table.show(message.rows)
        this.#plots.keep(new Set(message.rows.map(({ id }) => id)))
        this.#note.textContent =
          message.rows.length === 0
            ? t('No container is running here. Start one and it appears by itself.')
            : ''
        return this.#drawPlots()
      }
      case 'history':
        for (const sample of message.samples) this.#plots.add(message.id, sample)
        return this.#table.take(message.id, message.samples.at(-1))
      case 'samples':
        for (const [id, sample] of Object.entries(message.samples)) {
          this.#plots.add(id, sample)
          this.#table.take(id, sample)
        }
        this.#plots.draw()
        return this.#table.draw()
      case 'processes':
        return this.#drawProcesses(message)
      case 'away':
        this.#away.textContent = message.why
        // What was last known stays, and looks like it.
        return void document.body.classList.toggle('stale', message.why !== '')
      case 'problem':
        this.#problem.textContent = message.text
    }
  }

  #drawPlots(): void {
    const rows = this.#table.plotted
    this.#plots.show(rows)
    this.#plotted.textContent =
      rows.length < this.#table.size && rows.length === plottedAtFirst
        ? t('{0} of {1} containers are plotted; tick those you want to see.', rows.length, this.#table.size)
        : ''
  }

  #drawProcesses({ id, titles, rows }: Extract<ToStatsPage, { type: 'processes' }>): void {
    this.#problem.textContent = ''
    const name = this.#table.name(id)
    if (name === undefined) return
    const head = element('tr', {}, ...titles.map((title) => element('th', { scope: 'col' }, title)))
    const lines = rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell))))
    const heading = element('h2', { tabindex: '-1' }, t('Processes of {0}', name))
    this.#processes.replaceChildren(
      heading,
      element(
        'div',
        // Nothing in it takes the focus, by which it would be scrolled.
        { class: 'wide', tabindex: '0', role: 'region', 'aria-label': t('Processes of {0}', name) },
        element('table', {}, element('thead', {}, head), element('tbody', {}, ...lines)),
      ),
    )
    heading.focus()
  }
}

let page: Page | undefined
window.addEventListener('message', ({ data }: MessageEvent<ToStatsPage>) => {
  if (data.type !== 'open') return page?.receive(data)
  setTranslations(data.texts)
  page = new Page(data)
})
vscode.postMessage({ type: 'ready' })
