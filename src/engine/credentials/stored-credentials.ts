import { chmod, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { t } from '../../shared/l10n.ts'
import { configFolder, readConfig, type Surroundings } from '../config-files.ts'
import { EngineError } from '../errors.ts'
import type { RegistryAuth } from '../registry-auth.ts'
import { Secret } from '../secret.ts'
import { eraseFromHelper, getFromHelper, listOfHelper, storeInHelper, type HelperEntry } from './helper.ts'

const helperLimitMs = 30_000
const hub = 'https://index.docker.io/v1/'
/** What helpers give as the user when the secret is a token of the registry (docker/cli, `config/credentials`). */
const tokenUser = '<token>'

type Json = Readonly<Record<string, unknown>>
const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A registry as the CLI compares them: without scheme and path; Docker Hub has three names. */
export function hostOf(registry: string): string {
  const host = registry.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
  return ['docker.io', 'registry-1.docker.io', 'index.docker.io'].includes(host) ? 'index.docker.io' : host
}

/** The key under which the CLI keeps a registry. */
const keyOf = (registry: string): string => (hostOf(registry) === 'index.docker.io' ? hub : registry)

/**
 * The credentials of the docker CLI: `auths`, `credsStore` and `credHelpers` of its `config.json`, read anew each time. Nothing
 * of them is kept here, logged, or shown.
 */
export class StoredCredentials {
  readonly #around: Surroundings
  readonly #limit: number

  constructor(around: Surroundings, limit = helperLimitMs) {
    this.#around = around
    this.#limit = limit
  }

  async find(registry: string, signal?: AbortSignal): Promise<RegistryAuth | undefined> {
    const config = await readConfig(this.#around)
    const helper = helperFor(config, registry)
    if (helper !== undefined) {
      const entry = await getFromHelper(helper, keyOf(registry), this.#options, signal)
      return entry === undefined ? undefined : ofHelper(registry, entry)
    }
    const auths = Object.entries(object(config['auths']))
    const [key, entry] =
      auths.find(([name]) => name === keyOf(registry)) ??
      auths.find(([name]) => hostOf(name) === hostOf(registry)) ??
      []
    return key === undefined ? undefined : ofFile(key, object(entry))
  }

  async registries(): Promise<readonly string[]> {
    const config = await readConfig(this.#around)
    const store = text(config['credsStore'])
    const kept = store === '' ? [] : await listOfHelper(store, this.#options)
    return [
      ...new Set([
        ...Object.keys(object(config['auths'])),
        ...Object.keys(object(config['credHelpers'])),
        ...kept,
      ]),
    ].sort()
  }

  async store(auth: RegistryAuth): Promise<void> {
    const config = await readConfig(this.#around)
    const key = keyOf(auth.serverAddress)
    const helper = helperFor(config, auth.serverAddress)
    const auths = { ...object(config['auths']) }
    if (helper !== undefined) {
      const token = auth.identityToken
      const entry =
        token === undefined
          ? { username: auth.username ?? '', secret: auth.password ?? new Secret('') }
          : { username: tokenUser, secret: token }
      await storeInHelper(helper, key, entry, this.#options)
      // The CLI notes the registry there too, without secrets.
      auths[key] = {}
    } else if (auth.identityToken !== undefined)
      auths[key] = { auth: encoded(auth.username ?? '', ''), identitytoken: auth.identityToken.reveal() }
    else auths[key] = { auth: encoded(auth.username ?? '', auth.password?.reveal() ?? '') }
    await this.#write({ ...config, auths })
  }

  async erase(registry: string): Promise<void> {
    const config = await readConfig(this.#around)
    const helper = helperFor(config, registry)
    if (helper !== undefined) await eraseFromHelper(helper, keyOf(registry), this.#options)
    const auths = Object.fromEntries(
      Object.entries(object(config['auths'])).filter(([name]) => hostOf(name) !== hostOf(registry)),
    )
    await this.#write({ ...config, auths })
  }

  get #options() {
    return { env: this.#around.env, limit: this.#limit }
  }

  /** Replaces the file as a whole; only its owner can read it. */
  async #write(config: Json): Promise<void> {
    const folder = configFolder(this.#around)
    const path = join(folder, 'config.json')
    const fresh = `${path}.quayside-${process.pid}`
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(fresh, `${JSON.stringify(config, undefined, '\t')}\n`, { mode: 0o600, flag: 'wx' })
      await chmod(fresh, 0o600)
      await rename(fresh, path)
    } catch (fault) {
      throw new EngineError('denied', t('{0} cannot be written.', path), {
        nextStep: t('Check who owns the file and its folder.'),
        cause: fault,
      })
    }
  }
}

function helperFor(config: Json, registry: string): string | undefined {
  const helpers = Object.entries(object(config['credHelpers']))
  const own = helpers.find(([name]) => hostOf(name) === hostOf(registry))?.[1]
  const name = text(own) || text(config['credsStore'])
  return name === '' ? undefined : name
}

const encoded = (user: string, password: string): string =>
  Buffer.from(`${user}:${password}`, 'utf8').toString('base64')

function ofHelper(registry: string, { username, secret }: HelperEntry): RegistryAuth {
  const serverAddress = keyOf(registry)
  return username === tokenUser
    ? { serverAddress, identityToken: secret }
    : { serverAddress, username, password: secret }
}

/** An entry of `auths`: user and password in base64, parted by the first colon, or a token. */
function ofFile(serverAddress: string, entry: Json): RegistryAuth | undefined {
  const decoded = Buffer.from(text(entry['auth']), 'base64').toString('utf8').replace(/\0+$/, '')
  const colon = decoded.indexOf(':')
  const username = colon === -1 ? text(entry['username']) : decoded.slice(0, colon)
  const password = colon === -1 ? text(entry['password']) : decoded.slice(colon + 1)
  const identity = text(entry['identitytoken'])
  const token = text(entry['registrytoken'])
  if (username === '' && identity === '' && token === '') return undefined
  return {
    serverAddress,
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password: new Secret(password) }),
    ...(identity === '' ? {} : { identityToken: new Secret(identity) }),
    ...(token === '' ? {} : { registryToken: new Secret(token) }),
  }
}
