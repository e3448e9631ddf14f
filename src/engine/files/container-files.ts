import { randomBytes } from 'node:crypto'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Engine, PathStat } from '../engine.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { noShellForVolume } from './brief.ts'
import { childOf, nameOf, normalize, parentOf } from './file-path.ts'
import type { FileEntry, Files, Ownership } from './files.ts'
import { tidied, withAside } from './aside.ts'
import { archiveWriter } from './by-archive.ts'
import { folderTar, linkTar } from './file-tar.ts'
import { finder } from './find.ts'
import { listScript, parseListing } from './listing.ts'
import type { Place } from './place.ts'
import { decodeName } from './raw-name.ts'
import { complaint, runScript, type ScriptResult } from './program.ts'
import {
  createFolderScript,
  readScript,
  removeScript,
  renameScript,
  statScript,
  writeScript,
} from './scripts.ts'
import { settledInPart, settleScript } from './settle-script.ts'
import type { WrittenEntry } from './tar-writer.ts'
import { refuseMounted } from './mounts.ts'
import { firstEntry, indexTar, type TarIndex } from './tar-index.ts'

/** A shell without the programs that scripts use: nothing has been done. */
const programMissing = 127
/** A running container can change at any time; what was listed of it from an archive is believed for so long. */
const believedMs = 5000
/** Some files of /proc never end. */
const programReadMs = 10_000

export interface Indexed {
  readonly index: TarIndex
  readonly state: string
  readonly at: number
}

export interface FilesOptions {
  /** The folder that paths count from; links that lead out of it are not followed. */
  readonly root?: string
  /** What the user knows it as: containers stand for volumes and images too. */
  readonly kind?: Place['kind']
  /** Nothing but us changes what is there: what was listed is true until then. */
  readonly unchanging?: boolean
  readonly now?: () => number
  /** Runs scripts where the container cannot; of volumes. */
  readonly elsewhere?: (
    script: string,
    args: readonly string[],
    signal?: AbortSignal,
  ) => Promise<ScriptResult | undefined>
  /** Where what was listed is kept; shared by containers that stand for the same place one after another. */
  readonly cache?: ListingCache
}

export interface ListingCache {
  indexed?: Indexed | undefined
}

/** The files of one container. Nothing is asked of the engine before the first call. */
export function containerFiles(
  engine: Engine,
  container: string,
  { root = '/', kind = 'container', unchanging, now = Date.now, cache = {}, elsewhere }: FilesOptions = {},
): Files {
  const { files } = engine
  const { lstat, find, need, needFolder, notThere, place } = finder(engine, container, root, kind)

  const run = (
    script: string,
    args: readonly string[],
    signal?: AbortSignal,
    input?: Uint8Array,
  ): Promise<ScriptResult | undefined> => runScript(engine, container, script, args, input, signal)

  const archives = archiveWriter(engine, container)
  const always = new AbortController().signal
  /** What stands in for a volume: scripts need a container of their own, which takes longer than anything else here. */
  const neverRuns = elsewhere !== undefined

  const inTheWay = (path: string): EngineError =>
    new EngineError('conflict', t('{0} is there already.', plain(path, 200)))

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
      const word = randomBytes(9).toString('hex')
      const told = await run(listScript, [normalize(folder), word], signal)
      const entries = told === undefined ? undefined : parseListing(decodeName(told.stdout), word)
      if (entries !== undefined) return entries
    }
    return listIndexed(await needFolder(folder, signal), signal)
  }

  async function owner(path: string, signal?: AbortSignal): Promise<Ownership> {
    const { real, stat } = await need(path, signal)
    return ownerAt(real, stat.mode, signal)
  }

  async function ownerAt(real: string, mode: number, signal?: AbortSignal): Promise<Ownership> {
    const told = await run(statScript, [real], signal)
    const [, , , uid, gid] = told?.exitCode === 0 ? told.stdout.toString().trim().split(' ').map(Number) : []
    if (uid !== undefined && gid !== undefined) return { uid, gid, mode }
    const first = await firstEntry(
      files.getArchive(container, real, signal ?? new AbortController().signal),
      0,
    )
    return { uid: first?.header.uid ?? 0, gid: first?.header.gid ?? 0, mode }
  }

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

  async function change(
    path: string,
    script: string,
    args: readonly string[],
    signal?: AbortSignal,
  ): Promise<boolean> {
    const result = (await run(script, args, signal)) ?? (await elsewhere?.(script, args, signal))
    if (result === undefined || result.exitCode === programMissing) return false
    if (result.exitCode === settledInPart) throw inPart(complaint(result, plain(path, 200), kind))
    if (result.exitCode !== 0) throw complaint(result, plain(path, 200), kind)
    return true
  }

  /** What was listed before is wrong now, and what was listed meanwhile may be. */
  async function changing(work: () => Promise<void>): Promise<void> {
    cache.indexed = undefined
    try {
      await work()
    } finally {
      cache.indexed = undefined
    }
  }

  /** `fault` is what the engine said when it was to do it by itself. */
  const needsShell = (what: string, next: string, fault: unknown): EngineError => {
    const { code, message, nextStep } =
      elsewhere !== undefined
        ? noShellForVolume(what)
        : new EngineError('denied', t('{0} needs a running container with a shell.', what), {
            nextStep: next,
          })
    const said = isEngineError(fault) ? t('The engine says: {0}', plain(fault.message, 200)) : undefined
    return new EngineError(code, said === undefined ? message : `${message} ${said}`, {
      cause: fault,
      ...(nextStep === undefined ? {} : { nextStep }),
    })
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

  return {
    list: listTidied,

    async stat(path, signal) {
      const real = await place(path, signal)
      const first = await lstat(real, signal)
      if (first === undefined) throw notThere(path)
      const name = nameOf(normalize(path))
      if (first.type !== 'symlink') return entryOf(name, first)
      const found = await find(path, signal)
      return found === undefined
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

    write: (path, content, { create, overwrite }, signal) =>
      changing(async () => {
        const found = await find(path, signal)
        if (found?.stat.type === 'directory')
          throw new EngineError('conflict', t('{0} is a folder.', plain(path, 200)))
        if (found !== undefined && found.stat.type !== 'file')
          throw new EngineError('denied', t('{0} is not a file.', plain(path, 200)))
        if (found === undefined && !create) throw notThere(path)
        if (found !== undefined && create && !overwrite) throw inTheWay(path)
        const real = found?.real ?? (await place(path, signal))
        const folder = parentOf(real)
        const result = await withAside((name) =>
          run(writeScript, [real, childOf(folder, name), folder, String(content.length)], signal, content),
        )
        if (result !== undefined) {
          if (result.exitCode !== 0) throw complaint(result, plain(path, 200), kind)
          return
        }
        const mode = found?.stat.mode
        const header = await ownerAt(mode === undefined ? folder : real, mode ?? 0o644, signal)
        await archives.write(real, content, header, mode === undefined, signal ?? always)
      }),

    createFolder: (path, signal) =>
      changing(async () => {
        const real = await place(path, signal)
        if ((await lstat(real, signal)) !== undefined) throw inTheWay(path)
        const folder = parentOf(real)
        if (!neverRuns && (await change(path, createFolderScript, [real, folder], signal))) return
        const tar = folderTar(nameOf(real), await ownerAt(folder, 0o755, signal))
        await archives.put(folder, tar, signal ?? always)
      }),

    rename: (from, to, { overwrite }, signal) =>
      changing(async () => {
        const [source, target] = [await place(from, signal), await place(to, signal)]
        const there = await lstat(source, signal)
        if (there === undefined) throw notThere(from)
        // A link to itself is what removes a file.
        if (source === target) return
        const byScript = (): Promise<boolean> =>
          change(to, renameScript, [source, target, overwrite ? 'o' : ''], signal)
        if (!neverRuns && (await byScript())) return
        const before = await lstat(target, signal)
        if (before !== undefined && (!overwrite || before.type === 'directory')) throw inTheWay(to)
        const { uid, gid, mode } = await ownerAt(source, there.mode, signal)
        const entry = { name: nameOf(target), type: 'link', uid, gid, mode, mtime: there.mtime } as const
        const isFile = there.type === 'file' && parentOf(source) === parentOf(target)
        const { done, fault } = isFile
          ? await archives.rename(source, entry, signal ?? always)
          : { done: false, fault: undefined }
        if (done) return
        if (!neverRuns || !(await byScript()))
          throw needsShell(...renamingOf(there.type, parentOf(source) === parentOf(target)), fault)
      }),

    remove: (path, { recursive }, signal) =>
      changing(async () => {
        if (normalize(path) === '/') throw new EngineError('denied', t('The root folder stays.'))
        const real = await place(path, signal)
        const there = await lstat(real, signal)
        if (there === undefined) throw notThere(path)
        await refuseMounted(engine, container, real, signal)
        const byScript = (): Promise<boolean> =>
          change(path, removeScript, [real, recursive ? 'r' : ''], signal)
        if (!neverRuns && (await byScript())) return
        if (there.type === 'directory' && !recursive && (await listAt(path, signal)).length > 0)
          throw new EngineError('conflict', t('The folder {0} is not empty.', plain(path, 200)))
        const { done, fault } = await archives.remove(real, signal ?? always)
        if (done) return
        if (!neverRuns || !(await byScript()))
          throw needsShell(
            t('Deleting'),
            t('Start the container; engines cannot do this by themselves.'),
            fault,
          )
      }),

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

    owner,

    forget() {
      cache.indexed = undefined
    },
  }
}

/** What cannot be done without a shell, and what to do instead. Engines do copy, and most delete, without one. */
function renamingOf(type: FileEntry['type'], inItsFolder: boolean): readonly [string, string] {
  if (!inItsFolder)
    return [
      t('Moving to another folder'),
      t('Start the container if it has a shell; or copy it there, then delete it here.'),
    ]
  return type === 'directory'
    ? [
        t('Renaming a folder'),
        t(
          'Start the container if it has a shell; or download the folder, upload it by its new name, then delete this one.',
        ),
      ]
    : [t('Renaming'), t('Start the container; engines cannot do this by themselves.')]
}

const inDoubt = (fault: unknown): unknown =>
  isEngineError(fault, 'lost', 'unreachable', 'timeout')
    ? new EngineError(
        fault.code,
        `${fault.message} ${t('Some of the files may have been replaced: each is wholly the new one or the old one.')}`,
        { cause: fault, ...(fault.nextStep === undefined ? {} : { nextStep: fault.nextStep }) },
      )
    : fault

const inPart = ({ code, message, nextStep }: EngineError): EngineError =>
  new EngineError(
    code,
    `${message} ${t('Some of the files have been replaced before: each is wholly the new one or the old one.')}`,
    nextStep === undefined ? {} : { nextStep },
  )

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
