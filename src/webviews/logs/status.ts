import type { PageState } from '../../logs/messages.ts'
import { plural, t } from '../../shared/l10n.ts'
import { button, element } from './dom.ts'

const MiB = 1024 * 1024

/** What is held, shown and gone; and the ways to what cannot be seen: older lines, newer lines. */
export class Status {
  readonly footer = element('footer', { class: 'status' })
  readonly older: HTMLElement
  readonly newer: HTMLElement
  /** Says in the middle why no line is to be seen. */
  readonly empty: HTMLElement
  readonly #emptyText = element('span', { role: 'status' })
  readonly #emptyButton: HTMLButtonElement
  readonly #lines = element('span')
  readonly #memory = element('span', { class: 'memory' })
  readonly #notes = element('span', { class: 'note' })
  readonly #note: string
  readonly #state = element('span', { class: 'state', role: 'status' })
  readonly #olderText = element('span')
  readonly #olderButton: HTMLButtonElement
  readonly #newerButton: HTMLButtonElement

  /** `note`: what is to be known of these logs as a whole. */
  constructor(note: string, actions: { older(): void; newest(): void; showAll(): void }) {
    this.footer.append(this.#lines, this.#memory)
    this.#note = note
    this.footer.append(this.#notes, this.#state)
    this.#olderButton = button(
      t('Load older lines'),
      t('Load older lines from the engine'),
      () => actions.older(),
      'link',
    )
    this.older = element('div', { class: 'older', hidden: true }, this.#olderText, this.#olderButton)
    this.#newerButton = button('', t('Go to the newest lines (End)'), () => actions.newest(), 'newer')
    this.newer = element('div', { class: 'newer-place', hidden: true }, this.#newerButton)
    const showAll = t('Show All Lines')
    this.#emptyButton = button(showAll, showAll, () => actions.showAll(), 'link')
    this.empty = element('div', { class: 'empty' }, this.#emptyText, this.#emptyButton)
  }

  set(state: PageState, at: { readonly follow: boolean; readonly top: boolean }): void {
    const filtered = state.shown < state.held
    write(
      this.#lines,
      filtered
        ? plural(
            state.held,
            '{0} of 1 line shown',
            '{0} of {1} lines shown',
            state.shown.toLocaleString(),
            state.held.toLocaleString(),
          )
        : plural(state.held, '1 line', '{0} lines', state.held.toLocaleString()),
    )
    write(
      this.#memory,
      [
        t('{0} of {1} MiB', (state.bytes / MiB).toFixed(1), Math.round(state.limit / MiB)),
        ...(state.dropped > 0
          ? [
              plural(
                state.dropped,
                '1 older line left the buffer',
                '{0} older lines left the buffer',
                state.dropped.toLocaleString(),
              ),
            ]
          : []),
      ].join(' · '),
    )
    const notes = [state.filterError, this.#note, terminals(state)].filter((text) => text !== '').join(' ')
    write(this.#notes, notes)
    this.#notes.title = notes
    write(this.#state, this.#stateText(state, at.follow))
    const ended = state.sources.length > 0 && state.sources.every((source) => source.state === 'ended')
    this.footer.classList.toggle('following', at.follow && state.live && !ended)

    const empty = emptyText(state)
    write(this.#emptyText, empty)
    this.empty.classList.toggle('shown', empty !== '')
    this.#emptyButton.hidden = empty === '' || state.held === 0

    this.older.hidden = !at.top || state.atBeginning || state.held === 0
    write(
      this.#olderText,
      state.dropped > 0
        ? plural(
            state.dropped,
            '1 older line left the buffer.',
            '{0} older lines left the buffer.',
            state.dropped.toLocaleString(),
          )
        : '',
    )
    this.#olderButton.disabled = state.loadingOlder
    write(this.#olderButton, state.loadingOlder ? t('Loading…') : t('Load older lines'))

    this.newer.hidden = at.follow && state.live
    write(
      this.#newerButton,
      !state.live
        ? t('↓ Back to the newest lines')
        : state.unseen > 0
          ? plural(state.unseen, '↓ 1 new line', '↓ {0} new lines', state.unseen.toLocaleString())
          : t('↓ Newest'),
    )
  }

  #stateText(state: PageState, follow: boolean): string {
    if (!state.live) return t('Reading back: newer lines left the buffer')
    if (state.sources.length > 0 && state.sources.every((source) => source.state === 'ended'))
      return t('Ended')
    if (state.reading) return t('Reading…')
    return follow ? t('Following') : t('Scrolled away')
  }
}

function emptyText({ shown, held, reading, live, sources }: PageState): string {
  if (shown > 0 || reading) return ''
  if (held > 0) return t('No line fits the filter, the level and the containers that are chosen.')
  return live && sources.some(({ state }) => state === 'following')
    ? t('There is no line yet.')
    : t('There is no line in this part of the log.')
}

/** Says where errors cannot be told from the rest. */
function terminals({ sources }: PageState): string {
  const names = sources.filter(({ tty }) => tty).map(({ label }) => label)
  const [first] = names
  if (first === undefined) return ''
  return names.length === 1
    ? t('{0} prints to a terminal (TTY): its errors cannot be told from the rest.', first)
    : t(
        '{0} and {1} more print to a terminal (TTY): their errors cannot be told from the rest.',
        first,
        names.length - 1,
      )
}

function write(into: HTMLElement, text: string): void {
  if (into.textContent !== text) into.textContent = text
}
