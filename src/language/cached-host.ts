import type { Host } from './host.ts'

export interface CachedHost extends Host {
  /** Forgets everything. */
  clear(): void
}

interface Entry {
  readonly answer: Promise<unknown>
  /** Somebody more waits for the answer, until the signal says that he gave up. */
  readonly wait: (signal: AbortSignal) => void
  until: number
}

const short = 2_000
const long = 30_000
/** More answers than this are not kept. */
const most = 2_000

/**
 * Asks the host for each thing once in a while only: typing asks for the same files again and again. A question is given up, and its answer not kept, when
 * all who wait for it gave up.
 */
export function cachedHost(host: Host, now: () => number): CachedHost {
  const entries = new Map<string, Entry>()
  const ask = <T>(
    key: string,
    life: number,
    signal: AbortSignal,
    question: (signal: AbortSignal) => Promise<T>,
    lifeOfNone = life,
  ): Promise<T> => {
    const known = entries.get(key)
    if (known !== undefined && known.until > now()) {
      known.wait(signal)
      return known.answer as Promise<T>
    }
    if (entries.size >= most) entries.clear()
    const waiting = waiters(() => {
      forget()
    })
    waiting.add(signal)
    const answer = question(waiting.signal)
    const entry: Entry = { answer, wait: waiting.add, until: now() + life }
    const forget = (): void => {
      if (entries.get(key) === entry) entries.delete(key)
    }
    entries.set(key, entry)
    answer.then(
      (value) => {
        waiting.end()
        if (waiting.signal.aborted) forget()
        else if (value === undefined) entry.until = Math.min(entry.until, now() + lifeOfNone)
      },
      () => {
        waiting.end()
        forget()
      },
    )
    return answer
  }
  return {
    images: (signal) => ask('images', long, signal, host.images),
    imagePlatform: (id, signal) =>
      ask(`platform ${id}`, long * 10, signal, (asked) => host.imagePlatform(id, asked), long),
    registryTags: (repository, signal) =>
      ask(`tags ${repository}`, long * 10, signal, (asked) => host.registryTags(repository, asked), long),
    listFolder: (uri, signal) => ask(`list ${uri}`, short, signal, (asked) => host.listFolder(uri, asked)),
    readFile: (uri, signal) => ask(`read ${uri}`, short, signal, (asked) => host.readFile(uri, asked)),
    stat: (uri, signal) => ask(`stat ${uri}`, short, signal, (asked) => host.stat(uri, asked)),
    buildContext: (uri, signal) =>
      ask(`context ${uri}`, short, signal, (asked) => host.buildContext(uri, asked)),
    shellCheck: (script, signal) =>
      ask(
        `check ${JSON.stringify(script)}`,
        long * 10,
        signal,
        (asked) => host.shellCheck(script, asked),
        long,
      ),
    clear: () => {
      entries.clear()
    },
  }
}

interface Waiters {
  /** Aborted when the last of those who wait gave up. */
  readonly signal: AbortSignal
  readonly add: (signal: AbortSignal) => void
  /** The answer is there: nobody waits any more. */
  readonly end: () => void
}

function waiters(allGaveUp: () => void): Waiters {
  const controller = new AbortController()
  const signals = new Set<AbortSignal>()
  const look = (): void => {
    for (const signal of signals) if (!signal.aborted) return
    end()
    controller.abort()
    allGaveUp()
  }
  let ended = false
  const end = (): void => {
    ended = true
    for (const signal of signals) signal.removeEventListener('abort', look)
    signals.clear()
  }
  return {
    signal: controller.signal,
    add(signal) {
      if (ended || signals.has(signal)) return
      signals.add(signal)
      signal.addEventListener('abort', look)
    },
    end,
  }
}
