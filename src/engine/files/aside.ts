import { randomBytes } from 'node:crypto'
import type { FileEntry } from './files.ts'

/** What is at work for longer than that is of this window, or has been cut off. */
const abandonedAfterMs = 24 * 60 * 60 * 1000

/** Those of this window that are at work. */
const atWork = new Set<string>()

/** Gives a hidden name for what is gathered beside its place, and keeps it from being swept meanwhile. */
export async function withAside<T>(task: (name: string) => Promise<T>): Promise<T> {
  const name = `.quayside-${randomBytes(6).toString('hex')}`
  atWork.add(name)
  try {
    return await task(name)
  } finally {
    atWork.delete(name)
  }
}

/** Whether this is gathered for a write, by whichever window, or is what one left that was cut off. */
export const isAside = ({ name, type }: FileEntry): boolean =>
  /^\.quayside-[0-9a-f]{12}$/.test(name) && (type === 'directory' || type === 'file')

/** No listing waits for more removals than that: a container can hold any number of such names. */
const mostSwept = 8

/**
 * A listing without what is gathered for writes. What was left by one that was cut off is removed, or shown where it stays. The
 * times of files are by the engine's clock, which is asked where something is old by ours: of what is at work in another window
 * neither of them may go by a clock that is wrong.
 */
export async function tidied(
  entries: readonly FileEntry[],
  now: number,
  engineTime: () => Promise<number | undefined>,
  remove: (name: string) => Promise<boolean>,
): Promise<readonly FileEntry[]> {
  const old = entries.filter((entry) => isAbandoned(entry, now))
  const time = old.length === 0 ? undefined : await engineTime()
  const abandoned = time === undefined ? [] : old.filter((entry) => isAbandoned(entry, time))
  const stayed = new Set(abandoned.slice(mostSwept))
  for (const entry of abandoned.slice(0, mostSwept)) if (!(await remove(entry.name))) stayed.add(entry)
  return entries.filter((entry) => !isAside(entry) || stayed.has(entry))
}

export const isAbandoned = (entry: FileEntry, now: number): boolean =>
  isAside(entry) && !atWork.has(entry.name) && now - entry.mtime > abandonedAfterMs
