/**
 * Where a setting can be set. `machine`: only by the user, never by a workspace; everything that changes an endpoint, a program
 * or a command line. `resource`: also per folder.
 */
export type Scope = 'application' | 'machine' | 'window' | 'resource'

/** What a setting can lead to in the wrong hands; such settings are machine-scoped and restricted in untrusted workspaces. */
export type Reach = 'endpoint' | 'program' | 'command line' | 'network'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** One setting: its type, its entry in the manifest and its row in `docs/settings.md` are derived from it. */
export interface Setting<T> {
  readonly section: SectionId
  /** English Markdown; `#quayside.other.setting#` links. */
  readonly description: string
  readonly default: T
  /** The JSON schema without default and description. */
  readonly schema: { readonly [key: string]: Json }
  readonly scope: Scope
  readonly reach?: Reach
  /** One English line for each value of an enum, in its order. */
  readonly valueDescriptions?: readonly string[]
  readonly tags?: readonly string[]
}

/** The sections of the settings page, in its order. */
export const sections = {
  engine: 'Engine',
  containers: 'Containers',
  images: 'Images',
  volumes: 'Volumes',
  networks: 'Networks',
  logs: 'Logs',
  stats: 'Statistics',
  editing: 'Dockerfile and Compose Editing',
} as const
export type SectionId = keyof typeof sections

/** What all makers take beside the type's own parts. */
interface Common {
  readonly section: SectionId
  readonly description: string
  readonly scope?: Scope
  readonly reach?: Reach
  readonly tags?: readonly string[]
}

function make<T>(
  { scope, ...common }: Common,
  standard: T,
  schema: Setting<T>['schema'],
  extra: Partial<Setting<T>> = {},
): Setting<T> {
  return {
    ...common,
    scope: scope ?? (common.reach === undefined ? 'window' : 'machine'),
    default: standard,
    schema,
    ...extra,
  }
}

export const text = (standard: string, common: Common): Setting<string> =>
  make(common, standard, { type: 'string' })

export const toggle = (standard: boolean, common: Common): Setting<boolean> =>
  make(common, standard, { type: 'boolean' })

export const number = (
  standard: number,
  range: { readonly minimum: number; readonly maximum?: number },
  common: Common,
): Setting<number> => make(common, standard, { type: 'integer', ...range })

/** One of some words; the first is the default. `values` tells what each means. */
export const choice = <const V extends string>(
  values: Readonly<Record<V, string>>,
  common: Common,
): Setting<V> => {
  const words = Object.keys(values) as V[]
  return make(
    common,
    words[0]!,
    { type: 'string', enum: words },
    { valueDescriptions: Object.values(values) },
  )
}

export const list = (standard: readonly string[], common: Common): Setting<readonly string[]> =>
  make(common, standard, { type: 'array', items: { type: 'string' }, uniqueItems: true })

/** Anything else, with its JSON schema written out. */
export const structure = <T>(standard: T, schema: Setting<T>['schema'], common: Common): Setting<T> =>
  make(common, standard, schema)
