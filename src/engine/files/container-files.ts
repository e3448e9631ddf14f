import { randomBytes } from 'node:crypto'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Engine, PathStat } from '../engine.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { noShellForVolume } from './brief.ts'
import { childOf, nameOf, normalize, parentOf } from './file-path.ts'
import type { FileEntry, Files, Ownership } from './files.ts'
import { folderTar, fileTar } from './file-tar.ts'
import { finder, notThere } from './find.ts'
import { listScript, parseListing } from './listing.ts'
import { archiveRefusal, refuseHidden } from './mounts.ts'
import { decodeName } from './raw-name.ts'
import { complaint, runScript, type ScriptResult } from './program.ts'
import {
  createFolderScript,
  probeScript,
  readScript,
  removeScript,
  renameScript,
  settleScript,
  statScript,
  writeScript,
} from './scripts.ts'
import { firstEntry, indexTar, type TarIndex } from './tar-index.ts'

const putBackRounds = 8
const putBackPauseMs = 200
/** What is overwritten without a shell is kept in memory up to here, to be put back when the new content does not arrive. */
const keptWhileWriting = 64 * 1024 * 1024
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
  { root = '/', unchanging, now = Date.now, cache = {}, elsewhere }: FilesOptions = {},
): Files {
  const { files } = engine
  const { lstat, find, need, needFolder, place } = finder(engine, container, root)

  const run = (
    script: string,
    args: readonly string[],
    signal?: AbortSignal,
    input?: Uint8Array,
  ): Promise<ScriptResult | undefined> => runScript(engine, container, script, args, input, signal)

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
    const index = await indexTar(files.getArchive(container, folder, any), folder)
    cache.indexed = { index, state, at: now() }
    return index.list(folder) ?? []
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
    if (told !== undefined && told.exitCode !== 0) throw complaint(told, plain(real, 200))
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

  async function put(folder: string, archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
    await refuseHidden(engine, container, folder, signal)
    cache.indexed = undefined
    try {
      await files.putArchive(container, folder, archive, signal)
    } catch (fault) {
      throw archiveRefusal(fault, folder)
    }
  }

  /** Without a shell the engine writes over the old file: what it held is put back when the new content does not arrive. */
  async function writeByArchive(
    path: string,
    content: Uint8Array,
    mode: number | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const folder = parentOf(path)
    const header = await ownerAt(mode === undefined ? folder : path, mode ?? 0o644, signal)
    const name = nameOf(path)
    const before =
      mode === undefined
        ? undefined
        : await firstEntry(files.getArchive(container, path, signal), keptWhileWriting)
    const old = (before?.header.size ?? 0) === before?.content.length ? before?.content : undefined
    try {
      await put(folder, fileTar(name, content, header), signal)
    } catch (fault) {
      if (
        old !== undefined &&
        isEngineError(fault, 'lost', 'cancelled', 'timeout', 'unreachable', 'internal')
      )
        await putBack(path, () => fileTar(name, old, header), old)
      throw fault
    }
  }

  /** Puts the old content back until it stays: the engine may still be unpacking the half that it got. */
  async function putBack(path: string, archive: () => AsyncIterable<Uint8Array>, old: Buffer): Promise<void> {
    const { signal } = new AbortController()
    let seen = 0
    for (let round = 0; round < putBackRounds && seen < 2; round++) {
      try {
        if (seen === 0) await files.putArchive(container, parentOf(path), archive(), signal)
        await new Promise((passed) => setTimeout(passed, putBackPauseMs))
        const now = await firstEntry(files.getArchive(container, path, signal), old.length + 1)
        seen = now?.header.size === old.length && now.content.equals(old) ? seen + 1 : 0
      } catch {
        seen = 0
      }
    }
  }

  async function change(
    path: string,
    script: string,
    args: readonly string[],
    signal?: AbortSignal,
  ): Promise<boolean> {
    cache.indexed = undefined
    const result = (await run(script, args, signal)) ?? (await elsewhere?.(script, args, signal))
    if (result !== undefined && result.exitCode !== 0) throw complaint(result, plain(path, 200))
    return result !== undefined
  }

  const canRun = async (signal?: AbortSignal): Promise<boolean> => {
    const told = (await run(probeScript, [], signal)) ?? (await elsewhere?.(probeScript, [], signal))
    return told?.exitCode === 0
  }

  const needsShell = (what: string): EngineError =>
    elsewhere !== undefined
      ? noShellForVolume(what)
      : new EngineError('denied', t('{0} needs a running container with a shell.', what), {
          nextStep: t('Start the container; engines cannot do this by themselves.'),
        })

  return {
    async list(folder, signal) {
      // A program of the container follows links by itself: no other call is needed where one can be run.
      if (root === '/') {
        const word = randomBytes(9).toString('hex')
        const told = await run(listScript, [normalize(folder), word], signal)
        const entries = told === undefined ? undefined : parseListing(decodeName(told.stdout), word)
        if (entries !== undefined) return entries
      }
      return listIndexed(await needFolder(folder, signal), signal)
    },

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

    async write(path, content, { create, overwrite }, signal) {
      const found = await find(path, signal)
      if (found?.stat.type === 'directory')
        throw new EngineError('conflict', t('{0} is a folder.', plain(path, 200)))
      if (found !== undefined && found.stat.type !== 'file')
        throw new EngineError('denied', t('{0} is not a file.', plain(path, 200)))
      if (found === undefined && !create) throw notThere(path)
      if (found !== undefined && create && !overwrite) throw inTheWay(path)
      const real = found?.real ?? (await place(path, signal))
      const folder = parentOf(real)
      const beside = childOf(folder, `.quayside-${randomBytes(6).toString('hex')}`)
      cache.indexed = undefined
      const result = await run(writeScript, [real, beside, folder, String(content.length)], signal, content)
      if (result === undefined)
        return writeByArchive(real, content, found?.stat.mode, signal ?? new AbortController().signal)
      if (result.exitCode !== 0) throw complaint(result, plain(path, 200))
    },

    async createFolder(path, signal) {
      const real = await place(path, signal)
      if ((await lstat(real, signal)) !== undefined) throw inTheWay(path)
      const folder = parentOf(real)
      if (await change(path, createFolderScript, [real, folder], signal)) return
      await put(
        folder,
        folderTar(nameOf(real), await ownerAt(folder, 0o755, signal)),
        signal ?? new AbortController().signal,
      )
    },

    async rename(from, to, { overwrite }, signal) {
      const [source, target] = [await place(from, signal), await place(to, signal)]
      if ((await lstat(source, signal)) === undefined) throw notThere(from)
      if (!(await change(to, renameScript, [source, target, overwrite ? 'o' : ''], signal)))
        throw needsShell(t('Renaming'))
    },

    async remove(path, { recursive }, signal) {
      if (normalize(path) === '/') throw new EngineError('denied', t('The root folder stays.'))
      const real = await place(path, signal)
      if ((await lstat(real, signal)) === undefined) throw notThere(path)
      if (!(await change(path, removeScript, [real, recursive ? 'r' : ''], signal)))
        throw needsShell(t('Deleting'))
    },

    async *archive(path, signal) {
      const { real } = await need(path, signal)
      // The root itself has no name of its own in its archive.
      yield* files.getArchive(container, real === root && root !== '/' ? `${root}/.` : real, signal)
    },

    async unpack(folder, archive, signal) {
      await put(await needFolder(folder, signal), archive, signal)
    },

    async unpackWhole(folder, names, archive, signal) {
      const real = await needFolder(folder, signal)
      if (!(await canRun(signal))) return put(real, archive(''), signal)
      const within = `.quayside-${randomBytes(6).toString('hex')}`
      const aside = childOf(real, within)
      try {
        await put(real, archive(within), signal)
        if (!(await change(folder, settleScript, [aside, real, ...names], signal)))
          throw needsShell(t('Uploading'))
      } catch (fault) {
        await change(folder, removeScript, [aside, 'r']).catch(() => undefined)
        throw fault
      }
    },

    owner,

    forget() {
      cache.indexed = undefined
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
