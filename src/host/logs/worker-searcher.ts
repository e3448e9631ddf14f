import { Worker } from 'node:worker_threads'
import type { Pattern, Range } from '../../logs/pattern.ts'
import type { BlockSlice, LineQuery, Searcher } from '../../logs/search.ts'
import type { SearchAnswer, SearchRequest } from './search-messages.ts'

/** A piece of work that takes longer than this is given up, and the thread with it. */
const defaultLimitMs = 2_000

type Task =
  | {
      readonly kind: 'scan'
      readonly request: Extract<SearchRequest, { readonly kind: 'scan' }>
      found(seqs: readonly number[], upTo: number): void
      end(outcome: 'done' | 'cancelled' | 'tooSlow'): void
      /** Slices that have been looked through: after a restart the rest is asked for again. */
      slicesDone: number
    }
  | {
      readonly kind: 'ranges'
      readonly request: Extract<SearchRequest, { readonly kind: 'ranges' }>
      end(outcome: readonly (readonly Range[])[] | 'tooSlow'): void
    }

/** Runs expressions on a thread of its own, which starts with the first of them or before; one that does not end costs only that thread. */
export class WorkerSearcher implements Searcher {
  readonly #script: string
  readonly #limitMs: number
  readonly #tasks = new Map<number, Task>()
  #worker: Worker | undefined
  #next = 0
  #busyWith: number | undefined
  #watchdog: NodeJS.Timeout | undefined

  /** `script` is the bundle of `search-worker.ts`. */
  constructor(script: string, limitMs = defaultLimitMs) {
    this.#script = script
    this.#limitMs = limitMs
  }

  prepare(): void {
    this.#thread()
  }

  scan(
    query: LineQuery,
    slices: readonly BlockSlice[],
    found: (seqs: readonly number[], upTo: number) => void,
    signal: AbortSignal,
  ): Promise<'done' | 'cancelled' | 'tooSlow'> {
    if (signal.aborted) return Promise.resolve('cancelled')
    const id = this.#next++
    return new Promise((resolve) => {
      const cancel = (): void => {
        if (!this.#tasks.delete(id)) return
        this.#worker?.postMessage({ kind: 'cancel', id } satisfies SearchRequest)
        end('cancelled')
      }
      const end = (outcome: 'done' | 'cancelled' | 'tooSlow'): void => {
        signal.removeEventListener('abort', cancel)
        resolve(outcome)
      }
      signal.addEventListener('abort', cancel)
      this.#begin(id, {
        kind: 'scan',
        request: { kind: 'scan', id, query, slices },
        found,
        end,
        slicesDone: 0,
      })
    })
  }

  ranges(pattern: Pattern, texts: readonly string[]): Promise<readonly (readonly Range[])[] | 'tooSlow'> {
    const id = this.#next++
    return new Promise((resolve) => {
      this.#begin(id, { kind: 'ranges', request: { kind: 'ranges', id, pattern, texts }, end: resolve })
    })
  }

  /** Ends the thread; what was asked for is cancelled. It starts again with the next question. */
  dispose(): void {
    this.#stop()
    const tasks = [...this.#tasks.values()]
    this.#tasks.clear()
    for (const task of tasks) {
      if (task.kind === 'scan') task.end('cancelled')
      else task.end('tooSlow')
    }
  }

  #begin(id: number, task: Task): void {
    this.#tasks.set(id, task)
    this.#thread().postMessage(task.request)
  }

  #thread(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const worker = new Worker(this.#script)
    this.#worker = worker
    worker.on('message', (answer: SearchAnswer) => {
      if (worker === this.#worker) this.#on(answer)
    })
    // A thread that ends by itself has run out of memory or stack: what it was at is given up.
    const gone = (): void => {
      if (worker !== this.#worker) return
      if (this.#busyWith === undefined) this.dispose()
      else this.#giveUp()
    }
    worker.on('error', gone)
    worker.on('exit', gone)
    worker.unref()
    return worker
  }

  #on(answer: SearchAnswer): void {
    if (answer.kind === 'idle') {
      this.#watch(undefined)
      return
    }
    if (answer.kind === 'busy') {
      this.#watch(answer.id)
      return
    }
    const task = this.#tasks.get(answer.id)
    if (task === undefined) return
    if (answer.kind === 'found' && task.kind === 'scan') {
      task.slicesDone += answer.slices
      task.found(answer.seqs, answer.upTo)
    } else if (answer.kind === 'ranges' && task.kind === 'ranges') {
      this.#tasks.delete(answer.id)
      task.end(answer.ranges)
    } else if (answer.kind === 'done' && task.kind === 'scan') {
      this.#tasks.delete(answer.id)
      task.end('done')
    }
  }

  #watch(id: number | undefined): void {
    clearTimeout(this.#watchdog)
    this.#busyWith = id
    if (id === undefined) return
    this.#watchdog = setTimeout(() => {
      // When this thread itself was held up, answers are waiting: they are heard first.
      const watchdog = this.#watchdog
      setImmediate(() =>
        setImmediate(() => {
          if (this.#watchdog === watchdog && this.#busyWith === id) this.#giveUp()
        }),
      )
    }, this.#limitMs)
  }

  /** Ends the thread and what it is at; all else is asked of a new one. */
  #giveUp(): void {
    const task = this.#busyWith === undefined ? undefined : this.#tasks.get(this.#busyWith)
    this.#stop()
    if (task !== undefined) {
      this.#tasks.delete(task.request.id)
      task.end('tooSlow')
    }
    for (const other of [...this.#tasks.values()]) {
      const request =
        other.kind === 'scan'
          ? { ...other.request, slices: other.request.slices.slice(other.slicesDone) }
          : other.request
      if (other.kind === 'scan')
        this.#tasks.set(request.id, { ...other, request: request as typeof other.request, slicesDone: 0 })
      this.#thread().postMessage(request)
    }
  }

  #stop(): void {
    this.#watch(undefined)
    const worker = this.#worker
    this.#worker = undefined
    void worker?.terminate()
  }
}
