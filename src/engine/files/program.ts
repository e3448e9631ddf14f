import { randomBytes } from 'node:crypto'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Engine } from '../engine.ts'
import { EngineError, type EngineErrorCode } from '../errors.ts'
import { FrameDecoder } from '../frames.ts'
import { causeOf } from './cause.ts'
import { escapedName, hasRawBytes } from './raw-name.ts'
import type { Place } from './place.ts'
import { exitCodeOf } from '../terminal/run.ts'

/** A script that ran to its end in a container. */
export interface ScriptResult {
  readonly exitCode: number
  readonly stdout: Buffer
  readonly stderr: string
}

const outputLimit = 64 * 1024 * 1024

/**
 * Runs a fixed script with `sh`, as root, since that is who reads and writes archives too. Whatever comes from outside is an
 * argument, never part of the script. Undefined where nothing can be run: stopped, paused, or without a shell.
 */
export async function runScript(
  engine: Engine,
  container: string,
  script: string,
  args: readonly string[],
  input: Uint8Array | undefined,
  signal?: AbortSignal,
): Promise<ScriptResult | undefined> {
  // Said first, so that an engine's complaint about a missing shell is told apart from the script's own output.
  const began = randomBytes(9).toString('hex')
  const started = await begin(engine, container, began, script, args, input !== undefined, signal)
  if (started === undefined) return undefined
  const { id, stream } = started
  try {
    const writing = input === undefined ? undefined : send(stream, input)
    writing?.catch(() => undefined)
    const out: Buffer[] = []
    const err: Buffer[] = []
    let length = 0
    const decoder = new FrameDecoder()
    for await (const chunk of stream.output)
      for (const frame of decoder.push(chunk)) {
        length += frame.data.length
        if (length > outputLimit)
          throw new EngineError('unsupported', t('This folder has too many files to be shown.'))
        if (frame.stream === 'stdout') out.push(frame.data)
        else err.push(frame.data)
      }
    const stdout = Buffer.concat(out)
    if (!stdout.subarray(0, began.length).equals(Buffer.from(began))) return undefined
    await writing
    return {
      exitCode: await exitCodeOf(engine, id, signal),
      stdout: stdout.subarray(began.length),
      stderr: Buffer.concat(err).toString('utf8').trim(),
    }
  } finally {
    stream.destroy()
  }
}

async function begin(
  engine: Engine,
  container: string,
  began: string,
  script: string,
  args: readonly string[],
  stdin: boolean,
  signal: AbortSignal | undefined,
): Promise<Awaited<ReturnType<Engine['streams']['exec']>> | undefined> {
  const raw = args.some(hasRawBytes)
  try {
    return await engine.streams.exec(
      container,
      {
        command: [
          'sh',
          '-c',
          `printf %s ${began}\n${raw ? unescapeArguments : ''}${script}`,
          'sh',
          ...(raw ? args.map(escapedName) : args),
        ],
        tty: false,
        stdin,
        user: '0',
        workingDir: '/',
      },
      signal,
    )
  } catch (fault) {
    if (fault instanceof EngineError && refusedCodes.has(fault.code)) return undefined
    throw fault
  }
}

/** The dot keeps a newline at the end. */
const unescapeArguments = 'for a; do shift; a=$(printf "%b." "$a"); set -- "$@" "${a%.}"; done\n'

const refusedCodes: ReadonlySet<EngineErrorCode> = new Set([
  'conflict',
  'internal',
  'invalid',
  'notFound',
  'unsupported',
])

async function send(
  stream: Awaited<ReturnType<Engine['streams']['exec']>>['stream'],
  input: Uint8Array,
): Promise<void> {
  const piece = 64 * 1024
  for (let at = 0; at < input.length; at += piece) await stream.write(input.subarray(at, at + piece))
  stream.endInput()
}

/** That nothing stands at a path of a container, a volume or an image. */
export function absent(path: string, kind: Place['kind']): EngineError {
  switch (kind) {
    case 'container':
      return new EngineError('notFound', t('There is no {0} in the container.', path))
    case 'volume':
      return new EngineError('notFound', t('There is no {0} in the volume.', path))
    case 'image':
      return new EngineError('notFound', t('There is no {0} in the image.', path))
  }
}

/** What a program complained of that changes files of a place, as one error in words for the user. */
export function complaint(
  { exitCode, stderr }: ScriptResult,
  path: string,
  kind: Place['kind'],
): EngineError {
  const line = plain(stderr.split('\n').at(-1) ?? '', 200)
  switch (causeOf(stderr)) {
    case 'absent':
      return absent(path, kind)
    case 'readOnly':
      return new EngineError(
        'denied',
        t('{0} is on a read-only file system.', path),
        kind === 'container'
          ? { nextStep: t('Mount it writable, or run the container without --read-only.') }
          : {},
      )
    case 'denied':
      return new EngineError(
        'denied',
        kind === 'container'
          ? t('The container refuses to change {0}: {1}', path, line)
          : t('{0} could not be changed: {1}', path, line),
      )
    case 'notEmpty':
      return new EngineError('conflict', t('The folder {0} is not empty.', path))
    case 'inEachOthersWay':
      return new EngineError(
        'conflict',
        t('A folder and a file of the same name are in each other’s way in {0}.', path),
      )
    case 'inTheWay':
      return new EngineError('conflict', t('{0} is in the way.', path))
    case 'noSpace':
      return new EngineError('internal', t('There is no space left for {0}.', path), {
        nextStep: t('Free space: remove unused images, volumes and build cache.'),
      })
    case undefined:
      return new EngineError(
        'internal',
        t('{0} could not be changed: {1}', path, line || t('exit code {0}', exitCode)),
      )
  }
}
