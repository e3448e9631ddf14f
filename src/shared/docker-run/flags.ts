/** How a flag's value is read: a `list` may be given several times, the others once (the last counts). */
export type FlagKind = 'boolean' | 'string' | 'list' | 'integer' | 'decimal' | 'bytes' | 'duration'

export interface Flag {
  readonly name: string
  readonly short?: string
  readonly kind: FlagKind
  /** What it is without the flag, where that is not empty or false. */
  readonly standard?: string
}

const flag = (kind: FlagKind, names: string, standard?: string): Flag => {
  const [name = '', short] = names.split(' ')
  return {
    name,
    kind,
    ...(short === undefined ? {} : { short }),
    ...(standard === undefined ? {} : { standard }),
  }
}
const boolean = (names: string, standard?: string): Flag => flag('boolean', names, standard)
const string = (names: string, standard?: string): Flag => flag('string', names, standard)
const list = (names: string): Flag => flag('list', names)

/** Every flag of `docker run` (docker/cli 28, `docker run --help`), in the order in which a line is printed. */
export const flags: readonly Flag[] = [
  boolean('detach d'),
  boolean('interactive i'),
  boolean('tty t'),
  boolean('rm'),
  string('name'),
  string('restart', 'no'),
  list('publish p'),
  boolean('publish-all P'),
  list('expose'),
  list('volume v'),
  list('mount'),
  list('tmpfs'),
  list('volumes-from'),
  string('volume-driver'),
  list('env e'),
  list('env-file'),
  list('network'),
  list('network-alias'),
  string('ip'),
  string('ip6'),
  list('link'),
  list('link-local-ip'),
  string('mac-address'),
  string('hostname h'),
  string('domainname'),
  list('add-host'),
  list('dns'),
  list('dns-option'),
  list('dns-search'),
  string('workdir w'),
  string('user u'),
  list('group-add'),
  string('entrypoint'),
  boolean('init'),
  list('label l'),
  list('label-file'),
  list('annotation'),
  flag('bytes', 'memory m'),
  flag('bytes', 'memory-reservation'),
  flag('bytes', 'memory-swap'),
  flag('integer', 'memory-swappiness', '-1'),
  flag('bytes', 'kernel-memory'),
  flag('decimal', 'cpus'),
  flag('integer', 'cpu-shares c'),
  flag('integer', 'cpu-period'),
  flag('integer', 'cpu-quota'),
  flag('integer', 'cpu-rt-period'),
  flag('integer', 'cpu-rt-runtime'),
  flag('integer', 'cpu-count'),
  flag('integer', 'cpu-percent'),
  string('cpuset-cpus'),
  string('cpuset-mems'),
  flag('integer', 'pids-limit'),
  list('ulimit'),
  flag('bytes', 'shm-size'),
  flag('integer', 'blkio-weight'),
  list('blkio-weight-device'),
  list('device-read-bps'),
  list('device-read-iops'),
  list('device-write-bps'),
  list('device-write-iops'),
  flag('bytes', 'io-maxbandwidth'),
  flag('integer', 'io-maxiops'),
  string('gpus'),
  list('device'),
  list('device-cgroup-rule'),
  boolean('privileged'),
  list('cap-add'),
  list('cap-drop'),
  list('security-opt'),
  boolean('read-only'),
  boolean('oom-kill-disable'),
  flag('integer', 'oom-score-adj'),
  string('health-cmd'),
  flag('duration', 'health-interval'),
  flag('duration', 'health-timeout'),
  flag('duration', 'health-start-period'),
  flag('duration', 'health-start-interval'),
  flag('integer', 'health-retries'),
  boolean('no-healthcheck'),
  string('log-driver'),
  list('log-opt'),
  string('stop-signal'),
  flag('integer', 'stop-timeout'),
  list('sysctl'),
  list('storage-opt'),
  string('runtime'),
  string('platform'),
  string('pull', 'missing'),
  boolean('quiet q'),
  string('ipc'),
  string('pid'),
  string('userns'),
  string('uts'),
  string('cgroupns'),
  string('cgroup-parent'),
  string('isolation'),
  list('attach a'),
  string('cidfile'),
  string('detach-keys'),
  boolean('sig-proxy', 'true'),
  boolean('disable-content-trust', 'true'),
  boolean('use-api-socket'),
]

/** Older spellings that the CLI still takes. */
const aliases: Readonly<Record<string, string>> = {
  net: 'network',
  'net-alias': 'network-alias',
  'dns-opt': 'dns-option',
}

const byName = new Map(flags.map((entry) => [entry.name, entry]))
const byShort = new Map(
  flags.flatMap((entry) => (entry.short === undefined ? [] : [[entry.short, entry] as const])),
)

export const flagNamed = (name: string): Flag | undefined => byName.get(aliases[name] ?? name)
export const flagOfLetter = (letter: string): Flag | undefined => byShort.get(letter)
