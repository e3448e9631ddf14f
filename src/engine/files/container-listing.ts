import { randomBytes } from 'node:crypto'
import { isEngineError } from '../errors.ts'
import { tidied } from './aside.ts'
import { childOf } from './file-path.ts'
import type { FileEntry, Files } from './files.ts'
import { listScript, parseListing } from './listing.ts'
import { refuseMounted } from './mounts.ts'
import { decodeName } from './raw-name.ts'
import type { Reach } from './reach.ts'
import { removeScript } from './scripts.ts'
import { indexTar } from './tar-index.ts'

/** A running container can change at any time; what was listed of it from an archive is believed for so long. */
const believedMs = 5000

/** Lists folders of one container, by a program of it or by its archive; what writes have left behind is swept by the way. */
export function containerListing(reach: Reach): {
  readonly list: Files['list']
  /** With what is gathered for writes. */
  readonly listAll: Files['list']
} {
  const { archives, cache, change, container, engine, needFolder, neverRuns, now, root, run, unchanging } =
    reach
  const { files } = engine
  const always = new AbortController().signal

  async function listIndexed(folder: string, signal?: AbortSignal): Promise<readonly FileEntry[]> {
    const raw = await engine.containers.inspect(container, signal)
    const { Running, StartedAt, FinishedAt } = raw['State'] as Readonly<Record<string, unknown>>
    const state = JSON.stringify([Running, StartedAt, FinishedAt])
    const fresh =
      cache.indexed !== undefined &&
      cache.indexed.state === state &&
      ((unchanging ?? Running !== true) || now() - cache.indexed.at < believedMs)
    const known = fresh ? cache.indexed?.index.list(folder) : undefined
    if (known !== undefined) return known
    const any = signal ?? new AbortController().signal
    const index = await indexTar(files.getArchive(container, folder, any, { lent: true }), folder)
    cache.indexed = { index, state, at: now() }
    return index.list(folder) ?? []
  }

  async function listAt(folder: string, signal?: AbortSignal): Promise<readonly FileEntry[]> {
    // A program of the container follows links by itself: no other call is needed where one can be run.
    if (root === '/') {
      const word = randomBytes(6).toString('base64url')
      const told = await run(listScript, [reach.at(folder), word], signal)
      const entries = told === undefined ? undefined : parseListing(decodeName(told.stdout), word)
      if (entries !== undefined) return entries
    }
    return listIndexed(await needFolder(folder, signal), signal)
  }

  async function listTidied(folder: string, signal?: AbortSignal): Promise<readonly FileEntry[]> {
    const entries = await listAt(folder, signal)
    return unchanging === true
      ? entries
      : tidied(
          entries,
          now(),
          () => engineTime(signal),
          (name) => sweep(folder, name, signal),
        )
  }

  async function engineTime(signal: AbortSignal | undefined): Promise<number | undefined> {
    try {
      return await engine.system.time(signal)
    } catch (fault) {
      if (isEngineError(fault, 'cancelled')) throw fault
      return undefined
    }
  }

  async function sweep(folder: string, name: string, signal: AbortSignal | undefined): Promise<boolean> {
    try {
      const path = childOf(await needFolder(folder, signal), name)
      await refuseMounted(engine, container, path, signal)
      if (!neverRuns && (await change(path, removeScript, [path, 'r'], signal))) return true
      return (await archives.remove(path, signal ?? always)).done
    } catch (fault) {
      if (isEngineError(fault, 'cancelled')) throw fault
      return false
    } finally {
      cache.indexed = undefined
    }
  }

  return { list: listTidied, listAll: listAt }
}
