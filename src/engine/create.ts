import { homedir } from 'node:os'
import { t } from '../shared/l10n.ts'
import { containerCalls } from './calls/containers.ts'
import { fileCalls } from './calls/files.ts'
import { imageCalls } from './calls/images.ts'
import type { Link } from './calls/link.ts'
import { networkCalls } from './calls/networks.ts'
import { streamCalls } from './calls/streams.ts'
import { systemCalls } from './calls/system.ts'
import { volumeCalls } from './calls/volumes.ts'
import type { JsonCalls } from './dockerode.ts'
import type { Endpoint } from './endpoint.ts'
import type { Engine } from './engine.ts'
import { isEngineError } from './errors.ts'
import type { EngineInfo } from './model/system.ts'
import { type Fields, fields, text } from './raw/fields.ts'
import { infoOf, isPodman } from './raw/info.ts'
import { SharedWork } from './shared-work.ts'
import { notDocker } from './transport/refusals.ts'
import { type Deadlines, Transport, defaultDeadlines, jsonOf } from './transport/transport.ts'
import { compareVersions, negotiate, newestApi } from './versions.ts'

/** What the two sides of a connection have agreed on. */
interface Agreed {
  /** The version of the API. */
  readonly api: string
  readonly podman: boolean
}

const versionForm = /^\d+\.\d+$/
/** The header of an answer that only Podman gives. */
const podmanVersion = 'libpod-api-version'

export interface EngineDeps {
  /** The user's environment, for their ssh. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The home folder, where their ssh is started. */
  readonly home?: string
  readonly userAgent?: string
  readonly deadlines?: Partial<Deadlines>
}

/** An engine at an endpoint. Nothing is sent before the first call. */
export function createEngine(endpoint: Endpoint, deps: EngineDeps): Engine {
  const deadlines = { ...defaultDeadlines, ...deps.deadlines }
  const transport = new Transport(endpoint, {
    ssh: { command: 'ssh', env: deps.env, cwd: deps.home ?? homedir() },
    userAgent: deps.userAgent ?? 'Quayside',
    deadlines,
  })
  let info: EngineInfo | undefined
  let agreed: Agreed | undefined

  async function ask(path: string, signal: AbortSignal | undefined): Promise<Fields> {
    const answer = await transport.send(
      { method: 'GET', path, lane: 'probe', signal, ...(path === '/info' ? {} : { versioned: false }) },
      deadlines.connect,
    )
    const value = jsonOf(answer, endpoint.url)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notDocker(endpoint.url)
    return fields(value)
  }

  /**
   * What both sides speak; many calls may wait for it at once. A ping says all that is needed, unless something between hides it or
   * the engine is newer than we are, and may not speak what we do. Engines run programs to answer `/version`, which takes them
   * longer than any list.
   */
  const agreement = new SharedWork(async (signal: AbortSignal) => {
    const ping = { method: 'GET', path: '/_ping', lane: 'probe', signal, versioned: false } as const
    const { headers } = await transport.send(ping, deadlines.connect)
    const told = text(headers['api-version'])
    const isEnough = versionForm.test(told) && compareVersions(told, newestApi) <= 0
    const answer = isEnough ? undefined : await ask('/version', signal)
    const max = told === '' ? text(answer?.['ApiVersion']) : told
    if (!versionForm.test(max)) throw notDocker(endpoint.url, { what: t('it tells no API version') })
    const api = negotiate(max, text(answer?.['MinAPIVersion']))
    transport.prefix = `/v${api}`
    agreed = { api, podman: podmanVersion in headers || (answer !== undefined && isPodman(answer)) }
    return agreed
  })

  async function connect(signal?: AbortSignal): Promise<EngineInfo> {
    // The calls that follow need it: it is loaded while the engine answers.
    load().catch(() => undefined)
    const { api } = await agreement.join(signal)
    // One after the other: what is shown first is asked for at the same time.
    const answer = await ask('/version', signal)
    info = infoOf(answer, await infoFields(signal), api)
    return info
  }

  async function ready(signal?: AbortSignal): Promise<string> {
    return (agreed ?? (await agreement.join(signal))).api
  }

  async function podman(signal?: AbortSignal): Promise<boolean> {
    return (agreed ?? (await agreement.join(signal))).podman
  }

  /** Proxies in front of a socket often let no one ask for it; all else works. */
  async function infoFields(signal: AbortSignal | undefined): Promise<Fields> {
    try {
      return await ask('/info', signal)
    } catch (fault) {
      if (isEngineError(fault, 'denied') && fault.status === 403) return {}
      throw fault
    }
  }

  let loaded: Promise<JsonCalls> | undefined
  function load(): Promise<JsonCalls> {
    return (loaded ??= import('./dockerode.ts').then(({ dockerodeCalls }) => dockerodeCalls(transport)))
  }

  const json: JsonCalls = async (use, call = {}) => {
    const [calls] = await Promise.all([load(), ready(call.signal)])
    return calls(use, call)
  }

  const link: Link = {
    engine: endpoint.id,
    transport,
    json,
    ready,
    isPodman: podman,
    remapped: () => info?.remapped,
  }
  return {
    id: endpoint.id,
    endpoint,
    connect,
    get info() {
      return info
    },
    containers: containerCalls(link),
    images: imageCalls(link),
    volumes: volumeCalls(link),
    networks: networkCalls(link),
    system: systemCalls(link),
    streams: streamCalls(link),
    files: fileCalls(link),
    dispose: () => transport.dispose(),
  }
}
