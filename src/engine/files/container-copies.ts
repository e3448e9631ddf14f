import { t } from '../../shared/l10n.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { childOf, nameOf } from './file-path.ts'
import type { Files } from './files.ts'
import { linkTar } from './file-tar.ts'
import type { Reach } from './reach.ts'
import { removeScript } from './scripts.ts'
import { settleScript } from './settle-script.ts'
import { firstEntry } from './tar-index.ts'
import type { WrittenEntry } from './tar-writer.ts'

/** Archives out of one container and into it. */
export function containerCopies(reach: Reach): Pick<Files, 'archive' | 'unpack' | 'unpackWhole'> {
  const { archives, change, changing, container, engine, lstat, need, needFolder, notThere, place, root } =
    reach
  const { files } = engine
  const always = new AbortController().signal

  return {
    async *archive(path, signal, { followLink = false, lent } = {}) {
      const real = followLink ? (await need(path, signal)).real : await place(path, signal)
      const stat = followLink ? undefined : await lstat(real, signal)
      if (stat === undefined && !followLink) throw notThere(path)
      if (stat?.type === 'symlink') {
        // Podman sends what it leads to.
        const first = await firstEntry(files.getArchive(container, real, signal), 0)
        const linkname = first?.header.type === 'symlink' ? first.header.linkname : stat.linkTarget
        const { uid = 0, gid = 0 } = first?.header ?? {}
        const { mode, mtime } = stat
        return yield* linkTar({ name: nameOf(real), mode, uid, gid, mtime, linkname: linkname ?? '' })
      }
      // The root itself has no name of its own in its archive.
      yield* files.getArchive(container, real === root && root !== '/' ? `${root}/.` : real, signal, {
        lent,
      })
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
