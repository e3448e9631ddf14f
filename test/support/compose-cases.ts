/**
 * Compose projects made up by chance, for comparing our verdict with the engine's. The same seed gives the same
 * projects. Most start sound; then some are hurt in one place. Which are refused only the engine knows.
 */
export interface ComposeCase {
  readonly name: string
  /** Texts by path; `compose.yaml` is the main file. */
  readonly files: Readonly<Record<string, string>>
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonMap = { [key: string]: Json }

/** Numbers by chance: mulberry32, the same on every machine. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export function composeCases(count: number, seed: number): readonly ComposeCase[] {
  return Array.from({ length: count }, (_, index) => composeCase(index, seed * 100_003 + index))
}

function composeCase(index: number, seed: number): ComposeCase {
  const random = randomFrom(seed)
  const model = project(random)
  const files: Record<string, string> = {}
  const faults: string[] = []
  if (random(4) !== 0) {
    const fault = faultList[random(faultList.length)]!
    fault.apply(model, random, files)
    faults.push(fault.name)
  }
  surround(model, random, files)
  files['compose.yaml'] = print(model, random)
  return { name: `${index} ${faults.join(', ') || 'sound'}`, files }
}

type Random = (below: number) => number

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)]!
}

const names = ['web', 'api', 'db', 'cache', 'worker', 'proxy']
const images = [
  'nginx:1.27',
  'postgres:16',
  'redis:7-alpine',
  'busybox',
  'registry.example.com:5000/team/app:1.0',
  'app@sha256:' + '0'.repeat(64),
]

/** A project that the engine should take. */
function project(random: Random): JsonMap {
  const services: JsonMap = {}
  const count = 1 + random(4)
  const volumes: JsonMap = {}
  const networks: JsonMap = {}
  const secrets: JsonMap = {}
  const configs: JsonMap = {}
  for (let index = 0; index < count; index++) {
    const name = names[index]!
    const service: JsonMap = random(5) === 0 ? { build: build(random) } : { image: pick(random, images) }
    const before = Object.keys(services)
    for (let more = 2 + random(6); more > 0; more--)
      addPart(service, before, random, { volumes, networks, secrets, configs })
    services[name] = service
  }
  const model: JsonMap = {}
  if (random(6) === 0) model['version'] = pick(random, ['3.8', '2', '3'])
  if (random(4) === 0) model['name'] = pick(random, ['shop', 'my-app', 'My_App', 'x1'])
  if (random(5) === 0)
    model['x-common'] = { logging: { driver: 'json-file', options: { 'max-size': '10m' } } }
  model['services'] = services
  if (Object.keys(volumes).length > 0) model['volumes'] = volumes
  if (Object.keys(networks).length > 0) model['networks'] = networks
  if (Object.keys(secrets).length > 0) model['secrets'] = secrets
  if (Object.keys(configs).length > 0) model['configs'] = configs
  return model
}

function build(random: Random): Json {
  switch (random(4)) {
    case 0:
      return '.'
    case 1:
      return { context: './app', dockerfile: 'Dockerfile.dev', target: 'dev' }
    case 2:
      return {
        context: '.',
        args: { A: 'b', N: 1, EMPTY: null },
        labels: ['a=b'],
        platforms: ['linux/amd64'],
      }
    default:
      return {
        context: 'https://github.com/docker/getting-started.git',
        args: ['A=b', 'C'],
        ssh: ['default'],
        no_cache: true,
      }
  }
}

interface Shared {
  readonly volumes: JsonMap
  readonly networks: JsonMap
  readonly secrets: JsonMap
  readonly configs: JsonMap
}

function addPart(service: JsonMap, before: readonly string[], random: Random, shared: Shared): void {
  const [key, value] = part(before, random, shared)
  if (value !== undefined && !(key in service)) service[key] = value
}

function part(before: readonly string[], random: Random, shared: Shared): [string, Json | undefined] {
  switch (random(34)) {
    case 0:
      return ['ports', ports(random)]
    case 1: {
      const name = pick(random, ['data', 'logs', 'db-data'])
      shared.volumes[name] = pick(random, [
        null,
        {},
        { driver: 'local' },
        { external: true },
        { labels: { a: 'b' } },
      ])
      return [
        'volumes',
        [
          `${name}:/var/lib/${name}`,
          ...(random(2) === 0 ? ['./src:/app:ro'] : []),
          ...(random(3) === 0 ? ['/anonymous'] : []),
        ],
      ]
    }
    case 2:
      return [
        'volumes',
        [
          { type: 'bind', source: './conf', target: '/etc/conf', read_only: true },
          { type: 'tmpfs', target: '/tmp', tmpfs: { size: '64m' } },
        ],
      ]
    case 3:
      return [
        'environment',
        pick<Json>(random, [
          { A: 'b', N: 1, B: true, E: null, F: 1.5 },
          ['A=b', 'C', 'D=${UNSET:-x}'],
          { URL: 'http://${HOST:-localhost}:80' },
        ]),
      ]
    case 4:
      return [
        'depends_on',
        before.length === 0
          ? undefined
          : pick<Json>(random, [
              [...before],
              Object.fromEntries(before.map((name) => [name, { condition: 'service_started' }])),
            ]),
      ]
    case 5: {
      const name = pick(random, ['front', 'back'])
      shared.networks[name] = pick(random, [
        null,
        {},
        { driver: 'bridge', internal: true },
        { ipam: { config: [{ subnet: '172.28.0.0/16' }] } },
        { external: true, name: 'outside' },
      ])
      return [
        'networks',
        pick<Json>(random, [[name], { [name]: { aliases: ['x'] } }, { [name]: null }, [name, 'default']]),
      ]
    }
    case 6:
      return [
        'healthcheck',
        pick<Json>(random, [
          { test: ['CMD', 'true'], interval: '30s', retries: 3 },
          { test: 'curl -f http://localhost', timeout: '1m30s', start_period: '10s' },
          { disable: true },
          { test: ['NONE'] },
        ]),
      ]
    case 7:
      return ['restart', pick(random, ['always', 'unless-stopped', 'on-failure:3', 'no'])]
    case 8:
      return [
        'command',
        pick<Json>(random, ['npm run dev', ['node', 'server.js'], null, "sh -c 'echo a; sleep 1'", []]),
      ]
    case 9:
      return ['labels', pick<Json>(random, [{ 'traefik.enable': true, n: 1 }, ['a=b', 'c']])]
    case 10:
      return ['logging', { driver: 'json-file', options: { 'max-size': '10m', 'max-file': 3 } }]
    case 11:
      return [
        'deploy',
        pick<Json>(random, [
          { replicas: 2 },
          { resources: { limits: { cpus: '0.5', memory: '512M' }, reservations: { memory: '256m' } } },
          { restart_policy: { condition: 'on-failure', delay: '5s', max_attempts: 3 } },
        ]),
      ]
    case 12: {
      shared.secrets['token'] = pick(random, [
        { file: './token.txt' },
        { environment: 'TOKEN' },
        { external: true },
      ])
      return ['secrets', pick<Json>(random, [['token'], [{ source: 'token', target: 'tok', mode: 288 }]])]
    }
    case 13: {
      shared.configs['conf'] = pick(random, [
        { file: './conf.yml' },
        { content: 'a=${B:-c}' },
        { external: true },
      ])
      return ['configs', pick<Json>(random, [['conf'], [{ source: 'conf', target: '/etc/conf' }]])]
    }
    case 14:
      return [
        'extra_hosts',
        pick<Json>(random, [['host.docker.internal:host-gateway'], { somehost: '10.0.0.1' }, ['a=::1']]),
      ]
    case 15:
      return ['ulimits', pick<Json>(random, [{ nofile: 1024 }, { nofile: { soft: 1024, hard: 2048 } }])]
    case 16:
      return ['mem_limit', pick<Json>(random, ['512m', '1.5g', 1048576])]
    case 17:
      return ['cpus', pick<Json>(random, [0.5, '1.5', 2])]
    case 18:
      return ['stop_grace_period', pick(random, ['10s', '1m', '1h30m'])]
    case 19:
      return ['user', pick<Json>(random, ['1000:1000', 'root'])]
    case 20:
      return ['expose', pick<Json>(random, [[80, '443'], ['3000-3005']])]
    case 21:
      return ['dns', pick<Json>(random, ['8.8.8.8', ['8.8.8.8', '1.1.1.1']])]
    case 22:
      return ['tmpfs', pick<Json>(random, ['/run', ['/run', '/tmp2:size=64m']])]
    case 23:
      return ['cap_add', ['NET_ADMIN']]
    case 24:
      return ['devices', pick<Json>(random, [['/dev/ttyUSB0:/dev/ttyUSB0'], ['/dev/fuse']])]
    case 25:
      return ['sysctls', pick<Json>(random, [{ 'net.core.somaxconn': 1024 }, ['net.core.somaxconn=1024']])]
    case 26:
      return ['profiles', [pick(random, ['debug', 'dev'])]]
    case 27:
      return ['init', pick<Json>(random, [true, 'true', 'yes'])]
    case 28:
      return ['entrypoint', pick<Json>(random, ['/entry.sh', ['sh', '-c']])]
    case 29:
      return [
        'develop',
        {
          watch: [
            { path: './src', action: 'sync', target: '/app' },
            { path: 'package.json', action: 'rebuild' },
          ],
        },
      ]
    case 30:
      return [
        'network_mode',
        before.length > 0 && random(2) === 0 ? `service:${pick(random, before)}` : undefined,
      ]
    case 31:
      return ['shm_size', pick<Json>(random, ['64m', 67108864])]
    case 32:
      return ['pull_policy', pick(random, ['always', 'missing', 'never', 'daily'])]
    default:
      return ['hostname', 'host1']
  }
}

function ports(random: Random): Json {
  return pick<Json>(random, [
    ['8080:80'],
    ['127.0.0.1:5432:5432', '9000-9002:9000-9002'],
    [80, '443:443/tcp', '53:53/udp'],
    [{ target: 80, published: '8080', protocol: 'tcp', mode: 'host' }],
    ['${PORT:-3000}:3000'],
    ['[::1]:6000:6000', '6001'],
  ])
}

interface Fault {
  readonly name: string
  readonly apply: (model: JsonMap, random: Random, files: Record<string, string>) => void
}

function servicesOf(model: JsonMap): JsonMap {
  return model['services'] as JsonMap
}

function anyService(model: JsonMap, random: Random): JsonMap {
  const services = servicesOf(model)
  return services[pick(random, Object.keys(services))] as JsonMap
}

/** Sets keys of some service, whatever was there. */
function set(name: string, ...choices: readonly JsonMap[]): Fault {
  return {
    name,
    apply: (model, random) => void Object.assign(anyService(model, random), pick(random, choices)),
  }
}

/** Sets keys of the top level. */
function top(name: string, ...choices: readonly JsonMap[]): Fault {
  return { name, apply: (model, random) => void Object.assign(model, pick(random, choices)) }
}

const faultList: readonly Fault[] = [
  set('unknown key', { portz: ['80:80'] }, { enviroment: { A: 'b' } }, { Image: 'x' }, { 'x-ok': 1 }),
  set(
    'wrong type',
    { image: 5 },
    { ports: '80:80' },
    { environment: 'A=b' },
    { volumes: { a: 'b' } },
    { command: 5 },
    { restart: false },
    { labels: 'x' },
    { privileged: 'maybe' },
    { tty: 1 },
    { expose: 80 },
  ),
  set(
    'undefined network',
    { networks: ['nowhere'] },
    { networks: { nowhere: null } },
    { networks: ['default'] },
  ),
  set(
    'undefined volume',
    { volumes: ['nowhere:/x'] },
    { volumes: [{ type: 'volume', source: 'nowhere', target: '/x' }] },
    { volumes: ['./a:/x', '/y'] },
  ),
  set(
    'undefined secret',
    { secrets: ['nowhere'] },
    { build: { context: '.', secrets: ['nowhere'] } },
    { secrets: [{ source: 'nowhere' }] },
  ),
  set('undefined config', { configs: ['nowhere'] }, { configs: [{ source: 'nowhere', target: '/x' }] }),
  set('undefined model', { models: ['nowhere'] }, { models: { nowhere: { endpoint_var: 'X' } } }),
  set(
    'undefined service',
    { depends_on: ['nobody'] },
    { depends_on: { nobody: { condition: 'service_started', required: false } } },
    { links: ['nobody:alias'] },
    { volumes_from: ['nobody:ro'] },
    { network_mode: 'service:nobody', networks: [] },
    { ipc: 'service:nobody' },
    { volumes_from: ['container:x'] },
  ),
  { name: 'cycle', apply: cycle },
  set('mode and networks', { network_mode: 'host', networks: ['default'] }, { network_mode: 'bridge' }),
  set(
    'dockerfile twice',
    { build: { context: '.', dockerfile: 'D', dockerfile_inline: 'FROM scratch' } },
    { build: { dockerfile_inline: 'FROM scratch' } },
  ),
  set(
    'platforms',
    { platform: 'linux/arm64', build: { context: '.', platforms: ['linux/amd64'] } },
    { platform: 'linux/amd64', build: { context: '.', platforms: ['linux/amd64'] } },
  ),
  set(
    'healthcheck form',
    { healthcheck: { test: ['curl', 'x'] } },
    { healthcheck: { test: [] } },
    { healthcheck: { interval: '5' } },
    { healthcheck: { interval: '5x' } },
    { healthcheck: { retries: 'x' } },
    { healthcheck: { retries: -1 } },
  ),
  set(
    'scale',
    { scale: 2, deploy: { replicas: 3 } },
    { scale: 2, container_name: 'abc' },
    { scale: -1 },
    { deploy: { replicas: -1 } },
    { scale: 2, deploy: { replicas: 2 } },
    { deploy: { replicas: 1 }, container_name: 'abc' },
  ),
  set(
    'limits',
    { cpus: 1, deploy: { resources: { limits: { cpus: '2' } } } },
    { mem_limit: '1g', deploy: { resources: { limits: { memory: '1024m' } } } },
    { mem_limit: '1g', deploy: { resources: { limits: { cpus: '1' } } } },
    { pids_limit: 5, deploy: { resources: { limits: { pids: 6 } } } },
    { mem_reservation: '1g', deploy: { resources: { reservations: { memory: '2g' } } } },
  ),
  set(
    'mounted twice',
    { volumes: ['./a:/x', './b:/x/'] },
    { tmpfs: ['/x'], volumes: ['./a:/x'] },
    { volumes: ['./a:/x', './b:/x'] },
    { tmpfs: ['/x', '/x'] },
  ),
  set(
    'ports',
    { ports: ['99999:80'] },
    { ports: ['80:abc'] },
    { ports: ['8000-8002:80-81'] },
    { ports: ['1.2.3:80:80'] },
    { ports: ['80:80/foo'] },
    { ports: ['::1:80:80'] },
    { ports: ['80:'] },
    { ports: [{ published: 80 }] },
    { ports: [{ target: 'x' }] },
    { ports: [80.5] },
    { ports: ['8000-8005:80'] },
    { ports: ['0:80'] },
    { ports: ['80:0'] },
    { ports: [{ target: 80, host_ip: 'abc' }] },
  ),
  set(
    'volumes',
    { volumes: ['a:b:c:d'] },
    { volumes: [':/x'] },
    { volumes: [''] },
    { volumes: [{ type: 'bind', target: '/x' }] },
    { volumes: [{ type: 'bint', source: '/a', target: '/x' }] },
    { volumes: [{ type: 'bind', source: '/a' }] },
    { volumes: ['C:\\a:/x'] },
    { volumes: ['./a:/x:ro,z'] },
  ),
  set(
    'interpolation',
    { image: '${' },
    { image: '${A' },
    { image: '${A:?needed}' },
    { image: '${A-b}' },
    { image: 'a:${}' },
    { command: 'echo $$HOME ${B:+x}' },
    { hostname: '${1}' },
    { image: '$A$' },
    { environment: { A: '${B:-${C:?x}}' } },
    { labels: { a: '${D:-{{}} x}' } },
  ),
  set(
    'cast',
    { scale: '${N:-x}' },
    { scale: '${N:-2}' },
    { privileged: '${B:-maybe}' },
    { cpus: '${C:-1.5}' },
    { pids_limit: '${D}' },
    { init: '${E:-on}' },
    { oom_score_adj: 2000 },
    { cpu_percent: 101 },
  ),
  set(
    'duration',
    { stop_grace_period: '10' },
    { stop_grace_period: '1.5m' },
    { stop_grace_period: 'soon' },
    { deploy: { restart_policy: { delay: '5' } } },
    { stop_grace_period: '1d' },
  ),
  set(
    'size',
    { mem_limit: '5q' },
    { shm_size: '-1m' },
    { mem_limit: '1 GiB' },
    { memswap_limit: -1 },
    { build: { context: '.', shm_size: 'x' } },
    { deploy: { resources: { limits: { memory: '1x' } } } },
  ),
  set(
    'conditions',
    { depends_on: { web: { condition: 'service_up' } } },
    { depends_on: { web: {} } },
    { depends_on: { web: null } },
    { depends_on: { web: { condition: 'service_healthy', extra: 1 } } },
  ),
  set(
    'extends',
    { extends: 'nobody' },
    { extends: { service: 'nobody' } },
    { extends: { file: 'nowhere.yaml', service: 'x' } },
    { extends: { service: 'web' } },
    { extends: [] },
    { extends: { file: 'base.yaml', service: 'base' } },
  ),
  set(
    'env_file',
    { env_file: 'missing.env' },
    { env_file: [{ path: 'missing.env', required: false }] },
    { env_file: ['app.env'] },
    { env_file: 'broken.env' },
    { env_file: [{ path: 'app.env', format: 'raw' }] },
    { env_file: [{ path: 'app.env', format: 'x' }] },
    { label_file: 'missing.labels' },
  ),
  set(
    'watch',
    { develop: { watch: [{ path: '.', action: 'sync' }] } },
    { develop: { watch: [{ path: '', action: 'rebuild' }] } },
    { develop: { watch: [{ action: 'rebuild' }] } },
    { develop: { watch: [{ path: '.', action: 'restart' }] } },
    { develop: null },
  ),
  set(
    'devices',
    { gpus: [{ count: 1, device_ids: ['0'] }] },
    { gpus: 'all' },
    { gpus: 'some' },
    { devices: ['a:b:c:d'] },
    { deploy: { resources: { reservations: { devices: [{ count: 1 }] } } } },
    { deploy: { resources: { reservations: { devices: [{ capabilities: ['gpu'], count: 'x' }] } } } },
  ),
  set(
    'hosts',
    { extra_hosts: ['nowhere'] },
    { extra_hosts: [':1.2.3.4'] },
    { extra_hosts: { a: null } },
    { extra_hosts: { 'a:b': '1' } },
  ),
  set(
    'command',
    { command: "sh -c 'x" },
    { command: 'a (b)' },
    { entrypoint: 'a \\' },
    { command: 'a && b "' },
    { command: 'echo $$(date)' },
  ),
  set(
    'lists',
    { cap_add: ['A', 'A'] },
    { networks: ['default', 'default'] },
    { profiles: ['a', 'a'] },
    { environment: ['A =b'] },
    { dns_search: ['a', 'a'] },
    { links: [5] },
    { security_opt: ['a', 'a'] },
  ),
  set(
    'source',
    { image: null },
    { image: '' },
    { build: null },
    { build: [] },
    { build: {} },
    { provider: { type: 'x' } },
  ),
  set('container name', { container_name: '-' }, { container_name: 'a' }, { container_name: 'good_name' }),
  set(
    'ulimits',
    { ulimits: { nofile: { soft: 1 } } },
    { ulimits: { nofile: 'x' } },
    { ulimits: { nofile: '5' } },
    { ulimits: { nofile: { soft: 1, hard: 2, x: 3 } } },
  ),
  set(
    'contexts',
    { build: { context: '.', additional_contexts: { a: 'service:nobody' } } },
    { build: { context: '.', additional_contexts: ['a'] } },
    { build: { context: '.', additional_contexts: { a: 'docker-image://x' } } },
    { build: { context: '.', ssh: ['a'] } },
  ),
  set('dates', { labels: { since: 'DATE' } }, { environment: { SINCE: 'DATE' } }, { image: 'DATE' }),
  top(
    'file objects',
    { secrets: { s: {} } },
    { secrets: { s: { file: 'a', environment: 'B' } } },
    { configs: { c: { content: 'a', file: 'b' } } },
    { configs: { c: null } },
    { secrets: { s: { external: true, name: 'x' } } },
    { configs: { c: { external: false } } },
  ),
  top(
    'external',
    { volumes: { v: { external: true, driver: 'local' } } },
    { volumes: { v: { external: { name: 'x' } } } },
    { volumes: { v: { external: { name: 'x' }, name: 'y' } } },
    { networks: { n: { external: true, driver: 'bridge' } } },
    { volumes: { v: { external: 'yes' } } },
    { volumes: { v: { external: 'maybe' } } },
  ),
  top(
    'top level',
    { service: {} },
    { 'x-any': { a: [1, { b: null }] } },
    { networks: [] },
    { volumes: 'a' },
    { version: 3 },
    { name: 5 },
    { name: '' },
    { name: '!' },
    { networks: { n: { driver_opts: { a: true } } } },
    { networks: { n: { ipam: { config: {} } } } },
  ),
  top(
    'names',
    { volumes: { 'bad name': {} } },
    { networks: { 'bad name': {} } },
    { secrets: { 'bad/name': { file: 'x' } } },
  ),
  {
    name: 'service names',
    apply: (model, random) =>
      void (servicesOf(model)[pick(random, ['bad name', 'a/b', 'A.b_c-1', 'x-svc'])] = { image: 'x' }),
  },
  {
    name: 'empty service',
    apply: (model, random) =>
      void (servicesOf(model)[pick(random, ['nothing', 'web'])] = pick<Json>(random, [null, {}, [], 'x'])),
  },
  {
    name: 'no services',
    apply: (model, random) => void (model['services'] = pick<Json>(random, [null, {}, [], 'x'])),
  },
  { name: 'profiles', apply: profiles },
  { name: 'container names', apply: sameNames },
  { name: 'override', apply: override },
  { name: 'include', apply: include },
]

function cycle(model: JsonMap, random: Random): void {
  const services = servicesOf(model)
  const all = Object.keys(services)
  if (random(2) === 0 || all.length < 2) {
    const own = pick(random, all)
    ;(services[own] as JsonMap)['depends_on'] = [own]
    return
  }
  ;(services[all[0]!] as JsonMap)['depends_on'] = [all[1]!]
  ;(services[all[1]!] as JsonMap)[pick(random, ['links', 'volumes_from'])] = [all[0]!]
}

function profiles(model: JsonMap, random: Random): void {
  const services = servicesOf(model)
  services['tool'] = {
    image: 'tool',
    profiles: ['tools'],
    ...pick<JsonMap>(random, [
      { volumes: ['nowhere:/x'] },
      { networks: ['nowhere'] },
      { env_file: 'missing.env' },
      {},
    ]),
  }
  if (random(2) === 0)
    anyService(model, random)['depends_on'] =
      random(2) === 0 ? ['tool'] : { tool: { condition: 'service_started', required: false } }
}

function sameNames(model: JsonMap, random: Random): void {
  const services = servicesOf(model)
  services['one'] = { image: 'x', container_name: 'same_name' }
  services['two'] = {
    image: 'x',
    container_name: pick(random, ['same_name', 'other_name']),
    ...(random(3) === 0 ? { profiles: ['p'] } : {}),
  }
}

function override(model: JsonMap, random: Random, files: Record<string, string>): void {
  const name = pick(random, Object.keys(servicesOf(model)))
  const over = pick<JsonMap>(random, [
    { environment: { A: 'c', NEW: 1 } },
    { environment: ['A=c'], ports: ['9999:99'] },
    { volumes: ['./other:/app'] },
    { command: ['other'], image: 'other:1' },
    { networks: ['nowhere'] },
    { ports: { a: 1 } },
    { deploy: { replicas: 4 } },
    { labels: ['x=y'], depends_on: [name] },
    { build: { args: { X: '1' } } },
    { logging: { driver: 'local' } },
  ])
  files['compose.override.yaml'] = print({ services: { [name]: over } }, random)
}

function include(model: JsonMap, random: Random, files: Record<string, string>): void {
  const inner = pick<JsonMap>(random, [
    { services: { inner: { image: 'inner' } } },
    { services: { inner: { image: 'inner', volumes: ['nowhere:/x'] } } },
    { services: { web: { image: 'conflict' } } },
    { services: { inner: { portz: [] } } },
    { include: ['compose.yaml'], services: {} },
    { services: { inner: { image: '${INNER:?needed}' } } },
  ])
  files['sub/compose.yaml'] = print(inner, random)
  if (random(3) === 0) files['sub/.env'] = 'INNER=value\n'
  model['include'] = pick<Json>(random, [
    ['sub/compose.yaml'],
    [{ path: 'sub/compose.yaml' }],
    [{ path: ['sub/compose.yaml'], env_file: 'sub/.env' }],
    'sub/compose.yaml',
    ['missing.yaml'],
  ])
  if (random(2) === 0) anyService(model, random)['depends_on'] = ['inner']
}

/** The files that parts of a project may name. */
function surround(model: JsonMap, random: Random, files: Record<string, string>): void {
  files['app.env'] = 'A=1\nB="two words"\n# comment\nexport C=\'x\'\n'
  files['broken.env'] = 'A="never closed\n'
  files['base.yaml'] =
    'services:\n  base:\n    image: base:1\n    environment: [A=base]\n    ports: ["1234:1234"]\n'
  if (random(4) === 0)
    files['.env'] = pick(random, [
      'PORT=8000\nHOST=example.org\n',
      'N=3\nA=set\n',
      'A=b c # comment\nB=${A}\n',
      'COMPOSE_PROFILES=tools\n',
    ])
  if (random(40) === 0) files['.env'] = pick(random, ['A B=c\n', 'A="x\n', 'A=${\n'])
  void model
}

/** YAML in a style by chance: blocks or brackets, quotes or none. A text `DATE` becomes a date without quotes. */
function print(model: JsonMap, random: Random): string {
  const lines: string[] = []
  if (random(6) === 0) lines.push('# made up by chance')
  const scalar = (value: Json): string => {
    if (value === 'DATE') return '2024-01-02'
    if (typeof value !== 'string')
      return value === null ? pick(random, ['null', '~', '']) : JSON.stringify(value)
    const plain =
      /^[a-zA-Z./][\w./ -]*$/.test(value) &&
      !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value) &&
      !/ $/.test(value)
    if (plain && random(3) > 0) return value
    if (random(2) === 0 && !value.includes("'") && !/[\\\n]/.test(value)) return `'${value}'`
    return JSON.stringify(value)
  }
  const flow = (value: Json): string => {
    if (Array.isArray(value)) return `[${value.map((item) => flow(item) || 'null').join(', ')}]`
    if (value !== null && typeof value === 'object')
      return `{${Object.entries(value)
        .map(([key, item]) => `${scalarKey(key)}: ${flow(item) || 'null'}`)
        .join(', ')}}`
    return scalar(value)
  }
  const block = (value: Json, indent: string): void => {
    if (Array.isArray(value))
      for (const item of value) {
        if (isBlock(item) && random(3) > 0) {
          const start = lines.length
          block(item, `${indent}  `)
          lines[start] = `${indent}- ${lines[start]!.slice(indent.length + 2)}`
        } else lines.push(`${indent}- ${flow(item)}`.trimEnd())
      }
    else
      for (const [key, item] of Object.entries(value as JsonMap)) {
        if (isBlock(item) && (indent.length < 4 || random(4) > 0)) {
          lines.push(`${indent}${scalarKey(key)}:`)
          block(item, Array.isArray(item) && random(3) === 0 && indent !== '' ? indent : `${indent}  `)
        } else lines.push(`${indent}${scalarKey(key)}: ${flow(item)}`.trimEnd())
        if (random(25) === 0) lines.push('', `${indent}# a comment`)
      }
  }
  block(model, '')
  return `${lines.join(random(30) === 0 ? '\r\n' : '\n')}\n`
}

function scalarKey(key: string): string {
  return /^[\w.-][\w./-]*$/.test(key) && !/^[-\d]/.test(key) ? key : JSON.stringify(key)
}

function isBlock(value: Json): value is Json[] | JsonMap {
  return value !== null && typeof value === 'object' && Object.keys(value).length > 0
}
