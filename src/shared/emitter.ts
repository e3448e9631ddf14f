import type { Disposable } from './disposable.ts'

/** Subscribes; dispose to end. The same shape as VS Code's events, without its `thisArg`. */
export type Event<T> = (listener: (value: T) => void) => Disposable

export class Emitter<T> implements Disposable {
  #listeners = new Set<{ readonly call: (value: T) => void }>()
  readonly #onFault: ((fault: unknown) => void) | undefined

  /** A listener that throws does not keep the others from being called; `onFault` is told. */
  constructor(onFault?: (fault: unknown) => void) {
    this.#onFault = onFault
  }

  readonly event: Event<T> = (listener) => {
    const entry = { call: listener }
    this.#listeners.add(entry)
    return { dispose: () => void this.#listeners.delete(entry) }
  }

  get hasListeners(): boolean {
    return this.#listeners.size > 0
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener.call(value)
      } catch (fault) {
        if (this.#onFault === undefined) throw fault
        this.#onFault(fault)
      }
    }
  }

  dispose(): void {
    this.#listeners.clear()
  }
}
