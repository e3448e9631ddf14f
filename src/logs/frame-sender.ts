import type { Clock } from '../engine/live/clock.ts'
import type { Disposable } from '../shared/disposable.ts'
import type { HostMessage, PageState } from './messages.ts'

type Frame = Extract<HostMessage, { readonly type: 'frame' }>
type Rows = NonNullable<Frame['rows']>

/** At most twenty frames a second, and none before the last one has been drawn. */
const frameMs = 50

/** What is on the page now, and what should be: sends the difference when the page has drawn what it got before. */
export class FrameSender implements Disposable {
  readonly #clock: Clock
  readonly #make: () => { readonly state: PageState; readonly rows: Rows }
  readonly #post: (frame: Frame) => void
  #ready = false
  #frame = 0
  #drawn = 0
  #sentAt = -Infinity
  #timer: Disposable | undefined
  #rows: Rows | undefined
  #state = ''

  constructor(
    clock: Clock,
    make: () => { readonly state: PageState; readonly rows: Rows },
    post: (frame: Frame) => void,
  ) {
    this.#clock = clock
    this.#make = make
    this.#post = post
  }

  /** The page is there and shows nothing yet. */
  begin(): void {
    this.#ready = true
    this.#frame = 0
    this.#drawn = 0
    this.#rows = undefined
    this.#state = ''
  }

  /** Nothing is sent until the page is there again. */
  dispose(): void {
    this.#ready = false
    this.#timer?.dispose()
    this.#timer = undefined
  }

  get ready(): boolean {
    return this.#ready
  }

  drawn(frame: number): void {
    this.#drawn = Math.max(this.#drawn, frame)
  }

  /** The user looks elsewhere: the next frame is not put off, nor is one that waits for its time. */
  hurry(): void {
    this.#sentAt = -Infinity
    this.#timer?.dispose()
    this.#timer = undefined
  }

  /** Something has changed. */
  schedule(): void {
    if (!this.#ready || this.#timer !== undefined || this.#drawn < this.#frame) return
    const wait = Math.max(0, this.#sentAt + frameMs - this.#clock.now())
    this.#timer = this.#clock.after(wait, () => {
      this.#timer = undefined
      this.#send()
    })
  }

  #send(): void {
    if (!this.#ready) return
    const { state, rows } = this.#make()
    const stateText = JSON.stringify(state)
    const rowsSame = this.#rows !== undefined && areSame(rows, this.#rows)
    if (stateText === this.#state && rowsSame) return
    this.#frame += 1
    this.#sentAt = this.#clock.now()
    this.#post({ type: 'frame', frame: this.#frame, state, rows: rowsSame ? null : rows })
    this.#state = stateText
    this.#rows = rows
  }
}

/** Other lines are told by their numbers: only of the same lines it takes a look at all that is shown of them. */
const areSame = (rows: Rows, others: Rows): boolean =>
  rows.rows.length === others.rows.length &&
  rows.rows[0]?.seq === others.rows[0]?.seq &&
  rows.rows.at(-1)?.seq === others.rows.at(-1)?.seq &&
  JSON.stringify(rows) === JSON.stringify(others)
