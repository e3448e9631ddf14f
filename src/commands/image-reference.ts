import { t } from '../shared/l10n.ts'

/** A name of an image in its parts: `registry.example:5000/team/app:1.2`. */
export interface ImageReference {
  /** All before the tag: `registry.example:5000/team/app`. */
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
  /** The registry's host; `docker.io` where none is named. */
  readonly registry: string
}

const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?'
const host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::\\d+)?$`)
const digestForm = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/

/** Reads a name by the grammar of distribution references; undefined when it is none. */
export function parseReference(text: string): ImageReference | undefined {
  const [named = '', digest, rest] = text.split('@')
  if (rest !== undefined || (digest !== undefined && !digestForm.test(digest))) return undefined
  const slash = named.lastIndexOf('/')
  const colon = named.indexOf(':', slash + 1)
  const repository = colon < 0 ? named : named.slice(0, colon)
  const tag = colon < 0 ? undefined : named.slice(colon + 1)
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) return undefined
  const parts = repository.split('/')
  const first = parts[0]!
  const hasHost =
    parts.length > 1 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
  if (hasHost && !host.test(first)) return undefined
  const path = hasHost ? parts.slice(1) : parts
  if (path.length === 0 || !path.every((part) => component.test(part))) return undefined
  return { repository, tag, digest, registry: hasHost ? first : 'docker.io' }
}

/** What is wrong with a name that is to be given to an image; nothing when it may be empty and is. */
export function referenceProblem(text: string, optional = false): string | undefined {
  if (text.trim() === '') return optional ? undefined : t('A name is needed, such as team/app:1.2.')
  return parseReference(text.trim()) === undefined
    ? t('This is no image name. It is made of small letters, digits and . _ - /, with a tag after a colon.')
    : undefined
}

/** The address under which credentials of a registry are kept, as the CLI has it. */
export const credentialAddress = (registry: string): string =>
  /^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io)$/.test(registry) || registry === ''
    ? 'https://index.docker.io/v1/'
    : registry
