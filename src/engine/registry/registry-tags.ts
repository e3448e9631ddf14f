import type { RegistryAuth } from '../registry-auth.ts'
import { readChallenge } from './challenge.ts'
import { registryRequest } from './registry-request.ts'

export interface RegistryTagsOptions {
  /** The credentials of a registry (`ghcr.io`, `docker.io`), if there are any. */
  readonly credentials: (registry: string) => Promise<RegistryAuth | undefined>
  readonly signal: AbortSignal
}

/** Pages of 1,000 tags that are read. */
const mostPages = 5

/**
 * The tags of a repository (`node`, `ghcr.io/a/b`) as its registry lists them, `latest` first, then by version, newest first. Asked with
 * the credentials that the user has for that registry. Undefined where the registry does not tell; rejects where it is out of reach.
 */
export async function registryTags(
  repository: string,
  { credentials, signal }: RegistryTagsOptions,
): Promise<readonly string[] | undefined> {
  const place = placeOf(repository)
  if (place === undefined) return undefined
  const { origin, registry, path } = place
  let address: URL | undefined = new URL(`/v2/${path}/tags/list?n=1000`, origin)
  let authorization: string | undefined
  const tags: string[] = []
  for (let page = 0; address !== undefined && page < mostPages; page++) {
    let answer = await registryRequest(address, authorization, signal)
    if (answer.status === 401 && page === 0) {
      const challenge = readChallenge(answer.headers['www-authenticate'])
      if (challenge === undefined) return undefined
      const auth = await credentials(registry)
      authorization =
        challenge.scheme === 'basic'
          ? basic(auth)
          : await tokenFor(challenge.realm, challenge.service, path, auth, origin, signal)
      if (authorization === undefined) return undefined
      answer = await registryRequest(address, authorization, signal)
    }
    if (answer.status !== 200) return undefined
    tags.push(...tagsOf(answer.body))
    address = nextPage(answer.headers.link, address)
  }
  return inOrder(tags)
}

interface Place {
  readonly origin: string
  /** As credentials are kept. */
  readonly registry: string
  readonly path: string
}

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/

function placeOf(repository: string): Place | undefined {
  const [head, ...rest] = repository.split('/')
  const named = head !== undefined && rest.length > 0 && /[.:]|^localhost$/.test(head)
  const registry = named ? head : 'docker.io'
  const parts = named ? rest : repository.split('/')
  if (parts.length === 0 || !parts.every((part) => component.test(part))) return undefined
  const isHub = ['docker.io', 'index.docker.io', 'registry-1.docker.io'].includes(registry)
  if (isHub)
    return {
      origin: 'https://registry-1.docker.io',
      registry: 'docker.io',
      path: parts.length === 1 ? `library/${parts.join('/')}` : parts.join('/'),
    }
  if (!/^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/i.test(registry)) return undefined
  // As the engine does it: without TLS on this machine only.
  const local = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(registry)
  const origin = `${local ? 'http' : 'https'}://${registry}`
  return URL.canParse(origin) ? { origin, registry, path: parts.join('/') } : undefined
}

function basic(auth: RegistryAuth | undefined): string | undefined {
  if (auth?.username === undefined || auth.password === undefined) return undefined
  return `Basic ${Buffer.from(`${auth.username}:${auth.password.reveal()}`).toString('base64')}`
}

async function tokenFor(
  realm: URL,
  service: string | undefined,
  path: string,
  auth: RegistryAuth | undefined,
  origin: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (auth?.registryToken !== undefined) return `Bearer ${auth.registryToken.reveal()}`
  // Credentials go over TLS only, but to a registry of this machine.
  if (realm.protocol !== 'https:' && realm.origin !== origin) return undefined
  const address = new URL(realm)
  if (service !== undefined) address.searchParams.set('service', service)
  address.searchParams.set('scope', `repository:${path}:pull`)
  const { status, body } = await registryRequest(address, basic(auth), signal)
  if (status !== 200 || typeof body !== 'object' || body === null) return undefined
  const { token, access_token: accessToken } = body as { token?: unknown; access_token?: unknown }
  const found = token ?? accessToken
  return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found) ? `Bearer ${found}` : undefined
}

function tagsOf(body: unknown): string[] {
  const list: unknown = typeof body === 'object' && body !== null && 'tags' in body ? body.tags : undefined
  if (!Array.isArray(list)) return []
  return list.filter((tag): tag is string => typeof tag === 'string' && /^\w[\w.-]{0,127}$/.test(tag))
}

/** The address behind `<…>; rel="next"`, of the same server only. */
function nextPage(link: string | string[] | undefined, from: URL): URL | undefined {
  const target = /<([^>]+)>\s*;\s*rel="?next"?/.exec(String(link ?? ''))?.[1]
  if (target === undefined || !URL.canParse(target, from.href)) return undefined
  const next = new URL(target, from)
  return next.origin === from.origin ? next : undefined
}

function inOrder(tags: readonly string[]): string[] {
  const collator = new Intl.Collator('en', { numeric: true })
  const rank = (tag: string): number => (tag === 'latest' ? 0 : /^v?\d/.test(tag) ? 1 : 2)
  return [...new Set(tags)].sort((a, b) => rank(a) - rank(b) || collator.compare(b, a))
}
