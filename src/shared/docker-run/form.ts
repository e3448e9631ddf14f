import { t } from '../l10n.ts'
import { flags, type Flag } from './flags.ts'

/** One option of the form; what it is called and an example, in the language of the editor. */
export interface Field {
  readonly flag: string
  readonly label: string
  readonly example?: string
  /** The values that can be chosen, where there are few. */
  readonly choices?: readonly string[]
}

export interface Section {
  readonly id: string
  readonly title: string
  readonly fields: readonly Field[]
}

const field = (flag: string, label: string, example?: string, choices?: readonly string[]): Field => ({
  flag,
  label,
  ...(example === undefined ? {} : { example }),
  ...(choices === undefined ? {} : { choices }),
})

/** The options of `docker run` as people look for them: the common ones first, every flag somewhere. */
export function sections(): readonly Section[] {
  const named: Section[] = [
    {
      id: 'common',
      title: t('Common'),
      fields: [
        field('name', t('Name'), 'web'),
        field('publish', t('Ports'), '8080:80'),
        field('env', t('Environment'), 'NODE_ENV=development'),
        field('volume', t('Volumes and folders'), './src:/app'),
        field('network', t('Networks'), 'bridge'),
        field('restart', t('Restart'), undefined, ['no', 'on-failure', 'unless-stopped', 'always']),
        field('rm', t('Remove it when it stops')),
        field('detach', t('In the background')),
        field('interactive', t('Keep its input open')),
        field('tty', t('Give it a terminal')),
      ],
    },
    {
      id: 'process',
      title: t('Process'),
      fields: [
        field('entrypoint', t('Entrypoint'), '/bin/sh'),
        field('workdir', t('Working directory'), '/app'),
        field('user', t('User'), '1000:1000'),
        field('env-file', t('Environment files'), '.env'),
        field('hostname', t('Host name'), 'web'),
        field('init', t('Run an init process that reaps children')),
        field('stop-signal', t('Stop signal'), 'SIGTERM'),
        field('stop-timeout', t('Seconds to stop'), '10'),
        field('label', t('Labels'), 'com.example.team=web'),
        field('pull', t('Pull the image'), undefined, ['missing', 'always', 'never']),
        field('platform', t('Platform'), 'linux/arm64'),
      ],
    },
    {
      id: 'network',
      title: t('Network'),
      fields: [
        field('network-alias', t('Other names in its network'), 'api'),
        field('publish-all', t('Publish all exposed ports')),
        field('expose', t('Exposed ports'), '9000'),
        field('ip', t('IPv4 address'), '172.30.0.10'),
        field('ip6', t('IPv6 address'), '2001:db8::10'),
        field('add-host', t('Extra hosts'), 'host.docker.internal:host-gateway'),
        field('dns', t('DNS servers'), '1.1.1.1'),
        field('link', t('Links (old style)'), 'db:database'),
      ],
    },
    {
      id: 'storage',
      title: t('Storage'),
      fields: [
        field('mount', t('Mounts (long form)'), 'type=bind,src=./data,dst=/data,ro'),
        field('tmpfs', t('In memory'), '/tmp'),
        field('volumes-from', t('Volumes of other containers'), 'data:ro'),
        field('read-only', t('Read-only root file system')),
        field('shm-size', t('Shared memory'), '256m'),
      ],
    },
    {
      id: 'limits',
      title: t('Limits'),
      fields: [
        field('memory', t('Memory'), '512m'),
        field('memory-swap', t('Memory and swap'), '1g'),
        field('memory-reservation', t('Memory it should keep to'), '256m'),
        field('cpus', t('CPUs'), '1.5'),
        field('cpu-shares', t('CPU weight'), '1024'),
        field('cpuset-cpus', t('Only these CPUs'), '0-2'),
        field('pids-limit', t('Processes'), '200'),
        field('ulimit', t('Ulimits'), 'nofile=1024:2048'),
        field('gpus', t('GPUs'), 'all'),
      ],
    },
    {
      id: 'health',
      title: t('Health check'),
      fields: [
        field('health-cmd', t('Checked with'), 'curl -f http://localhost/ || exit 1'),
        field('health-interval', t('Every'), '30s'),
        field('health-timeout', t('Longest run'), '5s'),
        field('health-retries', t('Failures until unhealthy'), '3'),
        field('health-start-period', t('Grace at the start'), '10s'),
        field('health-start-interval', t('Every, during the grace'), '2s'),
        field('no-healthcheck', t('Switch off the check of the image')),
      ],
    },
    {
      id: 'logging',
      title: t('Logging'),
      fields: [
        field('log-driver', t('Driver'), 'json-file', [
          '',
          'json-file',
          'local',
          'journald',
          'syslog',
          'fluentd',
          'gelf',
          'awslogs',
          'gcplogs',
          'splunk',
          'none',
        ]),
        field('log-opt', t('Options'), 'max-size=10m'),
      ],
    },
    {
      id: 'security',
      title: t('Rights'),
      fields: [
        field('privileged', t('All rights of the host (dangerous)')),
        field('cap-add', t('Add capabilities'), 'NET_ADMIN'),
        field('cap-drop', t('Drop capabilities'), 'ALL'),
        field('security-opt', t('Security options'), 'no-new-privileges'),
        field('device', t('Devices'), '/dev/ttyUSB0'),
        field('group-add', t('More groups'), 'audio'),
        field('userns', t('User namespace'), 'host'),
      ],
    },
  ]
  const placed = new Set(named.flatMap(({ fields }) => fields.map(({ flag }) => flag)))
  // Flags of the `docker` program itself: no container is different for them.
  for (const flag of [
    'attach',
    'sig-proxy',
    'detach-keys',
    'quiet',
    'disable-content-trust',
    'cidfile',
    'use-api-socket',
  ])
    placed.add(flag)
  const rest = flags
    .filter(({ name }) => !placed.has(name))
    .map(({ name }): Field => ({ flag: name, label: `--${name}` }))
  return [...named, { id: 'rest', title: t('Everything else'), fields: rest }]
}

/** What a person enters for a flag. */
export function inputKind({ kind }: Flag, { choices }: Field): 'check' | 'choice' | 'lines' | 'text' {
  if (kind === 'boolean') return 'check'
  if (choices !== undefined) return 'choice'
  return kind === 'list' ? 'lines' : 'text'
}
