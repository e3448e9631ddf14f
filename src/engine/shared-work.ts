import { cancelled } from './transport/operation.ts'

/**
 * Work that several callers wait for at once: the first starts it, the others join, each may leave by its own signal, and when
 * all have left it is aborted. After its end the next caller starts it anew.
 */
export class SharedWork<T> {
  readonly #start: (signal: AbortSignal) => Promise<T>
  #running: { readonly promise: Promise<T>; readonly control: AbortController; waiting: number } | undefined

  constructor(start: (signal: AbortSignal) => Promise<T>) {
    this.#start = start
  }

  async join(signal?: AbortSignal): Promise<T> {
    if (signal?.aborted === true) throw cancelled()
    const running = (this.#running ??= this.#begin())
    running.waiting += 1
    let leave: (() => void) | undefined
    try {
      if (signal === undefined) return await running.promise
      const left = new Promise<never>((_, reject) => {
        leave = () => reject(cancelled())
        signal.addEventListener('abort', leave, { once: true })
      })
      return await Promise.race([running.promise, left])
    } finally {
      if (leave !== undefined) signal?.removeEventListener('abort', leave)
      running.waiting -= 1
      if (running.waiting === 0) {
        running.control.abort()
        if (this.#running === running) this.#running = undefined
      }
    }
  }

  #begin(): { readonly promise: Promise<T>; readonly control: AbortController; waiting: number } {
    const control = new AbortController()
    const promise = this.#start(control.signal)
    const running = { promise, control, waiting: 0 }
    const over = (): void => {
      if (this.#running === running) this.#running = undefined
    }
    promise.then(over, over)
    return running
  }
}
