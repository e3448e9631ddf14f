/** An image reference taken apart. */
export interface ImageReference {
  /** `ghcr.io`, `localhost:5000`; undefined for Docker Hub without its name. */
  readonly registry: string | undefined
  /** Without registry, tag and digest: `library/alpine`, `alpine`. */
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

/** Takes a reference apart without judging it. */
export function splitImage(text: string): ImageReference {
  const at = text.indexOf('@')
  const digest = at < 0 ? undefined : text.slice(at + 1)
  const named = at < 0 ? text : text.slice(0, at)
  const slash = named.indexOf('/')
  const head = slash < 0 ? '' : named.slice(0, slash)
  const registry = /[.:]/.test(head) || head === 'localhost' || head !== head.toLowerCase() ? head : undefined
  const path = registry === undefined ? named : named.slice(slash + 1)
  const colon = path.lastIndexOf(':')
  const hasTag = colon >= 0 && !path.slice(colon).includes('/')
  return {
    registry,
    repository: hasTag ? path.slice(0, colon) : path,
    tag: hasTag ? path.slice(colon + 1) : undefined,
    digest,
  }
}

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const domain =
  '(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?'
const name = new RegExp(`^${component}(?:/${component})*$`)
const registryName = new RegExp(`^${domain}$`)
const tagName = /^\w[\w.-]{0,127}$/
const digestName = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/

export type ImageFault = 'empty' | 'uppercase' | 'name' | 'registry' | 'tag' | 'digest' | 'id' | 'length'

/** What makes an image reference impossible, or undefined for a possible one. */
export function imageFault(text: string): ImageFault | undefined {
  if (text === '') return 'empty'
  if (text.length > 4096) return 'length'
  if (/^[0-9a-f]{64}$/.test(text)) return 'id'
  const { registry, repository, tag, digest } = splitImage(text)
  if (digest !== undefined && !digestName.test(digest)) return 'digest'
  if (digest?.startsWith('sha256:') && digest.length !== 'sha256:'.length + 64) return 'digest'
  if (tag !== undefined && !tagName.test(tag)) return 'tag'
  if (registry !== undefined && !registryName.test(registry)) return 'registry'
  if (repository.length > 255) return 'length'
  if (name.test(repository)) return undefined
  return name.test(repository.toLowerCase()) ? 'uppercase' : 'name'
}
