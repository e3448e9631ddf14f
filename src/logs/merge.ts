import { compareStamps, type Stamp } from '../engine/logs/stamp.ts'

/** Records of one source whose turn it is: those from `from` up to `to`. */
export interface Run<T> {
  readonly source: number
  readonly items: readonly T[]
  readonly from: number
  readonly to: number
}

interface Batch<T> {
  readonly items: readonly T[]
  readonly bytes: number
  readonly arrived: number
}

interface Queue<T> {
  readonly batches: Batch<T>[]
  /** The first record that waits is this one of the first batch. */
  next: number
  waiting: number
  /** Bytes of memory that the batches hold. */
  bytes: number
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
    this.#queues.set(source, { batches: [], next: 0, waiting: 0, bytes: 0, state: 'catchingUp', heard: now })
  }

  /** Records that arrived together, and the bytes that they hold; the array is the merger's from here on. */
  push(source: number, items: readonly T[], now: number, bytes = 0): void {
    const queue = this.#queues.get(source)
    if (queue === undefined) return
    queue.heard = now
    if (items.length === 0) return
    queue.batches.push({ items, bytes, arrived: now })
    queue.waiting += items.length
    queue.bytes += bytes
  }

  caughtUp(source: number): void {
    const queue = this.#queues.get(source)
    if (queue?.state === 'catchingUp') queue.state = 'live'
  }

  end(source: number): void {
    const queue = this.#queues.get(source)
    if (queue !== undefined) queue.state = 'ended'
  }

  /** The bytes that wait of a source: a batch counts until all of it has gone. */
  waiting(source: number): number {
    return this.#queues.get(source)?.bytes ?? 0
  }

  /** The next records whose turn it is at `now`, at most `limit` of one source; undefined when there are none. */
  take(now: number, limit: number): Run<T> | undefined {
    const [source, queue, other] = this.#earliest()
    const batch = queue?.batches[0]
    if (queue === undefined || batch === undefined) return undefined
    if (batch.arrived + this.#waitFor(source, now) > now) return undefined
    const { items } = batch
    const from = queue.next
    let to = Math.min(items.length, from + limit)
    if (other !== undefined)
      for (let index = from + 1; index < to; index += 1)
        if (compareStamps(items[index]!, other) > 0) {
          to = index
          break
        }
    queue.next = to
    queue.waiting -= to - from
    if (to === items.length) {
      queue.batches.shift()
      queue.bytes -= batch.bytes
      queue.next = 0
    }
    return { source, items, from, to }
  }

  /** Milliseconds until `take` may give more although nothing new came; undefined when only new records can change it. */
  due(now: number): number | undefined {
    const [source, queue] = this.#earliest()
    if (queue === undefined) return undefined
    const { arrived } = queue.batches[0]!
    const wait = this.#waitFor(source, now)
    if (wait !== Infinity) return Math.max(0, arrived + wait - now)
    const heard = [...this.#queues.values()]
      .filter(({ state, waiting }) => state === 'catchingUp' && waiting === 0)
      .map((other) => other.heard)
    return Math.max(0, Math.max(...heard) + patience - now)
  }

  /** The queue with the earliest first record, and the first record of the next one. */
  #earliest(): [number, Queue<T> | undefined, Stamp | undefined] {
    let best: Queue<T> | undefined
    let source = -1
    let first: Stamp | undefined
    let next: Stamp | undefined
    for (const [id, queue] of this.#queues) {
      const head = queue.batches[0]?.items[queue.next]
      if (head === undefined) continue
      if (first === undefined || compareStamps(head, first) < 0) {
        next = first
        first = head
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
      if (id === source || other.waiting > 0 || other.state === 'ended') continue
      if (other.state === 'catchingUp' && now - other.heard < patience) return Infinity
      wait = this.#holdBack
    }
    return wait
  }
}
