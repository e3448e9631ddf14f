import { t } from '../shared/l10n.ts'
import { type Surroundings, readConfig } from './config-files.ts'
import { type EndpointProblem, type StoredContexts, problemOf, readContexts } from './contexts.ts'
import { defaultHost, parseHost, urlOf } from './docker-host.ts'
import type { Endpoint, EndpointOrigin } from './endpoint.ts'
import { EngineError } from './errors.ts'
import { environmentTls } from './tls-material.ts'
import { findWellKnown } from './well-known.ts'

/** What the user's settings say; `host` wins. Empty texts say nothing. */
export interface EndpointSettings {
  readonly host?: string
  readonly context?: string
}

export interface EndpointList {
  /**
   * The engine that the docker CLI would use, or that the settings name. Undefined where what is named cannot be used: nothing
   * else is taken in its place, and `failure` says why.
   */
  readonly current: Endpoint | undefined
  readonly failure: EndpointProblem | undefined
  /** The other contexts, the default, and sockets found at well-known places. */
  readonly others: readonly Endpoint[]
  /** Contexts and files that are broken. */
  readonly problems: readonly EndpointProblem[]
}

/** Reads it all anew; nothing is watched or kept. */
export async function listEndpoints(
  around: Surroundings,
  settings: EndpointSettings = {},
): Promise<EndpointList> {
  const [contexts, wellKnown] = await Promise.all([readContexts(around), findWellKnown(around)])
  const problems = [...contexts.problems]
  let current: Endpoint | undefined
  let failure: EndpointProblem | undefined
  const named = await nameCurrent(around, settings).catch((fault: unknown) => {
    failure = { subject: 'config.json', error: problemOf(fault, 'config.json') }
    return undefined
  })
  if (named !== undefined) {
    try {
      current = await resolve(around, named, contexts)
    } catch (fault) {
      failure = { subject: subjectOf(named), error: problemOf(fault, subjectOf(named)) }
    }
  }
  const fallback = platformDefault(around)
  const seen = new Set(current === undefined ? [] : [current.id])
  const others: Endpoint[] = []
  for (const endpoint of [...contexts.endpoints, ...wellKnown, fallback]) {
    if (seen.has(endpoint.id)) continue
    seen.add(endpoint.id)
    // The default is offered where nothing is there to be found, so that there always is something to choose.
    if (endpoint === fallback && (others.length > 0 || current !== undefined)) continue
    others.push(endpoint)
  }
  return { current, failure, others, problems }
}

type Named =
  | { readonly by: 'host'; readonly host: string; readonly origin: EndpointOrigin }
  | { readonly by: 'context'; readonly name: string; readonly origin: EndpointOrigin }

/** Setting, then `DOCKER_HOST`, then `DOCKER_CONTEXT`, then the configured context, then the platform's default. */
async function nameCurrent(around: Surroundings, settings: EndpointSettings): Promise<Named> {
  const { env, platform } = around
  const set = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''
  if (set(settings.host)) return { by: 'host', host: settings.host.trim(), origin: { from: 'setting' } }
  if (set(settings.context)) {
    const name = settings.context.trim()
    return { by: 'context', name, origin: { from: 'setting', context: name } }
  }
  const host = env['DOCKER_HOST']
  if (set(host)) return { by: 'host', host, origin: { from: 'environment', variable: 'DOCKER_HOST' } }
  const context = env['DOCKER_CONTEXT']
  if (set(context))
    return { by: 'context', name: context, origin: { from: 'environment', variable: 'DOCKER_CONTEXT' } }
  const configured = (await readConfig(around))['currentContext']
  if (typeof configured === 'string' && set(configured) && configured !== 'default')
    return { by: 'context', name: configured, origin: { from: 'context', name: configured } }
  return { by: 'host', host: defaultHost(platform), origin: { from: 'default' } }
}

function subjectOf(named: Named): string {
  const { origin } = named
  if (origin.from === 'environment') return origin.variable
  return named.by === 'context' ? named.name : named.host
}

async function resolve(around: Surroundings, named: Named, contexts: StoredContexts): Promise<Endpoint> {
  const { origin } = named
  if (named.by === 'host') return hostEndpoint(around, named.host, origin)
  if (named.name === 'default') return { ...platformDefault(around), origin }
  const endpoint = contexts.endpoints.find(({ name }) => name === named.name)
  if (endpoint !== undefined) return { ...endpoint, origin }
  const broken = contexts.problems.find(({ subject }) => subject === named.name)
  throw (
    broken?.error ??
    new EngineError('notFound', t('There is no Docker context named {0}.', named.name), {
      nextStep: t('Choose one of the others, or create it with docker context create.'),
    })
  )
}

/** An engine by its address alone, with the environment's TLS, as the CLI does for `DOCKER_HOST`. */
async function hostEndpoint(around: Surroundings, host: string, origin: EndpointOrigin): Promise<Endpoint> {
  const address = parseHost(host, around.platform)
  const tls = address.kind === 'tcp' ? await environmentTls(around) : undefined
  const url = urlOf(address)
  return {
    id: tls === undefined ? url : `${url}#${origin.from}`,
    name: origin.from === 'environment' ? origin.variable : origin.from === 'default' ? 'default' : url,
    description: '',
    url,
    address: address.kind === 'tcp' && tls !== undefined ? { ...address, tls } : address,
    origin,
  }
}

function platformDefault({ platform }: Surroundings): Endpoint {
  const address = parseHost(defaultHost(platform), platform)
  const url = urlOf(address)
  return { id: url, name: 'default', description: '', url, address, origin: { from: 'default' } }
}
