/** What is started when it is first asked for, and then is there. A start that failed is none: the next one who asks tries again. */
export function startedOnce<T>(start: () => Promise<T>): {
  readonly get: () => Promise<T>
  /** Whether it is there, or on its way. */
  readonly isStarted: () => boolean
} {
  let started: Promise<T> | undefined
  const forget = (): void => {
    started = undefined
  }
  return {
    get: () => {
      if (started === undefined) {
        started = start()
        started.catch(forget)
      }
      return started
    },
    isStarted: () => started !== undefined,
  }
}
