import { t } from '../../shared/l10n.ts'
import type { Engine } from '../engine.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { FrameDecoder } from '../frames.ts'
import type { ScriptResult } from './program.ts'
import { removeStandIn, standInBody } from './stand-in.ts'
import type { Place } from './place.ts'

/** The smallest images first; one of so many has a shell, or none is looked for further. */
const mostTried = 6
const outputLimit = 64 * 1024

const shells = new WeakMap<Engine, string>()

/**
 * Runs a fixed script on a volume in a container that lives for it alone: without network, as root, from an image that is there.
 * What a container that was never started cannot do, this can: rename and delete. Undefined where no image has a shell.
 */
export async function runBriefly(
  engine: Engine,
  volume: Place,
  script: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<ScriptResult | undefined> {
  const known = shells.get(engine)
  const images = [...(await engine.images.list(signal))].sort((a, b) => a.size - b.size).slice(0, mostTried)
  const ids = images.map(({ id }) => id)
  for (const image of known !== undefined && ids.includes(known) ? [known] : ids) {
    const result = await runIn(engine, image, volume, script, args, signal)
    if (result === undefined) continue
    shells.set(engine, image)
    return result
  }
  return undefined
}

async function runIn(
  engine: Engine,
  image: string,
  volume: Place,
  script: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ScriptResult | undefined> {
  const { id } = await engine.containers.create(
    undefined,
    {
      ...standInBody(image, volume),
      Entrypoint: ['sh', '-c', script, 'sh', ...args],
      User: '0',
      WorkingDir: '/',
    },
    undefined,
    signal,
  )
  try {
    try {
      await engine.containers.start(id, signal)
    } catch (fault) {
      // No such program: engines say it in several ways.
      if (isEngineError(fault, 'cancelled', 'unreachable', 'lost', 'timeout')) throw fault
      return undefined
    }
    const { exitCode } = await engine.containers.wait(
      id,
      'not-running',
      signal ?? new AbortController().signal,
    )
    if (exitCode === 126 || exitCode === 127) return undefined
    return { exitCode, ...(await outputOf(engine, id, signal)) }
  } finally {
    await removeStandIn(engine, id)
  }
}

async function outputOf(
  engine: Engine,
  id: string,
  signal = new AbortController().signal,
): Promise<Pick<ScriptResult, 'stdout' | 'stderr'>> {
  const out: Buffer[] = []
  const err: Buffer[] = []
  const decoder = new FrameDecoder()
  let length = 0
  const options = { follow: false, stdout: true, stderr: true, timestamps: false }
  for await (const chunk of engine.streams.logs(id, options, signal))
    for (const { stream, data } of decoder.push(chunk))
      if ((length += data.length) <= outputLimit) (stream === 'stdout' ? out : err).push(data)
  return { stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString('utf8').trim() }
}

export const noShellForVolume = (what: string): EngineError =>
  new EngineError(
    'denied',
    t('{0} in a volume needs an image with a shell on this engine, and there is none.', what),
    {
      nextStep: t('Pull any image with a shell first, busybox for one.'),
    },
  )
