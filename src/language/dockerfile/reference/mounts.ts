import { t } from '../../../shared/l10n.ts'

/** A key of `RUN --mount`. */
export interface MountKey {
  readonly name: string
  readonly aliases: readonly string[]
  readonly about: () => string
  readonly values?: readonly string[]
  /** Stands alone, without a value. */
  readonly alone?: true
}

export interface MountType {
  readonly name: string
  readonly about: () => string
  readonly keys: readonly MountKey[]
}

const target: MountKey = {
  name: 'target',
  aliases: ['dst', 'destination'],
  about: () => t('Where the command sees it.'),
}
const id = (about: () => string): MountKey => ({ name: 'id', aliases: [], about })
const source: MountKey = {
  name: 'source',
  aliases: ['src'],
  about: () => t('The path in `from`. Default: its root.'),
}
const from: MountKey = {
  name: 'from',
  aliases: [],
  about: () => t('The stage, image or named context that it comes from. Default: the build context.'),
}
const required: MountKey = {
  name: 'required',
  aliases: [],
  about: () => t('The build stops when it is not given.'),
  values: ['true', 'false'],
}
const owner: readonly MountKey[] = [
  { name: 'mode', aliases: [], about: () => t('Its permissions, an octal number.') },
  { name: 'uid', aliases: [], about: () => t('The number of its user. Default: `0`.') },
  { name: 'gid', aliases: [], about: () => t('The number of its group. Default: `0`.') },
]

export const mountTypes: readonly MountType[] = [
  {
    name: 'bind',
    about: () =>
      t('Files of the build context, of a stage or of an image, read-only. This is the default type.'),
    keys: [
      target,
      source,
      from,
      {
        name: 'readwrite',
        aliases: ['rw'],
        about: () => t('May be written to; what is written is thrown away.'),
        alone: true,
      },
    ],
  },
  {
    name: 'cache',
    about: () =>
      t(
        'A folder that stays from build to build, for package managers and compilers. It is no part of the image.',
      ),
    keys: [
      target,
      id(() => t('Tells caches apart. Default: the target.')),
      {
        name: 'sharing',
        aliases: [],
        about: () =>
          t(
            'What several builds at once do: use it together (`shared`), get one each (`private`), wait (`locked`). Default: `shared`.',
          ),
        values: ['shared', 'private', 'locked'],
      },
      { name: 'readonly', aliases: ['ro'], about: () => t('Cannot be written to.'), alone: true },
      from,
      source,
      ...owner,
    ],
  },
  {
    name: 'secret',
    about: () =>
      t(
        'A file or variable that the command sees and the image never holds, given with `docker build --secret`.',
      ),
    keys: [
      id(() => t('The name of the secret. Default: the last part of the target.')),
      target,
      {
        name: 'env',
        aliases: [],
        about: () => t('The variable that holds the secret, instead of a file or beside it.'),
      },
      required,
      ...owner,
    ],
  },
  {
    name: 'ssh',
    about: () => t('The ssh agent or keys of the person who builds, given with `docker build --ssh`.'),
    keys: [id(() => t('The name of the agent or key. Default: `default`.')), target, required, ...owner],
  },
  {
    name: 'tmpfs',
    about: () => t('An empty folder in memory.'),
    keys: [target, { name: 'size', aliases: [], about: () => t('How large it may get, `64m`.') }],
  },
]

export function mountType(name: string): MountType | undefined {
  return mountTypes.find((type) => type.name === name.toLowerCase())
}

export function mountKey(type: MountType | undefined, name: string): MountKey | undefined {
  const wanted = name.toLowerCase()
  const keys = type === undefined ? mountTypes.flatMap(({ keys: all }) => all) : type.keys
  return keys.find((key) => key.name === wanted || key.aliases.includes(wanted))
}
