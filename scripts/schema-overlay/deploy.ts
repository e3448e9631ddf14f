import { under } from './words.ts'

const update = {
  parallelism: 'How many containers are replaced at a time; 0 for all.',
  delay: 'The pause between two groups.',
  failure_action: 'What happens when it fails: `continue`, `rollback` or `pause`.',
  monitor: 'How long each is watched for failure.',
  max_failure_ratio: 'Which part may fail, 0 to 1.',
  order: '`stop-first` or `start-first`.',
}

const request = {
  capabilities: ['What the device can do. Required.', 'capabilities: [gpu]'],
  count: ['How many, or `all`. Not together with `device_ids`.', 'count: 1'],
  device_ids: ['Which ones, by id. Not together with `count`.', 'device_ids: ["0", "3"]'],
  driver: ['The driver, such as `nvidia` or `cdi`.', 'driver: nvidia'],
  options: 'Options of the driver.',
} as const

export const deployWords = [
  ...under('deployment', {
    mode: '`replicated` runs a number of containers, `global` one on each node; the `-job` forms run to their end. For Swarm.',
    endpoint_mode: 'How clients find the service in a swarm: `vip` or `dnsrr`.',
    replicas: ['How many containers.', 'replicas: 3'],
    labels: 'Labels of the service, not of its containers.',
    update_config: 'How Swarm replaces containers with new ones.',
    rollback_config: 'How Swarm goes back when that fails.',
    resources: [
      'What the containers may use and what is kept for them.',
      'resources:\n  limits:\n    cpus: "0.50"\n    memory: 512M',
    ],
    'resources.limits': 'The most they may use.',
    'resources.limits.cpus': ['Processors, in parts.', 'cpus: "0.50"'],
    'resources.limits.memory': ['Memory.', 'memory: 512M'],
    'resources.limits.pids': 'Processes.',
    'resources.reservations': 'What is kept for them.',
    'resources.reservations.cpus': 'Processors, in parts.',
    'resources.reservations.memory': 'Memory.',
    'resources.reservations.generic_resources': 'Things of your own that nodes have a number of.',
    'resources.reservations.devices': [
      'Devices such as graphics processors.',
      'devices:\n  - driver: nvidia\n    count: 1\n    capabilities: [gpu]',
    ],
    restart_policy: [
      'Whether containers start again after they end. It counts before `restart`.',
      'restart_policy:\n  condition: on-failure\n  delay: 5s\n  max_attempts: 3',
    ],
    'restart_policy.condition': '`none`, `on-failure` or `any`.',
    'restart_policy.delay': 'The pause before each try.',
    'restart_policy.max_attempts': 'How many tries; without it there is no end.',
    'restart_policy.window': 'How long it must run to count as a success.',
    placement: 'On which nodes of a swarm containers run.',
    'placement.constraints': ['What a node must be.', 'constraints:\n  - node.role == worker'],
    'placement.preferences': 'Over which nodes they are spread.',
    'placement.preferences.spread': ['The label they are spread over.', 'spread: node.labels.zone'],
    'placement.max_replicas_per_node': 'How many one node may run.',
  }),
  ...under('deployment.update_config', update),
  ...under('deployment.rollback_config', update),
  ...under('devices', request),
  ...under('gpus', request),
  ...under('generic_resources', {
    discrete_resource_spec: 'A thing that is counted.',
    'discrete_resource_spec.kind': ['What it is called.', 'kind: SSD'],
    'discrete_resource_spec.value': 'How many.',
  }),
  ...under('healthcheck', {
    test: [
      'The command: a text for the shell, or a list that starts with `CMD`, `CMD-SHELL` or `NONE`.',
      'test: ["CMD", "pg_isready"]',
    ],
    interval: ['How often; 30 seconds by default.', 'interval: 10s'],
    timeout: ['How long one try may take.', 'timeout: 5s'],
    retries: ['After how many failures it is unhealthy.', 'retries: 3'],
    start_period: ['How long failures do not count after the start.', 'start_period: 30s'],
    start_interval: ['How often during that time.', 'start_interval: 1s', '2.20.2'],
    disable: 'Turn off the health check of the image.',
  }),
  ...under('development', {
    watch: 'What happens when files change.',
    'watch.path': ['The file or folder to watch.', 'path: ./src'],
    'watch.action':
      '`rebuild` builds anew, `sync` copies into the container, `restart` restarts it, `sync+restart` and `sync+exec` do both.',
    'watch.target': ['The path in the container for `sync`.', 'target: /app/src'],
    'watch.ignore': ['Paths that are passed over.', 'ignore:\n  - node_modules/'],
    'watch.include': 'Only these paths.',
    'watch.exec': 'The command for `sync+exec`.',
    'watch.initial_sync': 'Copy everything once at the start.',
  }),
  ...under('service_hook', {
    command: 'The command.',
    user: 'The user it runs as.',
    privileged: 'Run it with all rights.',
    working_dir: 'The folder it starts in.',
    environment: 'Its variables.',
  }),
]
