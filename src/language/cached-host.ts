import type { Host } from './host.ts'

export interface CachedHost extends Host {
  /** Forgets everything. */
  clear(): void
}

interface Entry {
  readonly answer: Promise<unknown>
  until: number
}

const short = 2_000
const long = 30_000
/** More answers than this are not kept. */
const most = 2_000

/**
 * Asks the host for each thing once in a while only: typing asks for the same files again and again. A question that was asked for somebody who gave up is
 * not kept.
 */
export function cachedHost(host: Host, now: () => number): CachedHost {
  const entries = new Map<string, Entry>()
  const ask = <T>(
    key: string,
    life: number,
    signal: AbortSignal,
    question: () => Promise<T>,
    lifeOfNone = life,
  ): Promise<T> => {
    const known = entries.get(key)
    if (known !== undefined && known.until > now()) return known.answer as Promise<T>
    if (entries.size >= most) entries.clear()
    const answer = question()
    const entry: Entry = { answer, until: now() + life }
    entries.set(key, entry)
    const forget = (): void => {
      if (entries.get(key) === entry) entries.delete(key)
    }
    answer.then((value) => {
      if (signal.aborted) forget()
      else if (value === undefined) entry.until = Math.min(entry.until, now() + lifeOfNone)
    }, forget)
    return answer
  }
  return {
    images: (signal) => ask('images', long, signal, () => host.images(signal)),
    imagePlatform: (id, signal) =>
      ask(`platform ${id}`, long * 10, signal, () => host.imagePlatform(id, signal), long),
    registryTags: (repository, signal) =>
      ask(`tags ${repository}`, long * 10, signal, () => host.registryTags(repository, signal), long),
    listFolder: (uri, signal) => ask(`list ${uri}`, short, signal, () => host.listFolder(uri, signal)),
    readFile: (uri, signal) => ask(`read ${uri}`, short, signal, () => host.readFile(uri, signal)),
    stat: (uri, signal) => ask(`stat ${uri}`, short, signal, () => host.stat(uri, signal)),
    buildContext: (uri, signal) => ask(`context ${uri}`, short, signal, () => host.buildContext(uri, signal)),
    shellCheck: (script, signal) => {
      const key = `check ${JSON.stringify(script)}`
      const answer = ask(key, long * 10, signal, () => host.shellCheck(script, signal), long)
      // The program is ended for who gives up: somebody else who asks then gets an answer of his own.
      const forget = (): void => void entries.delete(key)
      const keep = (): void => {
        signal.removeEventListener('abort', forget)
      }
      signal.addEventListener('abort', forget)
      answer.then(keep, keep)
      return answer
    },
    clear: () => {
      entries.clear()
    },
  }
}
