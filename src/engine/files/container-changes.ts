import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { withAside } from './aside.ts'
import { noShellForVolume } from './brief.ts'
import { childOf, isWithin, nameOf, normalize, parentOf } from './file-path.ts'
import type { FileEntry, Files } from './files.ts'
import { folderTar } from './file-tar.ts'
import { refuseMounted } from './mounts.ts'
import { complaint } from './program.ts'
import type { Reach } from './reach.ts'
import { createFolderScript, removeScript, renameScript, writeScript } from './scripts.ts'

/** Writes, makes, renames and deletes in one container, by a program of it or by archives; `listAll` tells whether a folder is empty. */
export function containerChanges(
  reach: Reach,
  listAll: Files['list'],
): Pick<Files, 'createFolder' | 'remove' | 'rename' | 'write'> {
  const { archives, change, changing, container, engine, find, kind, lstat, neverRuns, notThere } = reach
  const { ownerAt, place, run } = reach
  const always = new AbortController().signal

  const inTheWay = (path: string): EngineError =>
    new EngineError('conflict', t('{0} is there already.', plain(path, 200)))

  const leadsNowhere = (path: string): EngineError =>
    new EngineError('denied', t('{0} is a link that leads nowhere.', plain(path, 200)), {
      nextStep: t('Delete the link, or make what it leads to.'),
    })

  /** `fault` is what the engine said when it was to do it by itself. */
  const needsShell = (what: string, next: string, fault: unknown): EngineError => {
    const { code, message, nextStep } = neverRuns
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

  return {
    write: (path, content, { create, overwrite }, signal) =>
      changing(async () => {
        const found = await find(path, signal)
        if (found?.stat.type === 'directory')
          throw new EngineError('conflict', t('{0} is a folder.', plain(path, 200)))
        if (found !== undefined && create && !overwrite) throw inTheWay(path)
        // A file would take the place of the link.
        if (found?.stat.type === 'symlink') throw leadsNowhere(path)
        if (found !== undefined && found.stat.type !== 'file')
          throw new EngineError('denied', t('{0} is not a file.', plain(path, 200)))
        if (found === undefined && !create) throw notThere(path)
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
        refuseIntoItself(normalize(from), normalize(to))
        const [source, target] = [await place(from, signal), await place(to, signal)]
        const there = await lstat(source, signal)
        if (there === undefined) throw notThere(from)
        // A link to itself is what removes a file.
        if (source === target) return
        refuseIntoItself(source, target)
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
        if (there.type === 'directory' && !recursive && (await listAll(path, signal)).length > 0)
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
  }
}

/** Paths are normalized. */
export function refuseIntoItself(source: string, target: string): void {
  if (source === target || !isWithin(target, source)) return
  throw new EngineError('conflict', t('{0} cannot be moved into itself.', plain(source, 200)))
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
