import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Engine, Raw } from '../engine.ts'
import { EngineError } from '../errors.ts'

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

/** Whether something is mounted at one of these paths or below it. */
export async function isMountedBelow(
  engine: Engine,
  container: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<boolean> {
  const mounted = mountPoints(await engine.containers.inspect(container, signal))
  return mounted.some((point) => paths.some((path) => isBelow(point, path)))
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
