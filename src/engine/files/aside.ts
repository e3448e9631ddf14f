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

export const isAbandoned = (entry: FileEntry, now: number): boolean =>
  isAside(entry) && !atWork.has(entry.name) && now - entry.mtime > abandonedAfterMs
