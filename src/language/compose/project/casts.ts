import type { ScalarType } from '../yaml/scalars.ts'
import type { Path } from './value.ts'

/** What a text is turned into at some places: the engine does it right after the variables are replaced. */
export type Cast = 'int' | 'float' | 'bool'

const serviceCasts: Readonly<Record<string, Cast>> = {
  cpu_count: 'int',
  cpu_percent: 'float',
  cpu_period: 'int',
  cpu_quota: 'int',
  cpu_rt_period: 'int',
  cpu_rt_runtime: 'int',
  cpus: 'float',
  cpu_shares: 'int',
  init: 'bool',
  'deploy.replicas': 'int',
  'deploy.update_config.parallelism': 'int',
  'deploy.update_config.max_failure_ratio': 'float',
  'deploy.rollback_config.parallelism': 'int',
  'deploy.rollback_config.max_failure_ratio': 'float',
  'deploy.restart_policy.max_attempts': 'int',
  'deploy.placement.max_replicas_per_node': 'int',
  'healthcheck.retries': 'int',
  'healthcheck.disable': 'bool',
  oom_kill_disable: 'bool',
  oom_score_adj: 'int',
  pids_limit: 'int',
  'ports.*.target': 'int',
  privileged: 'bool',
  read_only: 'bool',
  scale: 'int',
  stdin_open: 'bool',
  tty: 'bool',
  'ulimits.*': 'int',
  'ulimits.*.hard': 'int',
  'ulimits.*.soft': 'int',
  'volumes.*.read_only': 'bool',
  'volumes.*.volume.nocopy': 'bool',
}

const rootCasts: Readonly<Record<string, Cast>> = {
  'networks.*.external': 'bool',
  'networks.*.internal': 'bool',
  'networks.*.attachable': 'bool',
  'networks.*.enable_ipv4': 'bool',
  'networks.*.enable_ipv6': 'bool',
  'volumes.*.external': 'bool',
  'secrets.*.external': 'bool',
  'configs.*.external': 'bool',
}

/** A tree of the patterns, so that a walk looks them up step by step. */
export interface CastTree {
  readonly cast?: Cast
  readonly children: ReadonlyMap<string, CastTree>
}

interface Growing {
  cast?: Cast
  children: Map<string, Growing>
}

function grow(patterns: readonly (readonly [string, Cast])[]): CastTree {
  const root: Growing = { children: new Map() }
  for (const [pattern, cast] of patterns) {
    let node = root
    for (const part of pattern.split('.')) {
      let child = node.children.get(part)
      if (child === undefined) node.children.set(part, (child = { children: new Map() }))
      node = child
    }
    node.cast = cast
  }
  return root
}

const casts = grow([
  ...Object.entries(rootCasts),
  ...Object.entries(serviceCasts).map(([path, cast]) => [`services.*.${path}`, cast] as const),
])

export function rootOfCasts(): CastTree {
  return casts
}

export function stepInCasts(tree: CastTree | undefined, key: string): CastTree | undefined {
  return tree?.children.get(key) ?? tree?.children.get('*')
}

/** The cast at a path of the model. */
export function castAt(path: Path): Cast | undefined {
  let node: CastTree | undefined = casts
  for (const key of path) node = stepInCasts(node, key)
  return node?.cast
}

/** Words that mean a boolean: YAML 1.2's, and those of YAML 1.1 that the engine takes with a warning. */
export function booleanOf(text: string): boolean | undefined {
  switch (text.toLowerCase()) {
    case 'true':
    case 'y':
    case 'yes':
    case 'on':
      return true
    case 'false':
    case 'n':
    case 'no':
    case 'off':
      return false
    default:
      return undefined
  }
}

/** A decimal whole number of 64 bits. */
export function integerOf(text: string): number | undefined {
  if (!/^[-+]?[0-9]+$/.test(text) || text.length > 20) return undefined
  const value = BigInt(text.replace(/^\+/, ''))
  return value >= -(2n ** 63n) && value < 2n ** 63n ? Number(value) : undefined
}

/** Underscores that part no digits; one may follow the `0x` too. */
const astray = /(?<![0-9])_|_(?![0-9])/
const astrayInHexadecimal = /(?<![0-9a-fA-F]|^[-+]?0[xX])_|_(?![0-9a-fA-F])/
// Each character has one way to match: a text without end must not be tried in many.
const decimal = /^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/
const hexadecimal = /^([-+]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([-+]?[0-9]+)$/

/** A floating-point number as Go reads it. */
export function floatOf(word: string): number | undefined {
  const wrong = /^[-+]?0[xX]/.test(word) ? astrayInHexadecimal : astray
  const text = wrong.test(word) ? word : word.replaceAll('_', '')
  if (/^[-+]?inf(?:inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return NaN
  if (decimal.test(text)) {
    const value = Number(text)
    return Number.isFinite(value) ? value : undefined
  }
  const match = hexadecimal.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const digits = parseInt(`${whole}${fraction}`, 16) * 2 ** (Number(exponent) - 4 * fraction.length)
  return Number.isFinite(digits) ? (sign === '-' ? -digits : digits) : undefined
}

export function applyCast(
  cast: Cast,
  text: string,
): { type: ScalarType; value: number | boolean } | undefined {
  if (cast === 'bool') {
    const value = booleanOf(text)
    return value === undefined ? undefined : { type: 'bool', value }
  }
  const value = cast === 'int' ? integerOf(text) : floatOf(text)
  return value === undefined ? undefined : { type: cast, value }
}
