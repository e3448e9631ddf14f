import { compareStampsAt, type Stamps } from '../engine/logs/stamp.ts'

/** Records of one source whose turn it is: those from `from` up to `to`. */
export interface Run<B> {
  readonly source: number
  readonly batch: B
  readonly from: number
  readonly to: number
}

interface Arrival<B> {
  readonly batch: B
  readonly bytes: number
  readonly time: number
}

interface Queue<B> {
  readonly arrivals: Arrival<B>[]
  /** The first record that waits is this one of the first arrival. */
  next: number
  waiting: number
  /** Bytes of memory that they hold. */
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
export class Merger<B extends Stamps> {
  readonly #queues = new Map<number, Queue<B>>()
  readonly #holdBack: number

  /** `holdBack` in milliseconds. */
  constructor(holdBack: number) {
    this.#holdBack = holdBack
  }

  add(source: number, now: number): void {
    this.#queues.set(source, { arrivals: [], next: 0, waiting: 0, bytes: 0, state: 'catchingUp', heard: now })
  }

  /** Records that arrived together, and the bytes that they hold. */
  push(source: number, batch: B, now: number, bytes = 0): void {
    const queue = this.#queues.get(source)
    if (queue === undefined) return
    queue.heard = now
    if (batch.count === 0) return
    queue.arrivals.push({ batch, bytes, time: now })
    queue.waiting += batch.count
    queue.bytes += bytes
  }

  /** What came last of a source, where some of it still waits, is copied from its first such record on: `bytes` as in `push`. */
  copyLast(
    source: number,
    copy: (batch: B, from: number) => { readonly batch: B; readonly bytes: number },
  ): void {
    const queue = this.#queues.get(source)
    const last = queue?.arrivals.at(-1)
    if (queue === undefined || last === undefined) return
    const only = queue.arrivals.length === 1
    const copied = copy(last.batch, only ? queue.next : 0)
    queue.arrivals[queue.arrivals.length - 1] = { ...copied, time: last.time }
    queue.bytes += copied.bytes - last.bytes
    if (only) queue.next = 0
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
  take(now: number, limit: number): Run<B> | undefined {
    const [source, queue, other] = this.#earliest()
    const arrival = queue?.arrivals[0]
    if (queue === undefined || arrival === undefined) return undefined
    if (arrival.time + this.#waitFor(source, now) > now) return undefined
    const { batch } = arrival
    const from = queue.next
    let to = Math.min(batch.count, from + limit)
    const rival = other?.arrivals[0]?.batch
    if (rival !== undefined)
      for (let at = from + 1; at < to; at += 1)
        if (compareStampsAt(batch, at, rival, other!.next) > 0) {
          to = at
          break
        }
    queue.next = to
    queue.waiting -= to - from
    if (to === batch.count) {
      queue.arrivals.shift()
      queue.bytes -= arrival.bytes
      queue.next = 0
    }
    return { source, batch, from, to }
  }

  /** Milliseconds until `take` may give more although nothing new came; undefined when only new records can change it. */
  due(now: number): number | undefined {
    const [source, queue] = this.#earliest()
    if (queue === undefined) return undefined
    const { time } = queue.arrivals[0]!
    const wait = this.#waitFor(source, now)
    if (wait !== Infinity) return Math.max(0, time + wait - now)
    const heard = [...this.#queues.values()]
      .filter(({ state, waiting }) => state === 'catchingUp' && waiting === 0)
      .map((other) => other.heard)
    return Math.max(0, Math.max(...heard) + patience - now)
  }

  /** The queue with the earliest first record, and that with the next one. */
  #earliest(): [number, Queue<B> | undefined, Queue<B> | undefined] {
    let source = -1
    let first: Queue<B> | undefined
    let next: Queue<B> | undefined
    for (const [id, queue] of this.#queues) {
      if (queue.waiting === 0) continue
      if (first === undefined || isBefore(queue, first)) {
        next = first
        first = queue
        source = id
      } else if (next === undefined || isBefore(queue, next)) next = queue
    }
    return [source, first, next]
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

/** Whether the first record that waits in one queue is earlier than that of another. */
const isBefore = <B extends Stamps>(queue: Queue<B>, other: Queue<B>): boolean =>
  compareStampsAt(queue.arrivals[0]!.batch, queue.next, other.arrivals[0]!.batch, other.next) < 0
