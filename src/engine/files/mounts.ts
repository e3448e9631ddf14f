import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Engine, Raw } from '../engine.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { causeOf, isMeanwhile } from './cause.ts'
import { childOf, nameOf, normalize, parentOf, within } from './file-path.ts'

const object = (raw: Raw, key: string): Raw => {
  const value = raw[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {}
}

const isBelow = (folder: string, root: string): boolean =>
  folder === root || folder.startsWith(root.endsWith('/') ? root : `${root}/`)

interface Mount {
  /** Normalized: engines keep a destination as it was written. */
  readonly path: string
  /** In the memory of the container while it runs. */
  readonly inMemory: boolean
  readonly readOnly: boolean
}

/** Kernels mount these in whatever runs. */
const ofKernel = ['/proc', '/sys', '/dev'].map((path): Mount => ({ path, inMemory: true, readOnly: false }))

/** What the user mounted. */
const mountsOf = (raw: Raw): readonly Mount[] => [
  ...Object.keys(object(object(raw, 'HostConfig'), 'Tmpfs')).map((path) => ({
    path: normalize(path),
    inMemory: true,
    readOnly: false,
  })),
  ...(Array.isArray(raw['Mounts']) ? (raw['Mounts'] as readonly Raw[]) : []).flatMap(
    ({ Destination, Type, RW }) =>
      typeof Destination === 'string'
        ? [{ path: normalize(Destination), inMemory: Type === 'tmpfs', readOnly: RW === false }]
        : [],
  ),
]

/** What the engine mounts by itself, once a container has run: `/etc/hosts` and its like. */
const mountsOfEngine = (raw: Raw): readonly string[] =>
  (
    [
      ['HostsPath', '/etc/hosts'],
      ['HostnamePath', '/etc/hostname'],
      ['ResolvConfPath', '/etc/resolv.conf'],
    ] as const
  ).flatMap(([key, path]) => (typeof raw[key] === 'string' && raw[key] !== '' ? [path] : []))

/**
 * An engine takes an archive for a folder that a running container has covered with a mount of its own memory, and the program
 * never sees it; read-only mounts are written by some. Both are refused. Of mounts in each other the innermost holds the folder.
 */
export async function refuseHidden(
  engine: Engine,
  container: string,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const raw = await engine.containers.inspect(container, signal)
  const running = object(raw, 'State')['Running'] === true
  const path = normalize(folder)
  const holding = [...(running ? ofKernel : []), ...mountsOf(raw)]
    .filter((mount) => isBelow(path, mount.path))
    .reduce<Mount | undefined>(
      (inner, mount) => (inner === undefined || mount.path.length >= inner.path.length ? mount : inner),
      undefined,
    )
  const shown = plain(folder, 200)
  if (running && holding?.inMemory === true)
    throw new EngineError(
      'denied',
      t('{0} is in the memory of the running container: engines cannot put files there.', shown),
    )
  if (holding?.readOnly === true) throw new EngineError('denied', t('{0} is mounted read-only.', shown))
  const onRoot = holding === undefined || holding.inMemory
  if (onRoot && object(raw, 'HostConfig')['ReadonlyRootfs'] === true)
    throw new EngineError('denied', t('{0} is on a read-only file system.', shown))
}

/** Whether something is mounted at one of these paths or below it, whatever links lead there. */
export async function isMountedBelow(
  engine: Engine,
  container: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<boolean> {
  const points = mountsOf(await engine.containers.inspect(container, signal)).map(({ path }) => path)
  return (await firstBelow(engine, container, points, paths, signal)) !== undefined
}

/** Podman puts what is for a mount beneath it, where no program will see it, while the container does not run. */
export async function refuseCovered(
  engine: Engine,
  container: string,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  if (engine.info?.product !== 'podman') return
  if (object(await engine.containers.inspect(container, signal), 'State')['Running'] === true) return
  throw new EngineError(
    'denied',
    t(
      'There is a mount below {0}, which Podman does not fill while the container is stopped.',
      plain(folder, 200),
    ),
    { nextStep: t('Start the container, or copy into the mount itself.') },
  )
}

/** The first of these mount points that is at one of the paths or below it. */
async function firstBelow(
  engine: Engine,
  container: string,
  points: readonly string[],
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (points.length === 0) return undefined
  const asked = paths.map(normalize)
  const plainly = points.find((point) => asked.some((path) => isBelow(point, path)))
  if (plainly !== undefined) return plainly
  const real = (some: readonly string[]): Promise<readonly string[]> =>
    Promise.all(some.map((path) => withoutLinks(engine, container, path, signal)))
  const folders = [...new Set(asked.map(parentOf))]
  const [realPoints, realFolders] = await Promise.all([real(points), real(folders)])
  const folderOf = new Map(folders.map((folder, index) => [folder, realFolders[index]!]))
  const realPaths = asked.map((path) => childOf(folderOf.get(parentOf(path))!, nameOf(path)))
  return points.find((_, index) => realPaths.some((path) => isBelow(realPoints[index]!, path)))
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

/**
 * What is removed with a folder would be what is mounted in it too: a volume, a folder of the host. What the engine has mounted
 * stays, and the folder with it, after all else in it has gone: that is said before.
 */
export async function refuseMounted(
  engine: Engine,
  container: string,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  const raw = await engine.containers.inspect(container, signal)
  const nextStep = t('Delete what is in it one by one.')
  const points = mountsOf(raw).map((mount) => mount.path)
  if ((await firstBelow(engine, container, points, [path], signal)) !== undefined)
    throw new EngineError('denied', t('{0} holds a mount, whose files would go too.', plain(path, 200)), {
      nextStep,
    })
  const stays = await firstBelow(engine, container, mountsOfEngine(raw), [path], signal)
  if (stays !== undefined)
    throw new EngineError('denied', t('{0} cannot be deleted: the engine has mounted it.', stays), {
      ...(normalize(path) === stays ? {} : { nextStep }),
    })
}

/** What engines say when they cannot put an archive somewhere, in words for the user. */
export function archiveRefusal(fault: unknown, path: string): unknown {
  // Without a status it is not what an engine says, but in words already.
  if (!(fault instanceof EngineError) || fault.status === undefined) return fault
  const shown = plain(path, 200)
  const as = (code: EngineError['code'], message: string): EngineError =>
    new EngineError(code, message, {
      cause: fault,
      ...(fault.status === undefined ? {} : { status: fault.status }),
      ...(fault.nextStep === undefined ? {} : { nextStep: fault.nextStep }),
    })
  if (isMeanwhile(fault.message))
    return new EngineError(
      'conflict',
      t('A program has changed files of {0} while others were put there.', shown),
      {
        cause: fault,
        status: fault.status,
        nextStep: t('Stop what writes there, then try again.'),
      },
    )
  switch (causeOf(fault.message)) {
    case 'readOnly':
      return as('denied', t('{0} is on a read-only file system.', shown))
    case 'noSpace':
      return new EngineError('internal', t('There is no space left for {0}.', shown), {
        cause: fault,
        nextStep: t('Free space: remove unused images, volumes and build cache.'),
      })
    case 'denied':
      return as('denied', t('The engine refuses to change {0}: {1}', shown, plain(fault.message, 200)))
    case 'inEachOthersWay':
    case 'inTheWay':
      return as('conflict', t('A folder and a file of the same name are in each other’s way in {0}.', shown))
    case 'absent':
    case 'notEmpty':
    case undefined:
      return fault
  }
}
