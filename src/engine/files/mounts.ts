import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Engine, Raw } from '../engine.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { childOf, nameOf, parentOf, within } from './file-path.ts'

const object = (raw: Raw, key: string): Raw => {
  const value = raw[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {}
}

const isBelow = (folder: string, root: string): boolean =>
  folder === root || folder.startsWith(root.endsWith('/') ? root : `${root}/`)

/**
 * An engine takes an archive for a folder that a running container has covered with a mount of its own memory, and the program
 * never sees it; read-only mounts are written by some. Both are refused.
 */
export async function refuseHidden(
  engine: Engine,
  container: string,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const raw = await engine.containers.inspect(container, signal)
  const mounts = Array.isArray(raw['Mounts']) ? (raw['Mounts'] as readonly Raw[]) : []
  const host = object(raw, 'HostConfig')
  const shown = plain(folder, 200)
  const holding = mounts
    .filter(({ Destination }) => typeof Destination === 'string' && isBelow(folder, Destination))
    .sort((a, b) => String(b['Destination']).length - String(a['Destination']).length)[0]
  const inMemory =
    holding?.['Type'] === 'tmpfs' || Object.keys(object(host, 'Tmpfs')).some((path) => isBelow(folder, path))
  if (object(raw, 'State')['Running'] === true && (inMemory || /^\/(proc|sys|dev)(\/|$)/.test(folder)))
    throw new EngineError(
      'denied',
      t('{0} is in the memory of the running container: engines cannot put files there.', shown),
    )
  if (holding?.['RW'] === false) throw new EngineError('denied', t('{0} is mounted read-only.', shown))
  if (holding === undefined && host['ReadonlyRootfs'] === true)
    throw new EngineError('denied', t('{0} is on a read-only file system.', shown))
}

/** Whether something is mounted at one of these paths or below it, whatever links lead there. */
export async function isMountedBelow(
  engine: Engine,
  container: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<boolean> {
  const points = mountPoints(await engine.containers.inspect(container, signal))
  if (points.length === 0) return false
  const isAny = (mounted: readonly string[], asked: readonly string[]): boolean =>
    mounted.some((point) => asked.some((path) => isBelow(point, path)))
  if (isAny(points, paths)) return true
  const real = (some: readonly string[]): Promise<readonly string[]> =>
    Promise.all(some.map((path) => withoutLinks(engine, container, path, signal)))
  const folders = [...new Set(paths.map(parentOf))]
  const [realPoints, realFolders] = await Promise.all([real(points), real(folders)])
  const folderOf = new Map(folders.map((folder, index) => [folder, realFolders[index]!]))
  return isAny(
    realPoints,
    paths.map((path) => childOf(folderOf.get(parentOf(path))!, nameOf(path))),
  )
}

/** The path with its links followed as far as it is there: `/var/run/app` is `/run/app` in most images. */
async function withoutLinks(
  engine: Engine,
  container: string,
  path: string,
  signal?: AbortSignal,
): Promise<string> {
  let at = '/'
  for (const part of path.split('/').filter(Boolean)) {
    const next = childOf(at, part)
    try {
      const { type, linkTarget } = await engine.files.stat(container, next, signal)
      at = type === 'symlink' && linkTarget !== '' ? within(at, linkTarget) : next
    } catch (fault) {
      // Not there, or where no archive reaches. Without an answer nothing is to be removed on a guess.
      if (!isEngineError(fault) || isEngineError(fault, 'cancelled', 'lost', 'unreachable', 'timeout'))
        throw fault
      at = next
    }
  }
  return at
}

/** What is removed with a folder would be what is mounted in it too: a volume, a folder of the host. */
export async function refuseMounted(
  engine: Engine,
  container: string,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  if (await isMountedBelow(engine, container, [path], signal))
    throw new EngineError('denied', t('{0} holds a mount, whose files would go too.', plain(path, 200)), {
      nextStep: t('Delete what is in it one by one.'),
    })
}

const mountPoints = (raw: Raw): readonly string[] => [
  ...(Array.isArray(raw['Mounts']) ? (raw['Mounts'] as readonly Raw[]) : []).flatMap(({ Destination }) =>
    typeof Destination === 'string' ? [Destination] : [],
  ),
  ...Object.keys(object(object(raw, 'HostConfig'), 'Tmpfs')),
]

/** What engines say when they cannot put an archive somewhere, in words for the user. */
export function archiveRefusal(fault: unknown, path: string): unknown {
  if (!(fault instanceof EngineError)) return fault
  const shown = plain(path, 200)
  const as = (code: EngineError['code'], message: string): EngineError =>
    new EngineError(code, message, {
      cause: fault,
      ...(fault.status === undefined ? {} : { status: fault.status }),
      ...(fault.nextStep === undefined ? {} : { nextStep: fault.nextStep }),
    })
  if (/read-only|readonly/i.test(fault.message))
    return as('denied', t('{0} is on a read-only file system.', shown))
  if (/no space left|quota exceeded/i.test(fault.message))
    return new EngineError('internal', t('There is no space left for {0}.', shown), {
      cause: fault,
      nextStep: t('Free space: remove unused images, volumes and build cache.'),
    })
  if (/resource busy|device busy|permission denied|not permitted/i.test(fault.message))
    return as('denied', t('The engine refuses to change {0}: {1}', shown, plain(fault.message, 200)))
  if (/cannot overwrite (non-)?directory|file exists|not a directory|is a directory/i.test(fault.message))
    return as('conflict', t('A folder and a file of the same name are in each other’s way in {0}.', shown))
  return fault
}
