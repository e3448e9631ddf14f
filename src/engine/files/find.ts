import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Engine, PathStat } from '../engine.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { childOf, nameOf, normalize, parentOf, within } from './file-path.ts'
import { typeOfMode } from './listing.ts'
import type { Place } from './place.ts'
import { absent, runScript } from './program.ts'
import { statScript } from './scripts.ts'
import { entryIn } from './tar-index.ts'

const mostLinks = 40

/** What stands at a path after links: `real` is where. A link is one that leads nowhere, or in a circle. */
export interface Found {
  readonly real: string
  readonly stat: PathStat
}

/** Looks for paths in one container, following links inside its root; below `root` only, where that is another. */
export interface Finder {
  /** The path in the container of one that counts from the root; `invalid` where it cannot be one. */
  at(path: string): string
  /** What stands there itself, links not followed; undefined when there is nothing. */
  lstat(at: string, signal?: AbortSignal): Promise<PathStat | undefined>
  /** Undefined where there is nothing. */
  find(path: string, signal?: AbortSignal): Promise<Found | undefined>
  /** The same of what must be there, at a link's end too. */
  need(path: string, signal?: AbortSignal): Promise<Found>
  needFolder(path: string, signal?: AbortSignal): Promise<string>
  /** That there is nothing. */
  notThere(path: string): EngineError
  /** Where a name that may not be there yet is meant: its folder's links are followed, the name is kept. */
  place(path: string, signal?: AbortSignal): Promise<string>
}

/** Programs and archives would take a name with a NUL for the one that ends there: another file. */
function checked(path: string): string {
  if (!path.includes('\0')) return normalize(path)
  throw new EngineError('invalid', t('{0} is no name for a file.', plain(path, 200)))
}

/** That an engine did not get to the end of the links of a path. */
export const isUnresolved = (fault: unknown): boolean =>
  isEngineError(fault) && (fault.status === 404 || fault.status === 500)

export function finder(engine: Engine, container: string, root: string, kind: Place['kind']): Finder {
  const notThere = (path: string): EngineError => absent(plain(path, 200), kind)
  const rooted = root !== '/'
  const isInside = (at: string): boolean => !rooted || at === root || at.startsWith(`${root}/`)

  async function lstat(at: string, signal?: AbortSignal): Promise<PathStat | undefined> {
    let isLoop = false
    try {
      return await engine.files.stat(container, at, signal)
    } catch (fault) {
      // A loop of links is answered by 500 without a word.
      isLoop = isEngineError(fault) && fault.status === 500
      if (!isLoop && !isEngineError(fault, 'notFound')) throw fault
    }
    // What programs have mounted for themselves (tmpfs, /proc) is not in any archive.
    const told = await runScript(engine, container, statScript, [at], undefined, signal)
    if (told === undefined) {
      await engine.containers.inspect(container, signal)
      return isLoop ? inItsFolder(at, signal) : undefined
    }
    const [mode, size, mtime] = told.stdout.toString().trim().split(' ')
    if (told.exitCode !== 0 || mode === undefined) return undefined
    const bits = parseInt(mode, 16)
    return {
      name: nameOf(at),
      type: typeOfMode(bits),
      mode: bits & 0o7777,
      size: Number(size),
      mtime: Number(mtime) * 1000,
      linkTarget: '',
    }
  }

  /** As the archive of its folder tells it, where that has it. */
  async function inItsFolder(
    at: string,
    signal = new AbortController().signal,
  ): Promise<PathStat | undefined> {
    try {
      const archive = engine.files.getArchive(container, parentOf(at), signal)
      const entry = await entryIn(archive, nameOf(at))
      return entry === undefined ? undefined : { ...entry, linkTarget: '' }
    } catch (fault) {
      if (isUnresolved(fault)) return undefined
      throw fault
    }
  }

  /** Follows the last part of a path only: engines resolve the others inside the container by themselves. */
  async function follow(path: string, signal?: AbortSignal): Promise<Found | undefined> {
    let link: Found | undefined
    let at = path
    for (let hops = 0; hops < mostLinks; hops++) {
      const stat = await lstat(at, signal)
      if (stat === undefined) return link
      const found = { real: at, stat }
      if (stat.type !== 'symlink') return found
      link ??= found
      const next = within(parentOf(at), stat.linkTarget)
      if (stat.linkTarget === '' || next === at || !isInside(next)) return link
      at = next
    }
    return link
  }

  async function find(path: string, signal?: AbortSignal): Promise<Found | undefined> {
    const at = finding.at(path)
    if (!rooted) return follow(at, signal)
    // Part by part, so that no link on the way leads out of the root.
    let found = await follow(root, signal)
    for (const name of at
      .slice(root.length + 1)
      .split('/')
      .filter(Boolean)) {
      // Engines would follow a link that leads out of the root.
      if (found === undefined || found.stat.type === 'symlink') return undefined
      found = await follow(childOf(found.real, name), signal)
    }
    return found
  }

  const finding: Finder = {
    at(path) {
      const plainPath = checked(path)
      if (!rooted) return plainPath
      return plainPath === '/' ? root : `${root}${plainPath}`
    },
    lstat,
    find,
    notThere,
    async need(path, signal) {
      const found = await find(path, signal)
      if (found === undefined || found.stat.type === 'symlink') throw notThere(path)
      return found
    },
    async needFolder(path, signal) {
      const { real, stat } = await finding.need(path, signal)
      if (stat.type !== 'directory')
        throw new EngineError('conflict', t('{0} is not a folder.', plain(path, 200)))
      return real
    },
    async place(path, signal) {
      const to = checked(path)
      return to === '/' ? finding.at(to) : childOf(await finding.needFolder(parentOf(to), signal), nameOf(to))
    },
  }
  return finding
}
