import type { Engine } from '../engine.ts'
import { isEngineError } from '../errors.ts'
import { cancelled } from '../transport/operation.ts'
import { withAside } from './aside.ts'
import { linkMoves, type Ability, type LinkMoves, type Outcome } from './by-links.ts'
import { childOf, nameOf, parentOf } from './file-path.ts'
import type { Gathering, Ownership } from './files.ts'
import { fileTar, folderTar } from './file-tar.ts'
import { archiveRefusal, isMountedBelow, refuseCovered, refuseHidden } from './mounts.ts'
import { firstEntry } from './tar-index.ts'
import type { WrittenEntry } from './tar-writer.ts'

/** The engine may still be unpacking the part that it got when the rest does not come. */
const rounds = 8
const pauseMs = 200
/** What is overwritten by an engine that makes no links is kept up to here, to be put back when the new content does not arrive. */
const keptWhileWriting = 64 * 1024 * 1024
const setId = 0o6000

/** What goes into a container by archives, no program of it taking part. Paths are real ones. */
export interface ArchiveWriter {
  /** Straight into a folder. */
  put(folder: string, archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>
  /**
   * Gathers an archive in a new folder of the one that it is for, lets `settle` put all of it into its place, and removes the new
   * folder, however that went; `remove` says whether it is gone. Resolves to what `settle` says.
   */
  aside(
    folder: string,
    gathering: Gathering,
    settle: (within: string, gathered: readonly WrittenEntry[]) => Promise<boolean>,
    remove: (aside: string) => Promise<boolean>,
    signal: AbortSignal,
  ): Promise<boolean>
  /** What was gathered takes its places by links; false where that cannot be. */
  settle(
    folder: string,
    names: readonly string[],
    within: string,
    gathered: readonly WrittenEntry[],
    signal: AbortSignal,
  ): Promise<boolean>
  /** The same, each file taking its place by a link; straight into the folder where that cannot be. */
  putWhole(
    folder: string,
    names: readonly string[],
    gathering: Gathering,
    signal: AbortSignal,
    onLast?: () => void,
  ): Promise<void>
  /** A file that is new or replaces one. */
  write(
    path: string,
    content: Uint8Array,
    owner: Ownership,
    isNew: boolean,
    signal: AbortSignal,
  ): Promise<void>
  /** A file gets another name in its folder; not done where the engine cannot do that. */
  rename(from: string, to: WrittenEntry, signal: AbortSignal): Promise<Outcome>
  /** A file, or a folder with all that is in it; not done where the engine cannot do that. */
  remove(path: string, signal: AbortSignal): Promise<Outcome>
}

export function archiveWriter(engine: Engine, container: string): ArchiveWriter {
  const { files } = engine

  const send = (folder: string, archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> =>
    files.putArchive(container, folder, archive, signal)

  /** Puts the old content back until it stays. */
  async function putBack(path: string, archive: () => AsyncIterable<Uint8Array>, old: Buffer): Promise<void> {
    const { signal } = new AbortController()
    await untilItStays(
      () => send(parentOf(path), archive(), signal),
      async () => {
        const now = await firstEntry(files.getArchive(container, path, signal), old.length + 1)
        return now?.header.size === old.length && now.content.equals(old)
      },
    )
  }

  async function writeOver(
    path: string,
    archive: (content: Uint8Array) => AsyncIterable<Uint8Array>,
    content: Uint8Array,
    isNew: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const before = isNew
      ? undefined
      : await firstEntry(files.getArchive(container, path, signal), keptWhileWriting)
    const old = (before?.header.size ?? 0) === before?.content.length ? before?.content : undefined
    try {
      await writer.put(parentOf(path), archive(content), signal)
    } catch (fault) {
      if (
        old !== undefined &&
        isEngineError(fault, 'lost', 'cancelled', 'timeout', 'unreachable', 'internal')
      )
        await putBack(path, () => archive(old), old)
      throw fault
    }
  }

  const movesIn = async (folder: string, signal: AbortSignal): Promise<Ability> => {
    await refuseHidden(engine, container, folder, signal)
    return linkMoves(engine, container)
  }

  /** A link does not lead from one mount into another. */
  const movesFor = async (
    folder: string,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<Ability> => {
    const targets = names.map((name) => childOf(folder, name))
    const mixed = await isMountedBelow(engine, container, targets, signal)
    if (!mixed) return movesIn(folder, signal)
    await refuseCovered(engine, container, folder, signal)
    return { moves: undefined }
  }

  const writer: ArchiveWriter = {
    async put(folder, archive, signal) {
      await refuseHidden(engine, container, folder, signal)
      try {
        await send(folder, archive, signal)
      } catch (fault) {
        throw archiveRefusal(fault, folder)
      }
    },

    aside: (folder, gathering, settle, remove, signal) =>
      withAside(async (within) => {
        const aside = childOf(folder, within)
        const gathered: WrittenEntry[] = []
        try {
          await writer.put(folder, folderTar(within, { uid: 0, gid: 0, mode: 0o700 }), signal)
          await send(
            aside,
            gathering((entry) => gathered.push(entry)),
            signal,
          )
          if (signal.aborted) throw cancelled()
          const done = await settle(within, gathered)
          await remove(aside)
          return done
        } catch (fault) {
          await untilItStays(
            () => remove(aside),
            () => remove(aside),
          )
          throw archiveRefusal(fault, folder)
        }
      }),

    async settle(folder, names, within, gathered, signal) {
      const { moves } = await movesFor(folder, names, signal)
      return moves !== undefined && settleBy(moves, folder, within, gathered)
    },

    async putWhole(folder, names, gathering, signal, onLast) {
      const { moves } = await movesFor(folder, names, signal)
      const always = new AbortController().signal
      const done =
        moves !== undefined &&
        (await writer.aside(
          folder,
          gathering,
          (within, gathered) => {
            onLast?.()
            return settleBy(moves, folder, within, gathered)
          },
          async (aside) => (await moves.remove(aside, always)).done,
          signal,
        ))
      if (!done) await writer.put(folder, gathering(), signal)
    },

    async write(path, content, owner, isNew, signal) {
      const [folder, name] = [parentOf(path), nameOf(path)]
      // A link would lose these bits: the engine sets the owner anew, and that takes them.
      if ((owner.mode & setId) === 0 && (await movesIn(folder, signal)).moves !== undefined)
        return writer.putWhole(folder, [name], (onEntry) => fileTar(name, content, owner, onEntry), signal)
      return writeOver(path, (bytes) => fileTar(name, bytes, owner), content, isNew, signal)
    },

    async rename(from, to, signal) {
      const folder = parentOf(from)
      const names = [nameOf(from), to.name]
      if ((to.mode & setId) !== 0) return { done: false }
      const { moves, fault: unknown } = await movesFor(folder, names, signal)
      if (moves === undefined) return { done: false, fault: unknown }
      try {
        await moves.link(folder, nameOf(from), to, signal)
      } catch (fault) {
        throw archiveRefusal(fault, folder)
      }
      const removed = await moves.remove(from, signal)
      if (!removed.done) await moves.remove(childOf(folder, to.name), signal)
      return removed
    },

    async remove(path, signal) {
      const { moves, fault } = await movesIn(parentOf(path), signal)
      return moves?.remove(path, signal) ?? { done: false, fault }
    },
  }
  return writer
}

/** False where a link would lose bits: the engine sets the owner anew, and that takes them. */
async function settleBy(
  moves: LinkMoves,
  folder: string,
  within: string,
  gathered: readonly WrittenEntry[],
): Promise<boolean> {
  if (gathered.some(({ type, mode }) => type === 'file' && (mode & setId) !== 0)) return false
  // Not to be cut off: an engine that goes on by itself would find nothing to put in the place of what it removes.
  await moves.settle(folder, within, gathered, new AbortController().signal)
  return true
}

/** Does it again until it has been so twice: an engine that was cut off may undo it a moment later. Gives up in silence. */
async function untilItStays(make: () => Promise<unknown>, isSo: () => Promise<boolean>): Promise<void> {
  let seen = 0
  for (let round = 0; round < rounds && seen < 2; round++)
    try {
      if (seen === 0) await make()
      if (round > 0) await new Promise((passed) => setTimeout(passed, pauseMs))
      seen = (await isSo()) ? seen + 1 : 0
    } catch {
      seen = 0
    }
}
