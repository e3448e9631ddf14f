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
  dispose(): void
}

/** How long a server may think, and how long it may go on when that time is over: a machine that slept wakes up with it. */
export const patienceMs = 15_000
const graceMs = 5_000

/**
 * Notices a server that no longer answers. It costs nothing while nothing is sent: one sign of life is asked for at a time, and a clock runs
 * only until it comes.
 */
export function hangWatch({ ping, hung }: HangWatchPorts): HangWatch {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  let disposed = false

  const ask = (): void => {
    again = false
    timer = setTimeout(() => {
      timer = setTimeout(() => {
        timer = undefined
        hung()
      }, graceMs)
    }, patienceMs)
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
    dispose() {
      disposed = true
      clearTimeout(timer)
      timer = undefined
    },
  }
}
