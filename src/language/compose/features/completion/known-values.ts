import { t } from '../../../../shared/l10n.ts'
import type { Path } from '../../yaml/tree.ts'

export interface KnownValue {
  readonly word: string
  readonly detail?: () => string
}

const plain = (...words: readonly string[]): readonly KnownValue[] => words.map((word) => ({ word }))

const capabilities = plain(
  'ALL',
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'IPC_LOCK',
  'KILL',
  'MKNOD',
  'NET_ADMIN',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETGID',
  'SETUID',
  'SYS_ADMIN',
  'SYS_CHROOT',
  'SYS_MODULE',
  'SYS_NICE',
  'SYS_PTRACE',
  'SYS_RESOURCE',
  'SYS_TIME',
)

const platforms = plain(
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/386',
  'linux/ppc64le',
  'linux/riscv64',
  'linux/s390x',
  'windows/amd64',
)

const durations = plain('5s', '10s', '30s', '1m', '5m')

/** Words for values that the schema leaves open, by path; the name of a service or network is `*`, a list entry `[]`. */
const known: ReadonlyMap<string, readonly KnownValue[]> = new Map<string, readonly KnownValue[]>([
  [
    'services.*.restart',
    [
      { word: 'no', detail: () => t('never (the default)') },
      { word: 'always', detail: () => t('whenever it stops, and when the engine starts') },
      { word: 'on-failure', detail: () => t('when it ends with an error') },
      { word: 'on-failure:3', detail: () => t('when it ends with an error, three times at most') },
      { word: 'unless-stopped', detail: () => t('like always, but not after it was stopped by hand') },
    ],
  ],
  [
    'services.*.pull_policy',
    [
      { word: 'always', detail: () => t('each time') },
      { word: 'missing', detail: () => t('when the image is not here (the default)') },
      { word: 'never', detail: () => t('never') },
      { word: 'build', detail: () => t('build it instead') },
      { word: 'daily', detail: () => t('when the last pull is a day old') },
      { word: 'weekly', detail: () => t('when the last pull is a week old') },
      { word: 'every_12h', detail: () => t('when the last pull is that old') },
    ],
  ],
  ['services.*.network_mode', plain('bridge', 'host', 'none')],
  ['services.*.ipc', plain('host', 'private', 'shareable', 'none')],
  ['services.*.pid', plain('host')],
  ['services.*.uts', plain('host')],
  ['services.*.userns_mode', plain('host')],
  ['services.*.isolation', plain('default', 'process', 'hyperv')],
  ['services.*.runtime', plain('runc', 'nvidia', 'runsc', 'io.containerd.runc.v2')],
  ['services.*.platform', platforms],
  ['services.*.build.platforms.[]', platforms],
  ['services.*.cap_add.[]', capabilities],
  ['services.*.cap_drop.[]', capabilities],
  [
    'services.*.security_opt.[]',
    plain('no-new-privileges:true', 'seccomp:unconfined', 'apparmor:unconfined', 'label:disable'),
  ],
  ['services.*.stop_signal', plain('SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGKILL')],
  [
    'services.*.logging.driver',
    plain(
      'json-file',
      'local',
      'none',
      'syslog',
      'journald',
      'fluentd',
      'gelf',
      'awslogs',
      'gcplogs',
      'splunk',
    ),
  ],
  ['services.*.tmpfs', plain('/tmp', '/run')],
  ['services.*.tmpfs.[]', plain('/tmp', '/run')],
  [
    'services.*.deploy.placement.constraints.[]',
    plain('node.role==manager', 'node.role==worker', 'node.platform.os==linux'),
  ],
  ['services.*.deploy.mode', plain('replicated', 'global', 'replicated-job', 'global-job')],
  ['services.*.deploy.endpoint_mode', plain('vip', 'dnsrr')],
  ['services.*.deploy.restart_policy.condition', plain('none', 'on-failure', 'any')],
  ['services.*.deploy.update_config.failure_action', plain('continue', 'rollback', 'pause')],
  ['services.*.deploy.rollback_config.failure_action', plain('continue', 'pause')],
  [
    'services.*.deploy.resources.reservations.devices.[].capabilities.[]',
    plain('gpu', 'nvidia-compute', 'compute', 'utility'),
  ],
  ['services.*.deploy.resources.reservations.devices.[].driver', plain('nvidia', 'cdi')],
  ['services.*.deploy.resources.reservations.devices.[].count', plain('all')],
  ['services.*.gpus.[].count', plain('all')],
  ['services.*.healthcheck.interval', durations],
  ['services.*.healthcheck.timeout', durations],
  ['services.*.healthcheck.start_period', durations],
  ['services.*.healthcheck.start_interval', durations],
  ['services.*.stop_grace_period', durations],
  ['services.*.healthcheck.test.[]', plain('CMD', 'CMD-SHELL', 'NONE')],
  ['services.*.ports.[].protocol', plain('tcp', 'udp', 'sctp')],
  ['services.*.ports.[].mode', plain('ingress', 'host')],
  ['services.*.ports.[].host_ip', plain('127.0.0.1', '0.0.0.0', '::1')],
  [
    'services.*.volumes.[].bind.propagation',
    plain('rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'),
  ],
  ['services.*.volumes.[].consistency', plain('consistent', 'cached', 'delegated')],
  ['services.*.env_file.[].format', plain('raw')],
  ['services.*.build.network', plain('default', 'host', 'none')],
  ['services.*.build.ssh.[]', plain('default')],
  ['services.*.build.cache_from.[]', plain('type=gha', 'type=local,src=', 'type=registry,ref=')],
  [
    'services.*.build.cache_to.[]',
    plain('type=gha,mode=max', 'type=inline', 'type=local,dest=', 'type=registry,ref='),
  ],
  ['services.*.build.entitlements.[]', plain('network.host', 'security.insecure', 'device')],
  ['services.*.extra_hosts.[]', plain('host.docker.internal:host-gateway')],
  ['networks.*.driver', plain('bridge', 'overlay', 'macvlan', 'ipvlan', 'host', 'none')],
  ['networks.*.ipam.driver', plain('default')],
  ['volumes.*.driver', plain('local')],
  ['volumes.*.driver_opts.type', plain('none', 'nfs', 'tmpfs', 'cifs')],
  ['volumes.*.driver_opts.o', plain('bind')],
])

const patternOf = (path: Path): string =>
  path.map((step, index) => (typeof step === 'number' ? '[]' : index === 1 ? '*' : step)).join('.')

export const knownWords = (path: Path): readonly KnownValue[] => known.get(patternOf(path)) ?? []

const ulimits = ['core', 'cpu', 'data', 'fsize', 'memlock', 'nofile', 'nproc', 'rss', 'stack'] as const

const free: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^services\.\*(?:\.build)?\.ulimits$/, ulimits],
  [/^services\.\*\.logging\.options$/, ['max-size', 'max-file', 'compress', 'labels', 'env', 'tag', 'mode']],
  [
    /^services\.\*\.sysctls$/,
    ['net.core.somaxconn', 'net.ipv4.ip_forward', 'net.ipv6.conf.all.disable_ipv6'],
  ],
  [/^services\.\*\.storage_opt$/, ['size']],
  [/^volumes\.\*\.driver_opts$/, ['type', 'o', 'device']],
]

/** Keys that everybody uses in mappings whose keys the schema leaves open. */
export function freeKeys(path: Path): readonly string[] {
  const pattern = patternOf(path)
  return free.find(([form]) => form.test(pattern))?.[1] ?? []
}
