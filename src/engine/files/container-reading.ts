import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { PathStat } from '../engine.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { nameOf, normalize } from './file-path.ts'
import type { FileEntry, Files } from './files.ts'
import { complaint } from './program.ts'
import type { Reach } from './reach.ts'
import { readScript } from './scripts.ts'
import { firstEntry } from './tar-index.ts'

/** Some files of /proc never end. */
const programReadMs = 10_000

/** What stands at a path of one container, and what is in a file. */
export function containerReading(reach: Reach): Pick<Files, 'owner' | 'read' | 'stat'> {
  const { container, find, kind, lstat, need, notThere, ownerAt, place, run } = reach
  const { files } = reach.engine

  async function readByProgram(real: string, signal?: AbortSignal): Promise<Buffer | undefined> {
    const patience = AbortSignal.timeout(programReadMs)
    const either = signal === undefined ? patience : AbortSignal.any([signal, patience])
    const told = await run(readScript, [real], either)
    if (told !== undefined && told.exitCode !== 0) throw complaint(told, plain(real, 200), kind)
    return told?.stdout
  }

  /** Undefined where no archive has it. */
  async function readArchived(
    real: string,
    limit: number,
    signal = new AbortController().signal,
  ): Promise<Buffer | undefined> {
    for (let attempt = 0; ; attempt++)
      try {
        const first = await firstEntry(files.getArchive(container, real, signal), limit)
        if ((first?.header.size ?? 0) > limit) throw tooLarge(real)
        return first?.content
      } catch (fault) {
        if (isEngineError(fault, 'notFound')) return undefined
        if (fault instanceof EngineError) throw fault
        // The archive ended early: the file became shorter while it was read.
        if (attempt > 0)
          throw new EngineError('lost', t('{0} changed while it was read.', plain(real, 200)), {
            cause: fault,
            nextStep: t('Try again.'),
          })
      }
  }

  return {
    async stat(path, signal) {
      const real = await place(path, signal)
      const first = await lstat(real, signal)
      if (first === undefined) throw notThere(path)
      const name = nameOf(normalize(path))
      if (first.type !== 'symlink') return entryOf(name, first)
      const found = await find(path, signal)
      return found === undefined || found.stat.type === 'symlink'
        ? entryOf(name, first)
        : { ...entryOf(name, found.stat), type: 'symlink', target: found.stat.type }
    },

    async read(path, limit, signal) {
      const { real, stat } = await need(path, signal)
      if (stat.type !== 'file') throw new EngineError('conflict', t('{0} is not a file.', plain(path, 200)))
      if (stat.size > limit) throw tooLarge(path)
      // What programs see and archives do not: memory, and what the kernel tells, which looks empty.
      const seen = stat.size === 0 ? await readByProgram(real, signal) : undefined
      const content = seen ?? (await readArchived(real, limit, signal)) ?? (await readByProgram(real, signal))
      if (content === undefined) throw notThere(path)
      if (content.length > limit) throw tooLarge(path)
      return content
    },

    async owner(path, signal) {
      const { real, stat } = await need(path, signal)
      return ownerAt(real, stat.mode, signal)
    },
  }
}

const tooLarge = (path: string): EngineError =>
  new EngineError('unsupported', t('{0} is too large to be opened.', plain(path, 200)), {
    nextStep: t('Download it instead.'),
  })

const entryOf = (name: string, { type, size, mode, mtime }: PathStat): FileEntry => ({
  name,
  type,
  size,
  mode,
  mtime,
})
