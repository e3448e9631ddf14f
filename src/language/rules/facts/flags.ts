export interface FlagKind {
  /** `list` may be given several times; `boolean` needs no value. */
  readonly kind: 'text' | 'list' | 'boolean'
  /** The first version of the Dockerfile syntax that has it; absent for those that were always there. */
  readonly since?: string
  /** Only in the `-labs` channel of that syntax. */
  readonly labs?: true
}

type Flags = Readonly<Record<string, FlagKind>>

const text: FlagKind = { kind: 'text' }

const table: ReadonlyMap<string, Flags> = new Map<string, Flags>([
  [
    'ADD',
    {
      chown: text,
      chmod: { kind: 'text', since: '1.2' },
      link: { kind: 'boolean', since: '1.4' },
      'keep-git-dir': { kind: 'boolean', since: '1.1' },
      checksum: { kind: 'text', since: '1.6' },
      unpack: { kind: 'boolean', since: '1.17' },
      exclude: { kind: 'list', since: '1.19' },
    },
  ],
  [
    'COPY',
    {
      from: text,
      chown: text,
      chmod: { kind: 'text', since: '1.2' },
      link: { kind: 'boolean', since: '1.4' },
      exclude: { kind: 'list', since: '1.19' },
      parents: { kind: 'boolean', since: '1.20' },
    },
  ],
  ['FROM', { platform: text }],
  [
    'HEALTHCHECK',
    {
      interval: text,
      timeout: text,
      'start-period': text,
      'start-interval': { kind: 'text', since: '1.6' },
      retries: text,
    },
  ],
  [
    'RUN',
    {
      mount: { kind: 'list', since: '1.2' },
      network: { kind: 'text', since: '1.3' },
      security: { kind: 'text', since: '1.20' },
      device: { kind: 'list', since: '1.14', labs: true },
    },
  ],
])

/** The flags of an instruction; undefined for those whose arguments may begin with `--`. */
export function flagsOf(instruction: string): Flags | undefined {
  if (instruction === 'ARG' || instruction === 'STOPSIGNAL') return undefined
  return table.get(instruction) ?? {}
}

export interface Syntax {
  readonly version: readonly [number, number]
  readonly labs: boolean
}

/** The version that `# syntax=docker/dockerfile:1.4-labs` asks for; undefined where it is not told or the newest is meant. */
export function syntaxVersion(value: string): Syntax | undefined {
  const match =
    /^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?:(\d+)\.(\d+)(?:\.\d+)?(-\w+)?(?:@.*)?$/.exec(value)
  return match ? { version: [Number(match[1]), Number(match[2])], labs: match[3] === '-labs' } : undefined
}

export function isOlder({ version }: Syntax, than: string): boolean {
  const [major, minor] = than.split('.').map(Number) as [number, number]
  return version[0] < major || (version[0] === major && version[1] < minor)
}
