import { spawn } from 'node:child_process'
import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'
import { Secret } from '../secret.ts'

/** What a credential helper keeps for a registry. */
export interface HelperEntry {
  readonly username: string
  readonly secret: Secret
}

export interface HelperOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds until it is given up. */
  readonly limit: number
}

const largestAnswer = 1024 * 1024
const helperName = /^[A-Za-z0-9_][\w.-]*$/

/**
 * Runs `docker-credential-NAME get|store|erase|list` (docker-credential-helpers' protocol): what it is about goes to its standard
 * input, never onto a command line. Undefined where it keeps nothing for that registry. Rejects with `denied` for anything else.
 */
async function run(
  name: string,
  verb: 'get' | 'store' | 'erase' | 'list',
  input: string,
  { env, limit }: HelperOptions,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (!helperName.test(name)) throw failure(name, t('its name is not allowed'))
  return new Promise((resolve, reject) => {
    const child = spawn(`docker-credential-${name}`, [verb], {
      env,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: limit,
      killSignal: 'SIGKILL',
      ...(signal === undefined ? {} : { signal }),
    })
    const parts: Buffer[] = []
    let size = 0
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size > largestAnswer) child.kill('SIGKILL')
      else parts.push(part)
    })
    child.on('error', (fault) =>
      reject(
        signal?.aborted === true
          ? new EngineError('cancelled', t('Cancelled.'))
          : failure(name, fault.message),
      ),
    )
    child.on('exit', (_, killed) => {
      // What it started itself may hold its output open long after it was ended.
      if (killed !== null) child.stdout.destroy()
    })
    child.on('close', (code, killed) => {
      const text = Buffer.concat(parts).toString('utf8')
      if (code === 0) resolve(text)
      // Helpers say so in words and end with 1; the words are those of the protocol's library.
      else if (/credentials not found/i.test(text)) resolve(undefined)
      else
        reject(
          failure(
            name,
            killed !== null ? t('it gave no answer in time') : t('it ended with exit code {0}', code ?? -1),
          ),
        )
    })
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

function failure(name: string, why: string): EngineError {
  return new EngineError('denied', t('The credential helper docker-credential-{0} failed: {1}.', name, why), {
    nextStep: t('Check credsStore and credHelpers in the configuration of the docker CLI, or log in again.'),
  })
}

export async function getFromHelper(
  name: string,
  registry: string,
  options: HelperOptions,
  signal?: AbortSignal,
): Promise<HelperEntry | undefined> {
  const text = await run(name, 'get', registry, options, signal)
  if (text === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw failure(name, t('its answer is no JSON'))
  }
  const { Username: username, Secret: secret } = value as Record<string, unknown>
  if (typeof username !== 'string' || typeof secret !== 'string')
    throw failure(name, t('its answer has no user and secret'))
  return username === '' && secret === '' ? undefined : { username, secret: new Secret(secret) }
}

export async function storeInHelper(
  name: string,
  registry: string,
  { username, secret }: HelperEntry,
  options: HelperOptions,
): Promise<void> {
  await run(
    name,
    'store',
    JSON.stringify({ ServerURL: registry, Username: username, Secret: secret.reveal() }),
    options,
  )
}

export async function eraseFromHelper(name: string, registry: string, options: HelperOptions): Promise<void> {
  await run(name, 'erase', registry, options)
}

/** The registries that a helper keeps something for; none where it cannot tell. */
export async function listOfHelper(name: string, options: HelperOptions): Promise<readonly string[]> {
  const text = await run(name, 'list', '', options).catch(() => undefined)
  if (text === undefined) return []
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? Object.keys(value) : []
  } catch {
    return []
  }
}
