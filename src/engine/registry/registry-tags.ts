import type { RegistryAuth } from '../registry-auth.ts'
import { openRegistry } from './registry.ts'

export interface RegistryTagsOptions {
  /** The credentials of a registry (`ghcr.io`, `docker.io`), if there are any. */
  readonly credentials: (registry: string) => Promise<RegistryAuth | undefined>
  readonly signal: AbortSignal
}

/**
 * The tags of a repository as it is written in a Dockerfile (`node`, `ghcr.io/a/b`), `latest` first, then by version, newest first. Undefined
 * where that is no name of one; rejects where its registry does not tell.
 */
export async function registryTags(
  repository: string,
  { credentials, signal }: RegistryTagsOptions,
): Promise<readonly string[] | undefined> {
  const place = placeOf(repository)
  if (place === undefined) return undefined
  const auth = await credentials(place.registry)
  return inOrder(await openRegistry(place.registry, auth).tags(place.path, signal))
}

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/

function placeOf(repository: string): { readonly registry: string; readonly path: string } | undefined {
  const [head, ...rest] = repository.split('/')
  const named = head !== undefined && rest.length > 0 && /[.:]|^localhost$/.test(head)
  const parts = named ? rest : repository.split('/')
  if (!parts.every((part) => component.test(part))) return undefined
  const path = parts.join('/')
  if (!named || ['docker.io', 'index.docker.io', 'registry-1.docker.io'].includes(head))
    return { registry: 'docker.io', path }
  const isHost = /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/i.test(head) && URL.canParse(`https://${head}`)
  return isHost ? { registry: head, path } : undefined
}

function inOrder(tags: readonly string[]): string[] {
  const collator = new Intl.Collator('en', { numeric: true })
  const rank = (tag: string): number => (tag === 'latest' ? 0 : /^v?\d/.test(tag) ? 1 : 2)
  return [...new Set(tags)]
    .filter((tag) => /^\w[\w.-]{0,127}$/.test(tag))
    .sort((a, b) => rank(a) - rank(b) || collator.compare(b, a))
}
