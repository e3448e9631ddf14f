import { t } from '../../../shared/l10n.ts'

export interface FlagReference {
  readonly name: string
  readonly about: () => string
  /** How its value is written; undefined for a flag that needs none. */
  readonly value: string | undefined
  /** Words that it takes. */
  readonly values?: readonly string[]
  /** May be given more than once. */
  readonly repeats?: true
  /** The version of `docker/dockerfile` that brought it; undefined when it was always there. */
  readonly since?: string
  readonly anchor: string
}

const chown = (anchor: string): FlagReference => ({
  name: 'chown',
  about: () => t('The owner of the copied files: `user:group`, by name or number. Without it, `0:0`.'),
  value: '<user>:<group>',
  anchor,
})
const chmod = (anchor: string): FlagReference => ({
  name: 'chmod',
  about: () => t('The permissions of the copied files, as a number (`755`) or in symbols (`u=rwX,go=rX`).'),
  value: '<permissions>',
  since: '1.2',
  anchor,
})
const link = (anchor: string): FlagReference => ({
  name: 'link',
  about: () =>
    t(
      'Puts the files into a layer of their own that does not depend on those before, so that it stays in the cache when the base image changes. Symbolic links in the destination are not followed.',
    ),
  value: undefined,
  values: ['true', 'false'],
  since: '1.4',
  anchor,
})
const exclude = (anchor: string): FlagReference => ({
  name: 'exclude',
  about: () => t('A pattern of files to leave out, as in `.dockerignore`.'),
  value: '<pattern>',
  repeats: true,
  since: '1.19',
  anchor,
})

const ofInstruction: ReadonlyMap<string, readonly FlagReference[]> = new Map([
  [
    'FROM',
    [
      {
        name: 'platform',
        about: () =>
          t(
            'The platform of the base image. Default: the one the build is for. `$BUILDPLATFORM` makes a stage run natively on the machine that builds.',
          ),
        value: '<os>/<arch>[/<variant>]',
        values: [
          '$BUILDPLATFORM',
          '$TARGETPLATFORM',
          'linux/amd64',
          'linux/arm64',
          'linux/arm/v7',
          'windows/amd64',
        ],
        anchor: 'from',
      },
    ],
  ],
  [
    'RUN',
    [
      {
        name: 'mount',
        about: () =>
          t(
            'Makes something visible to this command only, outside the layer: a cache, a secret, files of the context or of a stage, an ssh agent, memory.',
          ),
        value: 'type=<type>[,<option>=<value>…]',
        repeats: true,
        since: '1.2',
        anchor: 'run---mount',
      },
      {
        name: 'network',
        about: () =>
          t('The network of the command: `default`, `none`, or `host` where the builder allows it.'),
        value: '<network>',
        values: ['default', 'none', 'host'],
        since: '1.3',
        anchor: 'run---network',
      },
      {
        name: 'security',
        about: () =>
          t(
            '`insecure` runs the command with all privileges, where the builder allows it; `sandbox` is the default.',
          ),
        value: '<mode>',
        values: ['sandbox', 'insecure'],
        since: '1.20',
        anchor: 'run---security',
      },
      {
        name: 'device',
        about: () => t('A device (CDI name) that the command may use.'),
        value: 'name=<device>[,required]',
        repeats: true,
        since: '1.14-labs',
        anchor: 'run---device',
      },
    ],
  ],
  [
    'COPY',
    [
      {
        name: 'from',
        about: () =>
          t(
            'Copies from a stage of this file (name or number), a named context or an image instead of the build context.',
          ),
        value: '<stage|image|context>',
        anchor: 'copy---from',
      },
      chown('copy---chown---chmod'),
      chmod('copy---chown---chmod'),
      link('copy---link'),
      {
        name: 'parents',
        about: () => t('Keeps the folders of the sources; a `./` in a source marks where they begin.'),
        value: undefined,
        values: ['true', 'false'],
        since: '1.20',
        anchor: 'copy---parents',
      },
      exclude('copy---exclude'),
    ],
  ],
  [
    'ADD',
    [
      {
        name: 'keep-git-dir',
        about: () => t('Keeps the `.git` folder of a cloned repository.'),
        value: undefined,
        values: ['true', 'false'],
        since: '1.1',
        anchor: 'add---keep-git-dir',
      },
      {
        name: 'checksum',
        about: () =>
          t('The digest that a downloaded file must have, `sha256:…`, or the commit of a repository.'),
        value: 'sha256:<digest>',
        since: '1.6',
        anchor: 'add---checksum',
      },
      chown('add---chown---chmod'),
      chmod('add---chown---chmod'),
      link('add---link'),
      {
        name: 'unpack',
        about: () => t('Whether archives are unpacked: local ones are by default, downloaded ones are not.'),
        value: undefined,
        values: ['true', 'false'],
        since: '1.17',
        anchor: 'add---unpack',
      },
      exclude('add---exclude'),
    ],
  ],
  [
    'HEALTHCHECK',
    [
      {
        name: 'interval',
        about: () => t('The time between two checks. Default: `30s`.'),
        value: '<duration>',
        values: ['10s', '30s', '1m', '5m'],
        anchor: 'healthcheck',
      },
      {
        name: 'timeout',
        about: () => t('How long one check may take. Default: `30s`.'),
        value: '<duration>',
        values: ['3s', '5s', '10s', '30s'],
        anchor: 'healthcheck',
      },
      {
        name: 'start-period',
        about: () => t('The time after the start in which failures do not count. Default: `0s`.'),
        value: '<duration>',
        values: ['0s', '5s', '30s', '1m'],
        anchor: 'healthcheck',
      },
      {
        name: 'start-interval',
        about: () =>
          t('The time between two checks during the start period. Default: `5s`. Needs Docker 25 or newer.'),
        value: '<duration>',
        values: ['1s', '5s'],
        anchor: 'healthcheck',
      },
      {
        name: 'retries',
        about: () => t('How many failures in a row make the container unhealthy. Default: `3`.'),
        value: '<number>',
        values: ['1', '3', '5'],
        anchor: 'healthcheck',
      },
    ],
  ],
])

export function flagsOf(instruction: string): readonly FlagReference[] {
  return ofInstruction.get(instruction) ?? []
}

export function flagReference(instruction: string, name: string): FlagReference | undefined {
  return flagsOf(instruction).find((flag) => flag.name === name)
}
