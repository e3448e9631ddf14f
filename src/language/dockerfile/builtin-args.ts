import { t } from '../../shared/l10n.ts'

/** An ARG that BuildKit knows without a declaration. */
export interface BuiltinArg {
  readonly name: string
  /**
   * `platform`: has a value; FROM sees it, a stage only after `ARG NAME`. `proxy`: passed to RUN when given to the build. `builder`:
   * steers BuildKit itself.
   */
  readonly kind: 'platform' | 'proxy' | 'builder'
  /** One sentence, in the user's language. */
  readonly about: () => string
  /** An example of its value. */
  readonly example?: string
}

const platform = (name: string, example: string, about: () => string): BuiltinArg => ({
  name,
  kind: 'platform',
  example,
  about,
})
const builder = (name: string, about: () => string): BuiltinArg => ({ name, kind: 'builder', about })
const proxy = (name: string): BuiltinArg => ({
  name,
  kind: 'proxy',
  about: () =>
    t(
      'Proxy of the build. Given with `--build-arg`, RUN sees it without a declaration and the image history does not hold it.',
    ),
})

export const builtinArgs: readonly BuiltinArg[] = [
  platform('TARGETPLATFORM', 'linux/arm64', () => t('Platform of the image that is built.')),
  platform('TARGETOS', 'linux', () => t('Operating system of the image that is built.')),
  platform('TARGETARCH', 'arm64', () => t('Architecture of the image that is built.')),
  platform('TARGETVARIANT', 'v8', () =>
    t('Variant of the architecture of the image that is built; often empty.'),
  ),
  platform('BUILDPLATFORM', 'linux/amd64', () => t('Platform of the machine that builds.')),
  platform('BUILDOS', 'linux', () => t('Operating system of the machine that builds.')),
  platform('BUILDARCH', 'amd64', () => t('Architecture of the machine that builds.')),
  platform('BUILDVARIANT', 'v7', () =>
    t('Variant of the architecture of the machine that builds; often empty.'),
  ),
  platform('TARGETSTAGE', 'default', () => t('Name of the stage that is built, as given with `--target`.')),
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [
    proxy(name),
    proxy(name.toLowerCase()),
  ]),
  builder('SOURCE_DATE_EPOCH', () =>
    t('Time in seconds since 1970 that BuildKit writes into the image and its layers.'),
  ),
  builder('BUILDKIT_INLINE_CACHE', () => t('`1` puts the cache information into the image.')),
  builder('BUILDKIT_SYNTAX', () => t('Image of the frontend, instead of the `# syntax=` directive.')),
  builder('BUILDKIT_MULTI_PLATFORM', () => t('`1` makes the result always a multi-platform one.')),
  builder('BUILDKIT_SANDBOX_HOSTNAME', () => t('Host name that RUN sees (default `buildkitsandbox`).')),
  builder('BUILDKIT_CONTEXT_KEEP_GIT_DIR', () => t('`1` keeps the `.git` folder of a Git build context.')),
  builder('BUILDKIT_CACHE_MOUNT_NS', () => t('Name space for the ids of cache mounts.')),
  builder('BUILDKIT_DOCKERFILE_CHECK', () => t('Which build checks run, as the `# check=` directive.')),
]

const byName = new Map(builtinArgs.map((arg) => [arg.name, arg]))

export function builtinArg(name: string): BuiltinArg | undefined {
  return byName.get(name)
}
