import { hostname } from 'node:os'
import { t } from '../../shared/l10n.ts'
import type { Engine, Raw } from '../engine.ts'
import { EngineError } from '../errors.ts'
import { standInLabel, type Place } from './place.ts'

/** Where a volume is in its stand-in: a folder that no image has, since an image's files would be copied into an empty volume. */
export const volumeRoot = '/quayside-volume'

const ours = (): string => `${hostname()}:${process.pid}`
const abandonedAfterMs = 24 * 60 * 60 * 1000

/** Makes a container that is never started, through which the files of a volume or an image can be reached. Nothing is pulled. */
export async function createStandIn(
  engine: Engine,
  place: Exclude<Place, { readonly kind: 'container' }>,
  signal?: AbortSignal,
): Promise<string> {
  const image = place.kind === 'image' ? place.id : await anyImage(engine, signal)
  const body = { ...standInBody(image, place), Entrypoint: ['/quayside-never-started'] }
  return (await engine.containers.create(undefined, body, undefined, signal)).id
}

/** A container without network that shows a volume or is an image, with our label. */
export const standInBody = (image: string, place: Place): Raw => ({
  Image: image,
  Cmd: [],
  Labels: { [standInLabel]: ours() },
  NetworkDisabled: true,
  HostConfig: {
    NetworkMode: 'none',
    ...(place.kind === 'volume'
      ? {
          Mounts: [{ Type: 'volume', Source: place.id, Target: volumeRoot, VolumeOptions: { NoCopy: true } }],
        }
      : {}),
  },
})

/** Removes a stand-in with the anonymous volumes that its image asks for; the volume it shows stays. */
export const removeStandIn = (engine: Engine, id: string): Promise<void> =>
  engine.containers.remove(id, { force: true, volumes: true })

async function anyImage(engine: Engine, signal?: AbortSignal): Promise<string> {
  const images = await engine.images.list(signal)
  const smallest = [...images].sort((a, b) => a.size - b.size)[0]
  if (smallest !== undefined) return smallest.id
  throw new EngineError('notFound', t('Files of a volume are reached through an image, and there is none.'), {
    nextStep: t('Pull any image first; the smallest one will do.'),
  })
}

/** Removes stand-ins that were left behind: by processes of this machine that are gone, by others after a day of the engine's clock. */
export async function sweepStandIns(engine: Engine, signal?: AbortSignal): Promise<void> {
  const idle = (await engine.containers.list({}, signal)).flatMap(({ id, labels, state, created }) => {
    const owner = labels[standInLabel]
    if (owner === undefined || state === 'running') return []
    const at = owner.lastIndexOf(':')
    return [{ id, created, isOurs: owner.slice(0, at) === hostname(), pid: Number(owner.slice(at + 1)) }]
  })
  const now = idle.some(({ isOurs }) => !isOurs) ? await engine.system.time(signal) : undefined
  const left = idle.filter(({ created, isOurs, pid }) =>
    isOurs ? !isAlive(pid) : now !== undefined && now - created > abandonedAfterMs,
  )
  await Promise.all(left.map(({ id }) => removeStandIn(engine, id)))
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM'
  }
}
