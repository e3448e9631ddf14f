import { levels } from '../../logs/line-flags.ts'
import type { PageMessage, PageState, ViewState } from '../../logs/messages.ts'
import { noPattern } from '../../logs/pattern.ts'
import { plural, t } from '../../shared/l10n.ts'
import { button, dropDown, element, toggle } from './dom.ts'
import { HighlightList } from './highlight-list.ts'
import { PatternField } from './pattern-field.ts'
import { sourceColors } from './row-element.ts'

type Act = Extract<PageMessage, { readonly type: 'action' }>['name']

export interface ToolbarActions {
  change(view: ViewState): void
  step(direction: 1 | -1): void
  /** The user is in a field for an expression. */
  searchNear(): void
  act(name: Act): void
  copy(times: boolean): void
  clear(): void
  highlights(terms: readonly string[]): void
}

/** All controls of a viewer. What they say is one value, which is told when it changes. */
export class Toolbar {
  readonly element: HTMLElement
  readonly find: PatternField
  readonly include: PatternField
  readonly highlights: HighlightList
  readonly #exclude: PatternField
  readonly #actions: ToolbarActions
  #view: ViewState
  readonly #count = element('span', { class: 'count', role: 'status' })
  readonly #levels = element('select', {
    'aria-label': t('Least level'),
    title: t('Least level that is shown'),
  })
  readonly #times = element('select', {
    'aria-label': t('Times'),
    title: t('How the time of each line is shown'),
  })
  readonly #context = element('input', {
    type: 'number',
    min: 0,
    max: 100,
    'aria-label': t('Lines around matches of the filter'),
    title: t('Lines around matches of the filter'),
  })
  readonly #around = element('label', { class: 'around' }, '±', this.#context)
  readonly #wrap = toggle(t('Wrap'), t('Wrap long lines'), (wrap) => this.#set({ wrap }))
  readonly #fold = toggle(t('Fold'), t('Fold stack traces to their first line'), (fold) =>
    this.#set({ fold }),
  )
  readonly #fields = toggle(t('Fields'), t('Show JSON and logfmt lines as message and fields'), (fields) =>
    this.#set({ fields }),
  )
  readonly #announce = toggle(
    t('Read new lines aloud'),
    t('Let a screen reader read new lines'),
    (announce) => this.#set({ announce }),
  )
  readonly #sources = element('div', { class: 'sources', role: 'group', 'aria-label': t('Containers') })
  readonly #range: RangePanel
  #shownSources = ''

  constructor(view: ViewState, highlights: readonly string[], actions: ToolbarActions) {
    this.#view = view
    this.#actions = actions
    const near = actions.searchNear
    const finding = t('Search (Ctrl+F); Enter goes to the next match')
    this.find = new PatternField(t('Search'), finding, (find) => this.#set({ find }), near)
    const filtering = t('Show only lines that match')
    this.include = new PatternField(t('Filter'), filtering, (include) => this.#set({ include }), near)
    const hiding = t('Hide lines that match')
    this.#exclude = new PatternField(t('Hide'), hiding, (exclude) => this.#set({ exclude }), near)
    this.highlights = new HighlightList(highlights, (terms) => actions.highlights(terms))
    this.#range = new RangePanel((range) => this.#set(range))
    this.#levels.append(
      ...levels.slice(0).map((_, level) => element('option', { value: level }, levelLabel(level, undefined))),
    )
    this.#levels.addEventListener('change', () =>
      this.#set({ minLevel: Number(this.#levels.value) as ViewState['minLevel'] }),
    )
    for (const [value, label] of timeLabels()) this.#times.append(element('option', { value }, label))
    this.#times.addEventListener('change', () => this.#set({ time: this.#times.value as ViewState['time'] }))
    this.#context.addEventListener('change', () => {
      const context = Math.max(0, Math.min(100, Math.floor(Number(this.#context.value)) || 0))
      this.#set({ context })
    })
    this.#keys()
    this.element = element(
      'header',
      { class: 'toolbar', role: 'toolbar', 'aria-label': t('Log viewer') },
      element(
        'div',
        { class: 'line' },
        element(
          'div',
          { class: 'group search' },
          this.find.element,
          this.#count,
          button('↑', t('Previous match (Shift+Enter)'), () => actions.step(-1), 'icon'),
          button('↓', t('Next match (Enter)'), () => actions.step(1), 'icon'),
        ),
        element('div', { class: 'group filter' }, this.include.element, this.#around, this.#exclude.element),
        this.#levels,
      ),
      element(
        'div',
        { class: 'line' },
        this.#sources,
        element(
          'div',
          { class: 'group options' },
          this.#times,
          this.#wrap.element,
          this.#fold.element,
          this.#fields.element,
          this.highlights.element,
          this.#range.element,
          this.#more(),
        ),
      ),
    )
    this.#show()
  }

  /** Nothing is left out any more. */
  showAll(): void {
    this.#set({ include: noPattern, exclude: noPattern, minLevel: 0, hidden: [] })
  }

  get view(): ViewState {
    return this.#view
  }

  /** Counts, errors and sources as the host tells them. */
  setState(state: PageState): void {
    this.find.setError(state.findError)
    this.include.setError(state.filterError)
    this.#range.setError(state.rangeError)
    this.#count.textContent =
      this.#view.find.text === ''
        ? ''
        : state.findError !== ''
          ? t('not valid')
          : state.searching
            ? '…'
            : state.match > 0
              ? t('{0} of {1}', state.match.toLocaleString(), state.matches.toLocaleString())
              : plural(state.matches, '1 match', '{0} matches', state.matches.toLocaleString())
    this.#count.title = state.findError
    if (document.activeElement !== this.#levels)
      for (const [level, option] of [...this.#levels.options].entries()) {
        const label = levelLabel(
          level,
          state.levels.slice(level).reduce((sum, count) => sum + count, 0),
        )
        if (option.textContent !== label) option.textContent = label
      }
    this.#drawSources(state)
  }

  #set(change: Partial<ViewState>): void {
    this.#view = { ...this.#view, ...change }
    this.#show()
    this.#actions.change(this.#view)
  }

  #show(): void {
    const { find, include, exclude, minLevel, time, wrap, fold, fields, announce, context } = this.#view
    if (document.activeElement !== this.find.input) this.find.set(find)
    if (document.activeElement !== this.include.input) this.include.set(include)
    if (document.activeElement !== this.#exclude.input) this.#exclude.set(exclude)
    this.#levels.value = String(minLevel)
    this.#times.value = time
    this.#context.value = String(context)
    this.#around.hidden = include.text === ''
    this.#wrap.set(wrap)
    this.#fold.set(fold)
    this.#fields.set(fields)
    this.#announce.set(announce)
    this.#range.show(this.#view)
  }

  #drawSources({ sources }: PageState): void {
    const key = JSON.stringify([sources, this.#view.hidden])
    if (key === this.#shownSources) return
    this.#shownSources = key
    const focused = this.#sources.contains(document.activeElement)
      ? document.activeElement?.textContent
      : undefined
    this.#sources.hidden = sources.length < 2
    this.#sources.replaceChildren(
      ...sources.map(({ label, state }, index) => {
        const chip = toggle(
          label,
          state === 'ended' ? t('{0}: its log has ended', label) : t('Show or hide {0}', label),
          (on) => {
            const others = this.#view.hidden.filter((name) => name !== label)
            this.#set({ hidden: on ? others : [...others, label] })
          },
          `source color-${index % sourceColors}`,
        )
        chip.set(!this.#view.hidden.includes(label))
        if (label === focused) setTimeout(() => chip.element.focus())
        return chip.element
      }),
    )
  }

  #more(): HTMLElement {
    const item = (text: string, call: () => void): HTMLElement =>
      button(
        text,
        text,
        () => {
          menu.close()
          call()
        },
        'item',
      )
    const menu = dropDown(
      '⋯',
      t('More'),
      item(t('Copy Lines'), () => this.#actions.copy(false)),
      item(t('Copy Lines with Times'), () => this.#actions.copy(true)),
      item(t('Save to File…'), () => this.#actions.act('save')),
      item(t('Open as Document'), () => this.#actions.act('document')),
      item(t('Tail in Terminal'), () => this.#actions.act('terminal')),
      item(t('Clear'), () => this.#actions.clear()),
      this.#announce.element,
    )
    menu.element.classList.add('end')
    return menu.element
  }

  #keys(): void {
    this.find.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return
      event.preventDefault()
      this.find.flush()
      this.#actions.step(event.shiftKey ? -1 : 1)
    })
    for (const field of [this.include, this.#exclude])
      field.input.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') field.flush()
      })
  }
}

/** Tail, since and until: applied with Enter or when the field is left. */
class RangePanel {
  readonly element: HTMLElement
  readonly #fields = {
    tail: element('input', { type: 'text', inputmode: 'numeric', id: 'range-tail', placeholder: t('all') }),
    since: element('input', { type: 'text', id: 'range-since', placeholder: t('15 min, 10:30, 2026-01-31') }),
    until: element('input', { type: 'text', id: 'range-until', placeholder: t('now') }),
  }
  readonly #error = element('p', { class: 'error', role: 'alert' })
  readonly #menu: ReturnType<typeof dropDown>

  constructor(change: (range: Pick<ViewState, 'tail' | 'since' | 'until'>) => void) {
    const apply = (): void =>
      change({
        tail: this.#fields.tail.value.trim().slice(0, 20),
        since: this.#fields.since.value.trim().slice(0, 60),
        until: this.#fields.until.value.trim().slice(0, 60),
      })
    const labels = { tail: t('Lines from the end'), since: t('Since'), until: t('Until') }
    const rows = (['tail', 'since', 'until'] as const).map((name) => {
      this.#fields[name].addEventListener('change', apply)
      return element('label', { for: `range-${name}` }, labels[name], this.#fields[name])
    })
    this.#menu = dropDown(t('Range'), t('Which part of the log is shown'), ...rows, this.#error)
    this.element = this.#menu.element
  }

  show({ tail, since, until }: ViewState): void {
    for (const [name, value] of Object.entries({ tail, since, until }) as [
      'tail' | 'since' | 'until',
      string,
    ][])
      if (document.activeElement !== this.#fields[name]) this.#fields[name].value = value
    const face =
      since !== '' || until !== ''
        ? [since === '' ? '' : t('since {0}', since), until === '' ? '' : t('until {0}', until)]
            .filter((part) => part !== '')
            .join(' ')
        : tail === ''
          ? t('All lines')
          : t('Last {0}', tail)
    this.#menu.setFace(face)
  }

  setError(text: string): void {
    if (this.#error.textContent !== text) this.#error.textContent = text
  }
}

function levelLabel(level: number, count: number | undefined): string {
  const names = [
    t('All levels'),
    t('Trace and above'),
    t('Debug and above'),
    t('Information and above'),
    t('Warnings and errors'),
    t('Errors'),
    t('Fatal errors'),
  ]
  return count === undefined ? names[level]! : `${names[level]!} (${count.toLocaleString()})`
}

const timeLabels = (): readonly (readonly [ViewState['time'], string])[] => [
  ['off', t('No times')],
  ['local', t('Local time')],
  ['utc', t('UTC')],
  ['sinceStart', t('Since start')],
  ['delta', t('Since line above')],
]
