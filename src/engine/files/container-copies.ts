import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { childOf, nameOf, parentOf } from './file-path.ts'
import type { Files } from './files.ts'
import { linkTar } from './file-tar.ts'
import { isUnresolved } from './find.ts'
import type { Reach } from './reach.ts'
import { removeScript } from './scripts.ts'
import { settleScript } from './settle-script.ts'
import { entryIn, firstEntry } from './tar-index.ts'
import type { WrittenEntry } from './tar-writer.ts'
import { changedMeanwhile, wholeTar } from './whole-tar.ts'

/** Archives out of one container and into it. */
export function containerCopies(reach: Reach): Pick<Files, 'archive' | 'unpack' | 'unpackWhole'> {
  const { archives, change, changing, container, engine, lstat, need, needFolder, notThere, place, root } =
    reach
  const { files } = engine
  const always = new AbortController().signal

  async function linkAt(
    real: string,
    signal: AbortSignal,
  ): Promise<Pick<WrittenEntry, 'uid' | 'gid' | 'linkname'>> {
    try {
      const first = await firstEntry(files.getArchive(container, real, signal), 0)
      if (first?.header.type === 'symlink') {
        const { uid = 0, gid = 0, linkname } = first.header
        return { uid, gid, linkname: linkname ?? '' }
      }
    } catch (fault) {
      if (!isUnresolved(fault)) throw fault
    }
    // Podman sends what it leads to, and nothing at all where that is nowhere; Docker nothing of a circle.
    const entry = await entryIn(files.getArchive(container, parentOf(real), signal), nameOf(real))
    return { uid: 0, gid: 0, ...entry?.owner, linkname: entry?.link ?? '' }
  }

  /** Podman ends an archive behind a file that grows while it is sent, as if there were nothing more. */
  async function refuseGrown(at: string, size: number, type: string, signal: AbortSignal): Promise<void> {
    const now = type === '0' ? await lstat(at, signal) : undefined
    if (now !== undefined && now.size > size)
      throw changedMeanwhile(t('{0} changed while it was read.', plain(at, 200)))
  }

  return {
    async *archive(path, signal, { followLink = false, lent, whole = false } = {}) {
      const real = followLink ? (await need(path, signal)).real : await place(path, signal)
      const stat = followLink ? undefined : await lstat(real, signal)
      if (stat === undefined && !followLink) throw notThere(path)
      if (stat?.type === 'symlink') {
        const told = await linkAt(real, signal)
        return yield* linkTar({ ...told, name: nameOf(real), mode: stat.mode, mtime: stat.mtime })
      }
      // The root itself has no name of its own in its archive.
      const isRoot = real === root
      const sent = files.getArchive(container, isRoot && root !== '/' ? `${root}/.` : real, signal, { lent })
      if (engine.info?.product === 'podman')
        return yield* wholeTar(sent, ({ name, size, type }) =>
          refuseGrown(
            isRoot ? childOf(root, name) : `${real}${name.replace(/^[^/]*/, '')}`,
            size,
            type,
            signal,
          ),
        )
      yield* whole ? wholeTar(sent) : sent
    },

    unpack: (folder, archive, signal) =>
      changing(async () => archives.put(await needFolder(folder, signal), archive, signal)),

    unpackWhole: (folder, names, gathering, signal, onLast) =>
      changing(async () => {
        const real = await needFolder(folder, signal)
        const { State } = await engine.containers.inspect(container, signal)
        if ((State as Readonly<Record<string, unknown>>)['Running'] !== true)
          return archives.putWhole(real, names, gathering, signal, onLast)
        // A shell that can do it is found out when all is there.
        const settle = async (within: string, gathered: readonly WrittenEntry[]): Promise<boolean> => {
          onLast?.()
          try {
            if (await change(folder, settleScript, [childOf(real, within), real, ...names])) return true
          } catch (fault) {
            throw inDoubt(fault)
          }
          return archives.settle(real, names, within, gathered, signal)
        }
        const isGone = async (aside: string): Promise<boolean> => (await lstat(aside)) === undefined
        // The script that settles removes it by itself: asking costs less than a program.
        const remove = async (aside: string): Promise<boolean> => {
          if (await isGone(aside)) return true
          return (await change(folder, removeScript, [aside, 'r']))
            ? isGone(aside)
            : (await archives.remove(aside, always)).done
        }
        if (!(await archives.aside(real, gathering, settle, remove, signal)))
          await archives.put(real, gathering(), signal)
      }),
  }
}

/** What was lost on the way may have been done. */
const inDoubt = (fault: unknown): unknown =>
  isEngineError(fault, 'lost', 'unreachable', 'timeout')
    ? new EngineError(
        fault.code,
        `${fault.message} ${t('Some of the files may have been replaced: each is wholly the new one or the old one.')}`,
        { cause: fault, ...(fault.nextStep === undefined ? {} : { nextStep: fault.nextStep }) },
      )
    : fault
