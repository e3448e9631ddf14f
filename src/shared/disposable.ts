export interface Disposable {
  dispose(): void
}

export function disposable(dispose: () => void): Disposable {
  let done = false
  return {
    dispose() {
      if (done) return
      done = true
      dispose()
    },
  }
}

/** Disposes what was added, last first; what is added after `dispose` is disposed at once. */
export class DisposableStore implements Disposable {
  #items: Disposable[] = []
  #disposed = false

  get disposed(): boolean {
    return this.#disposed
  }

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose()
    else this.#items.push(item)
    return item
  }

  dispose(): void {
    this.#disposed = true
    const items = this.#items
    this.#items = []
    for (const item of items.reverse()) item.dispose()
  }
}
