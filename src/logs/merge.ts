import { compareStamps, type Stamp } from '../engine/logs/stamp.ts'

export interface Merged<T> {
  readonly source: number
  readonly item: T
}

interface Queue<T> {
  items: { readonly item: T; readonly arrived: number }[]
  head: number
  state: 'catchingUp' | 'live' | 'ended'
  heard: number
}

/** A source that has not said anything for so long is not waited for while it reads what the engine holds. */
const patience = 3_000

/**
 * Puts the records of several sources in the order of their stamps. While a source still reads what the engine holds, the others
 * wait for it; afterwards a record is held back for a moment, in case another source has an earlier one on its way. The order
 * within a source is never changed.
 */
export class Merger<T extends Stamp> {
  readonly #queues = new Map<number, Queue<T>>()
  readonly #holdBack: number

  /** `holdBack` in milliseconds. */
  constructor(holdBack: number) {
    this.#holdBack = holdBack
  }

  add(source: number, now: number): void {
    this.#queues.set(source, { items: [], head: 0, state: 'catchingUp', heard: now })
  }

  push(source: number, items: readonly T[], now: number): void {
    const queue = this.#queues.get(source)
    if (queue === undefined) return
    queue.heard = now
    for (const item of items) queue.items.push({ item, arrived: now })
  }

  caughtUp(source: number): void {
    const queue = this.#queues.get(source)
    if (queue?.state === 'catchingUp') queue.state = 'live'
  }

  end(source: number): void {
    const queue = this.#queues.get(source)
    if (queue !== undefined) queue.state = 'ended'
  }

  remove(source: number): void {
    this.#queues.delete(source)
  }

  waiting(source: number): number {
    const queue = this.#queues.get(source)
    return queue === undefined ? 0 : queue.items.length - queue.head
  }

  /** Records whose turn it is at `now`, at most `limit`. */
  take(now: number, limit: number): Merged<T>[] {
    const taken: Merged<T>[] = []
    let held = false
    while (taken.length < limit && !held) {
      const [source, queue, next] = this.#earliest()
      if (queue === undefined) break
      const wait = this.#waitFor(source, now)
      while (taken.length < limit && queue.head < queue.items.length) {
        const { item, arrived } = queue.items[queue.head]!
        held = arrived + wait > now
        if (held) break
        if (next !== undefined && compareStamps(item, next) > 0) break
        taken.push({ source, item })
        queue.head += 1
      }
      if (queue.head === queue.items.length) {
        queue.items = []
        queue.head = 0
      } else if (queue.head > 4096) {
        queue.items = queue.items.slice(queue.head)
        queue.head = 0
      }
    }
    return taken
  }

  /** Milliseconds until `take` may give more although nothing new came; undefined when only new records can change it. */
  due(now: number): number | undefined {
    const [source, queue] = this.#earliest()
    if (queue === undefined) return undefined
    const { arrived } = queue.items[queue.head]!
    const wait = this.#waitFor(source, now)
    if (wait !== Infinity) return Math.max(0, arrived + wait - now)
    const heard = [...this.#queues.values()]
      .filter(({ state, items }) => state === 'catchingUp' && items.length === 0)
      .map((other) => other.heard)
    return Math.max(0, Math.max(...heard) + patience - now)
  }

  /** The queue with the earliest first record, and the first record of the next one. */
  #earliest(): [number, Queue<T> | undefined, Stamp | undefined] {
    let best: Queue<T> | undefined
    let source = -1
    let next: Stamp | undefined
    for (const [id, queue] of this.#queues) {
      const head = queue.items[queue.head]?.item
      if (head === undefined) continue
      const first = best?.items[best.head]?.item
      if (first === undefined || compareStamps(head, first) < 0) {
        next = first
        best = queue
        source = id
      } else if (next === undefined || compareStamps(head, next) < 0) next = head
    }
    return [source, best, next]
  }

  /** How long a record of a source must have been here before it may go: for ever while an empty queue reads history. */
  #waitFor(source: number, now: number): number {
    let wait = 0
    for (const [id, other] of this.#queues) {
      if (id === source || other.items.length > 0 || other.state === 'ended') continue
      if (other.state === 'catchingUp' && now - other.heard < patience) return Infinity
      wait = this.#holdBack
    }
    return wait
  }
}
