import { t } from '../../../shared/l10n.ts'
import { applyCast, floatOf, integerOf } from './casts.ts'
import { itemsOf } from './checks.ts'
import { emptyMessage, type Problems } from './problem.ts'
import { bytesOf, durationOf, isCommandLine } from './units.ts'
import { isUnknown, printScalar, type MapValue, type ScalarValue, type Value } from './value.ts'

/** What the engine stores a value as. Only kinds that can still refuse what the schema let through. */
type Kind =
  | 'bool'
  | 'bytes'
  | 'command'
  | 'count'
  | 'cpus'
  | 'duration'
  | 'environment'
  | 'float'
  | 'hosts'
  | 'int'
  | 'mode'
  | 'text'
  | 'texts'
  | 'uint'

const hook: Readonly<Record<string, Kind>> = {
  command: 'command',
  environment: 'environment',
  privileged: 'bool',
}

const update: Readonly<Record<string, Kind>> = {
  parallelism: 'uint',
  delay: 'duration',
  monitor: 'duration',
  max_failure_ratio: 'float',
}

function below(prefix: string, kinds: Readonly<Record<string, Kind>>): readonly (readonly [string, Kind])[] {
  return Object.entries(kinds).map(([key, kind]) => [`${prefix}.${key}`, kind] as const)
}

const inService: readonly (readonly [string, Kind])[] = [
  ...below('services.*', {
    attach: 'bool',
    'blkio_config.weight': 'uint',
    'blkio_config.weight_device.*.weight': 'uint',
    'blkio_config.device_read_bps.*.rate': 'bytes',
    'blkio_config.device_read_iops.*.rate': 'bytes',
    'blkio_config.device_write_bps.*.rate': 'bytes',
    'blkio_config.device_write_iops.*.rate': 'bytes',
    'build.args': 'environment',
    'build.extra_hosts': 'hosts',
    'build.no_cache': 'bool',
    'build.privileged': 'bool',
    'build.pull': 'bool',
    'build.secrets.*.mode': 'mode',
    'build.shm_size': 'bytes',
    command: 'command',
    'configs.*.mode': 'mode',
    cpu_count: 'int',
    cpu_percent: 'float',
    cpu_period: 'int',
    cpu_quota: 'int',
    cpu_rt_period: 'int',
    cpu_rt_runtime: 'int',
    cpu_shares: 'int',
    cpus: 'float',
    'depends_on.*.restart': 'bool',
    'depends_on.*.required': 'bool',
    'deploy.placement.max_replicas_per_node': 'uint',
    'deploy.replicas': 'int',
    'deploy.resources.limits.cpus': 'cpus',
    'deploy.resources.limits.memory': 'bytes',
    'deploy.resources.limits.pids': 'int',
    'deploy.resources.reservations.cpus': 'cpus',
    'deploy.resources.reservations.devices.*.count': 'count',
    'deploy.resources.reservations.generic_resources.*.discrete_resource_spec.value': 'int',
    'deploy.resources.reservations.memory': 'bytes',
    'deploy.restart_policy.delay': 'duration',
    'deploy.restart_policy.max_attempts': 'uint',
    'deploy.restart_policy.window': 'duration',
    entrypoint: 'command',
    'env_file.*.required': 'bool',
    environment: 'environment',
    extra_hosts: 'hosts',
    'gpus.*.count': 'count',
    group_add: 'texts',
    'healthcheck.disable': 'bool',
    'healthcheck.interval': 'duration',
    'healthcheck.retries': 'uint',
    'healthcheck.start_interval': 'duration',
    'healthcheck.start_period': 'duration',
    'healthcheck.timeout': 'duration',
    init: 'bool',
    mem_limit: 'bytes',
    mem_reservation: 'bytes',
    mem_swappiness: 'bytes',
    memswap_limit: 'bytes',
    'networks.*.gw_priority': 'int',
    'networks.*.priority': 'int',
    oom_kill_disable: 'bool',
    oom_score_adj: 'int',
    pids_limit: 'int',
    'ports.*.published': 'text',
    'ports.*.target': 'uint',
    privileged: 'bool',
    read_only: 'bool',
    scale: 'int',
    'secrets.*.mode': 'mode',
    shm_size: 'bytes',
    stdin_open: 'bool',
    stop_grace_period: 'duration',
    'storage_opt.*': 'text',
    tty: 'bool',
    use_api_socket: 'bool',
    'volumes.*.bind.create_host_path': 'bool',
    'volumes.*.read_only': 'bool',
    'volumes.*.tmpfs.mode': 'uint',
    'volumes.*.tmpfs.size': 'bytes',
    'volumes.*.volume.nocopy': 'bool',
  }),
  ...below('services.*.deploy.update_config', update),
  ...below('services.*.deploy.rollback_config', update),
  ...below('services.*.post_start.*', hook),
  ...below('services.*.pre_stop.*', hook),
  ...below('services.*.develop.watch.*.exec', hook),
  ...below('networks.*', {
    attachable: 'bool',
    enable_ipv4: 'bool',
    enable_ipv6: 'bool',
    external: 'bool',
    internal: 'bool',
  }),
  ...below('secrets.*', { 'driver_opts.*': 'text', external: 'bool' }),
  ...below('configs.*', { external: 'bool' }),
  ...below('volumes.*', { external: 'bool' }),
  ...below('models.*', { context_size: 'int' }),
]

interface Branch {
  kind?: Kind
  readonly children: Map<string, Branch>
}

const root: Branch = { children: new Map() }
for (const [path, kind] of inService) {
  let node = root
  for (const part of path.split('.')) {
    let child = node.children.get(part)
    if (child === undefined) node.children.set(part, (child = { children: new Map() }))
    node = child
  }
  node.kind = kind
}

/** Finds the values of a canonical model that the engine cannot store. */
export function checkKinds(model: MapValue, problems: Problems): void {
  visit(model, root, problems)
}

function visit(value: Value, branch: Branch, problems: Problems): void {
  if (branch.kind !== undefined) checkKind(value, branch.kind, problems)
  if (branch.children.size === 0) return
  if (value.kind === 'map')
    for (const [key, item] of value.entries) {
      const inner = branch.children.get(key) ?? branch.children.get('*')
      // The engine takes `x-…` for an extension even where only texts are allowed.
      if (inner?.kind === 'text' && key.startsWith('x-'))
        problems.add('unknown-key', t('`{0}` is not allowed here.', key), item.key)
      if (inner !== undefined) visit(item.value, inner, problems)
    }
  else if (value.kind === 'list') {
    const inner = branch.children.get('*')
    if (inner !== undefined) for (const item of value.items) visit(item, inner, problems)
  }
}

function checkKind(value: Value, kind: Kind, problems: Problems): void {
  if (kind === 'environment') return checkEnvironment(value, problems)
  if (kind === 'hosts') return checkHosts(value, problems)
  if (kind === 'texts') {
    for (const item of itemsOf(value)) checkKind(item, 'text', problems)
    return
  }
  if (value.kind !== 'scalar') {
    if (kind === 'text') problems.add('wrong-type', t('This must be a text.'), value.origin)
    return
  }
  if (isUnknown(value) || value.type === 'null') return
  const message = faultOf(value, kind)
  if (message !== undefined) problems.add(codeOf(kind), message, value.origin)
}

function codeOf(kind: Kind): string {
  if (kind === 'duration') return 'bad-duration'
  if (kind === 'bytes') return 'bad-size'
  if (kind === 'command') return 'bad-command'
  return 'cast'
}

const emptyIsWrong: ReadonlySet<Kind> = new Set([
  'bool',
  'int',
  'uint',
  'float',
  'cpus',
  'bytes',
  'duration',
  'count',
  'mode',
])

function faultOf(value: ScalarValue, kind: Kind): string | undefined {
  const word = printScalar(value)
  const isText = value.type === 'string'
  if (word === '' && isText && emptyIsWrong.has(kind)) return emptyMessage(value.origin)
  switch (kind) {
    case 'bool':
      if (value.type === 'bool' || (isText && applyCast('bool', word) !== undefined)) return undefined
      return t('`{0}` is neither true nor false.', word)
    case 'int':
      if (!isText || integerOf(word) !== undefined) return undefined
      return t('`{0}` is no whole number.', word)
    case 'uint':
      if (isText) return t('`{0}` must be a number without quotes.', word)
      return typeof value.value === 'number' && value.value < 0 ? t('This must be 0 or more.') : undefined
    case 'float':
    case 'cpus':
      if (!isText || floatOf(word) !== undefined) return undefined
      return t('`{0}` is no number.', word)
    case 'bytes':
      if (!isText || bytesOf(word) !== undefined) return undefined
      return t('`{0}` is no size: write a number and `b`, `k`, `m` or `g`.', word)
    case 'duration': {
      const duration = durationOf(word)
      if (typeof duration === 'number') return undefined
      return duration === 'unit'
        ? t('`{0}` needs a unit after each number: `ms`, `s`, `m`, `h`.', word)
        : t('`{0}` is no duration: write it as `1m30s`.', word)
    }
    case 'count':
      if (isText ? word.toLowerCase() === 'all' || integerOf(word) !== undefined : value.type === 'int')
        return undefined
      return t('`{0}` must be a number or `all`.', word)
    case 'mode':
      if (isText)
        return /^[-+]?[0-7]+$/.test(word) ? undefined : t('`{0}` is no octal number such as `0440`.', word)
      return value.type === 'int' ? undefined : t('`{0}` is no octal number such as `0440`.', word)
    case 'text':
      return value.type === 'string' || value.type === 'int'
        ? undefined
        : t('This must be a text: put `{0}` in quotes.', word)
    case 'command':
      return isText && !isCommandLine(word)
        ? t('The engine cannot split this into words: a quote or bracket is open, or use a list.')
        : undefined
    case 'environment':
    case 'hosts':
    case 'texts':
      return undefined
  }
}

/** `- NAME =value` is refused in a list. */
function checkEnvironment(value: Value, problems: Problems): void {
  for (const item of itemsOf(value)) {
    if (item.kind !== 'scalar' || isUnknown(item)) continue
    const name = printScalar(item).split('=', 1)[0] ?? ''
    if (name !== '' && /[\s\x85]$/.test(name))
      problems.add('environment-space', t('The name `{0}` ends with a space.', name), item.origin)
  }
}

function checkHosts(value: Value, problems: Problems): void {
  const checkName = (name: string, at: Value): void => {
    if (name === '' || /[:=]/.test(name))
      problems.add('bad-host', t('`{0}` is no name of a host.', name), at.origin)
  }
  if (value.kind === 'map')
    for (const [name, item] of value.entries) {
      if (name.startsWith('x-')) problems.add('unknown-key', t('`{0}` is not allowed here.', name), item.key)
      checkName(name, item.value)
    }
  for (const item of itemsOf(value)) {
    if (item.kind !== 'scalar' || isUnknown(item)) continue
    const word = printScalar(item)
    const separator = word.includes('=') ? word.indexOf('=') : word.indexOf(':')
    if (separator < 0)
      problems.add(
        'bad-host',
        word === '' ? emptyMessage(item.origin) : t('`{0}` needs an address: `name=address`.', word),
        item.origin,
      )
    else checkName(word.slice(0, separator), item)
  }
}
