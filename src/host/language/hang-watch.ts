/** What the watch needs of the window; times in milliseconds. */
export interface HangWatchPorts {
  /** Asks the server for a sign of life; settles when it answers, or when it is gone. */
  readonly ping: () => Promise<unknown>
  /** The server did not answer: end it. */
  readonly hung: () => void
}

export interface HangWatch {
  /** Something was sent to the server: it should answer again before long. */
  sent(): void
  /** Something came from the server: it is alive, however much there is to do before our question. */
  heard(): void
  dispose(): void
}

/** How long a server may think, and how long it may go on when that time is over: a machine that slept wakes up with it. */
export const patienceMs = 15_000
const graceMs = 5_000

/**
 * Notices a server that no longer answers. It costs nothing while nothing is sent: one sign of life is asked for at a time, and a clock runs
 * only until it comes. Each message from the server puts the clock back.
 */
export function hangWatch({ ping, hung }: HangWatchPorts): HangWatch {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  let disposed = false

  const wait = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = setTimeout(() => {
        timer = undefined
        hung()
      }, graceMs)
    }, patienceMs)
  }
  const ask = (): void => {
    again = false
    wait()
    const answered = (): void => {
      clearTimeout(timer)
      timer = undefined
      if (again && !disposed) ask()
    }
    ping().then(answered, answered)
  }
  return {
    sent() {
      if (disposed) return
      if (timer === undefined) ask()
      else again = true
    },
    heard() {
      if (timer !== undefined) wait()
    },
    dispose() {
      disposed = true
      clearTimeout(timer)
      timer = undefined
    },
  }
}
