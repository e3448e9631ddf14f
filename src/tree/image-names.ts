import type { Image } from '../engine/model/image.ts'

/** The first twelve digits of an id, as the CLI shows it. */
export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12)

/** An image as a container names it: an id is cut short, a digest left out. */
export function shortImage(reference: string): string {
  if (/^(?:sha256:)?[0-9a-f]{64}$/.test(reference)) return shortId(reference)
  const at = reference.indexOf('@')
  return at > 0 ? reference.slice(0, at) : reference
}

/** `registry:5000/team/web:1.2` in its parts; the tag is empty where there is none. */
export function splitName(name: string): { readonly repository: string; readonly tag: string } {
  const bare = name.split('@', 1)[0]!
  const colon = bare.indexOf(':', bare.lastIndexOf('/') + 1)
  return colon < 0
    ? { repository: bare, tag: '' }
    : { repository: bare.slice(0, colon), tag: bare.slice(colon + 1) }
}

/** The repository of an image without a tag, as its digest names it; empty for one without any name. */
export function digestRepository(image: Image): string {
  const repository = splitName(image.digests[0] ?? '').repository
  return repository === '<none>' ? '' : repository
}
