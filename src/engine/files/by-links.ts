import { randomBytes } from 'node:crypto'
import type { Engine } from '../engine.ts'
import { isEngineError } from '../errors.ts'
import { childOf, nameOf, parentOf } from './file-path.ts'
import { createStandIn, removeStandIn } from './stand-in.ts'
import { inLargePieces, tarEnd, tarHeader, type WrittenEntry } from './tar-writer.ts'

/**
 * What an engine can do to files though no program runs. It makes the hard links that an archive asks for, after it has removed
 * what is at their places: so a file gets another name in one step, and what is asked to be a link to itself goes.
 */
export interface LinkMoves {
  /** Files, folders and links of the folder `within` of `folder` become those of `folder`, each in one step. */
  settle(
    folder: string,
    within: string,
    gathered: readonly WrittenEntry[],
    signal: AbortSignal,
  ): Promise<void>
  /** A file of a folder is there by another name besides; what it is goes along, since the engine sets it anew. */
  link(folder: string, from: string, to: WrittenEntry, signal: AbortSignal): Promise<void>
  /** Removes a file, or a folder with all that is in it. */
  remove(path: string, signal: AbortSignal): Promise<Outcome>
}

/** Whether it was done; where it was not, what the engine said to it. */
export interface Outcome {
  readonly done: boolean
  readonly fault?: unknown
}

/** What an engine can do; undefined where it cannot, or where that could not be found out, for this reason. */
export interface Ability {
  readonly moves: LinkMoves | undefined
  readonly fault?: unknown
}

/** What the name that a hard link leads to counts from: the folder that the archive is for, or the container's root. */
type Base = 'folder' | 'root'

/** What is no answer of the engine. */
const cutOff = ['cancelled', 'lost', 'unreachable', 'timeout'] as const

const known = new WeakMap<Engine, Promise<Base | undefined>>()

/**
 * Tried out in a container of ours that never runs, until the engine has given a definite answer: that is remembered. Rejects
 * where the engine was not reached.
 */
export async function linkMoves(engine: Engine, container: string): Promise<Ability> {
  let asked = known.get(engine)
  if (asked === undefined) {
    // Whoever else asks meanwhile waits for the same, so that nobody's signal ends it.
    asked = tryOut(engine, container, new AbortController().signal)
    known.set(engine, asked)
    asked.catch(() => known.delete(engine))
  }
  try {
    const base = await asked
    return { moves: base === undefined ? undefined : movesOf(engine, container, base) }
  } catch (fault) {
    if (isEngineError(fault, ...cutOff)) throw fault
    // No container of ours could be made or filled: the image is gone, the disk is full. Another time it may be.
    return { moves: undefined, fault }
  }
}

function movesOf(engine: Engine, container: string, base: Base): LinkMoves {
  const target = (folder: string, name: string): string =>
    base === 'folder' ? name : childOf(folder, name).slice(1)

  const put = (
    folder: string,
    entries: Iterable<WrittenEntry>,
    signal: AbortSignal,
    overFolders = false,
  ): Promise<void> =>
    engine.files.putArchive(container, folder, inLargePieces(headersOf(entries)), signal, { overFolders })

  return {
    settle: (folder, within, gathered, signal) =>
      put(
        folder,
        settled(within, gathered, (name) => target(folder, name)),
        signal,
      ),

    link: (folder, from, to, signal) =>
      put(folder, [{ ...to, type: 'link', linkname: target(folder, from) }], signal),

    async remove(path, signal) {
      const [folder, name] = [parentOf(path), nameOf(path)]
      let refusal: unknown
      try {
        const self = {
          name,
          type: 'link',
          linkname: target(folder, name),
          mode: 0,
          uid: 0,
          gid: 0,
          mtime: 0,
        } as const
        await put(folder, [self], signal, true)
      } catch (fault) {
        if (isEngineError(fault, ...cutOff)) throw fault
        refusal = fault
      }
      return (await isThere(engine, container, path, signal))
        ? { done: false, fault: refusal }
        : { done: true }
    },
  }
}

function* headersOf(entries: Iterable<WrittenEntry>): Generator<Uint8Array> {
  for (const entry of entries) yield tarHeader(entry)
  yield tarEnd
}

/** A link of no use comes first: where links cannot be made, it fails before anything has been removed. */
function* settled(
  within: string,
  gathered: readonly WrittenEntry[],
  target: (name: string) => string,
): Generator<WrittenEntry> {
  const linked = ({ size: _, ...entry }: WrittenEntry): WrittenEntry => ({
    ...entry,
    type: 'link',
    linkname: target(`${within}/${entry.name}`),
  })
  const file = gathered.find(({ type }) => type === 'file')
  if (file !== undefined) yield { ...linked(file), name: `${within}/${randomBytes(6).toString('hex')}` }
  for (const entry of gathered) yield entry.type === 'file' ? linked(entry) : entry
}

const isThere = async (
  engine: Engine,
  container: string,
  path: string,
  signal: AbortSignal,
): Promise<boolean> => {
  try {
    await engine.files.stat(container, path, signal)
    return true
  } catch (fault) {
    if (isEngineError(fault, 'notFound')) return false
    throw fault
  }
}

async function tryOut(engine: Engine, container: string, signal: AbortSignal): Promise<Base | undefined> {
  const { Image } = await engine.containers.inspect(container, signal)
  const image = { kind: 'image', engine: engine.id, id: String(Image), name: '' } as const
  const id = await createStandIn(engine, image, signal)
  try {
    const common = { mode: 0o700, uid: 0, gid: 0, mtime: 0 }
    const parts: readonly WrittenEntry[] = [
      { ...common, name: 'try', type: 'directory' },
      { ...common, name: 'try/a', type: 'file', size: 0 },
    ]
    const fill = (): Promise<void> =>
      engine.files.putArchive(id, '/', inLargePieces(headersOf(parts)), signal)
    await fill()
    for (const base of ['folder', 'root'] as const) {
      const moves = movesOf(engine, id, base)
      try {
        await moves.link('/try', 'a', { ...common, name: 'b', type: 'link' }, signal)
      } catch (fault) {
        if (isEngineError(fault, ...cutOff)) throw fault
        continue
      }
      if (!(await isThere(engine, id, '/try/b', signal))) continue
      if ((await moves.remove('/try', signal)).done) return base
    }
    // Only of an engine that still takes all else it is an answer that it takes no links.
    await fill()
    return undefined
  } finally {
    // What stays is swept with the next start.
    await removeStandIn(engine, id).catch(() => undefined)
  }
}
