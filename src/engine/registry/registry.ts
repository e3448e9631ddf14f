import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'
import { fields, items, number, text, texts, type Fields } from '../raw/fields.ts'
import type { RegistryAuth } from '../registry-auth.ts'
import { answerOf, type Answer } from './requests.ts'

/** What a tag of a repository leads to. */
export interface RemoteImage {
  /** Of what the tag names: of the list, where there is one for several platforms. */
  readonly digest: string
  readonly platforms: readonly RemotePlatform[]
}

export interface RemotePlatform {
  /** `linux/arm64/v8`. */
  readonly platform: string
  readonly digest: string
  /** Bytes of the packed layers, where that is known. */
  readonly size?: number
}

/** A registry by the distribution API, asked by this machine itself: engines have no words for it. */
export interface Registry {
  /** Its repositories; many registries tell them to nobody, then it rejects with `denied` or `notFound`. */
  repositories(signal: AbortSignal): Promise<readonly string[]>
  tags(repository: string, signal: AbortSignal): Promise<readonly string[]>
  image(repository: string, reference: string, signal: AbortSignal): Promise<RemoteImage>
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')
/** Of pages of a list; a registry that goes on for ever is not followed. */
const mostPages = 50

/** `host` as it stands in names of images; `docker.io` is Docker Hub. */
export function openRegistry(
  host: string,
  auth: RegistryAuth | undefined,
  ask: typeof fetch = fetch,
): Registry {
  const hub = host === 'docker.io'
  const server = hub ? 'registry-1.docker.io' : host
  const get = (
    path: string,
    scope: string,
    signal: AbortSignal,
    accept = 'application/json',
  ): Promise<Answer> => answerOf({ server, path, scope, accept, auth, ask, signal })
  const named = (repository: string): string =>
    (hub && !repository.includes('/') ? `library/${repository}` : repository)
      .split('/')
      .map(encodeURIComponent)
      .join('/')

  /** All pages of a list: the next one is named by a header. */
  async function list(
    first: string,
    scope: string,
    signal: AbortSignal,
    of: (page: Fields) => readonly string[],
  ): Promise<readonly string[]> {
    const found: string[] = []
    let next: string | undefined = first
    for (let page = 0; next !== undefined && page < mostPages; page++) {
      const { body, headers }: Answer = await get(next, scope, signal)
      found.push(...of(fields(body)))
      const [, link] = /<([^>]+)>\s*;\s*rel="?next/.exec(headers.get('link') ?? '') ?? []
      // Only the path: a registry cannot send its callers elsewhere.
      next = link === undefined ? undefined : pathOf(link, server)
    }
    return found
  }

  return {
    repositories: (signal) =>
      list('/v2/_catalog?n=200', 'registry:catalog:*', signal, (page) => texts(page['repositories'])),
    tags: (repository, signal) =>
      list(`/v2/${named(repository)}/tags/list?n=500`, pullScope(repository), signal, (page) =>
        texts(page['tags']),
      ),
    async image(repository, reference, signal) {
      const scope = pullScope(repository)
      const base = `/v2/${named(repository)}`
      const { body, headers } = await get(
        `${base}/manifests/${encodeURIComponent(reference)}`,
        scope,
        signal,
        manifestTypes,
      )
      const manifest = fields(body)
      const digest = headers.get('docker-content-digest') ?? ''
      const listed = items(manifest['manifests'])
      if (listed.length > 0) return { digest, platforms: listed.flatMap(platformOf) }
      const config = text(fields(manifest['config'])['digest'])
      if (config === '')
        throw new EngineError('unsupported', t('This is no image that can be shown: {0}.', reference))
      const { body: told } = await get(`${base}/blobs/${encodeURIComponent(config)}`, scope, signal)
      const size = items(manifest['layers']).reduce((sum, layer) => sum + number(layer['size']), 0)
      return { digest, platforms: [{ platform: platformText(fields(told)), digest, size }] }
    },
  }

  function pullScope(repository: string): string {
    return `repository:${decodeURIComponent(named(repository))}:pull`
  }
}

function platformOf(entry: Fields): readonly RemotePlatform[] {
  const platform = platformText(fields(entry['platform']))
  // Statements about the build stand among the platforms as one that is not known.
  return platform === '' || platform.startsWith('unknown')
    ? []
    : [{ platform, digest: text(entry['digest']) }]
}

const platformText = (platform: Fields): string =>
  ['os', 'architecture', 'variant']
    .map((part) => text(platform[part]))
    .filter((part) => part !== '')
    .join('/')

function pathOf(link: string, server: string): string | undefined {
  try {
    const { pathname, search } = new URL(link, `https://${server}`)
    return pathname.startsWith('/v2/') ? `${pathname}${search}` : undefined
  } catch {
    return undefined
  }
}
