/** The same pieces; rejects with the signal's reason once it is aborted, though the source may be waiting for ever. */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  let fail: ((reason: unknown) => void) | undefined
  const abort = (): void => fail?.(signal.reason)
  signal.addEventListener('abort', abort)
  const next = (): Promise<IteratorResult<T>> =>
    new Promise((resolve, reject) => {
      fail = reject
      iterator.next().then(resolve, reject)
    })
  try {
    for (;;) {
      signal.throwIfAborted()
      const { value, done } = await next()
      if (done === true) return
      yield value
    }
  } finally {
    signal.removeEventListener('abort', abort)
    // Not waited for: a source that waits for ever ends just as late.
    iterator.return?.().catch(() => undefined)
  }
}
