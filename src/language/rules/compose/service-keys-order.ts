import { t } from '../../../shared/l10n.ts'
import { entriesHere } from '../../compose/doc.ts'
import { defineComposeRule } from './define-rule.ts'
import { misplaced } from './order.ts'
import { byPlace, orderedEntries } from './ordered.ts'

/** What it is, what it needs, what it keeps, what it is told, how it is reached, what it runs, how it is looked after. */
const places = [
  ...[
    'extends',
    'image',
    'build',
    'pull_policy',
    'platform',
    'container_name',
    'hostname',
    'profiles',
    'provider',
  ],
  ...['depends_on', 'links', 'external_links'],
  ...['volumes', 'volumes_from', 'tmpfs', 'configs', 'secrets'],
  ...['environment', 'env_file', 'models'],
  ...['ports', 'expose', 'networks', 'network_mode', 'extra_hosts', 'dns', 'dns_search'],
  ...['entrypoint', 'command', 'working_dir', 'user', 'init', 'tty', 'stdin_open', 'post_start', 'pre_stop'],
  ...['restart', 'scale', 'deploy', 'healthcheck', 'logging', 'labels', 'label_file', 'annotations'],
  ...['develop', 'stop_signal', 'stop_grace_period'],
]

export default defineComposeRule({
  id: 'service-keys-order',
  aliases: [],
  severity: 'off',
  fixable: 'safe',
  summary: 'Keys of a service that are not in the usual order.',
  why:
    'What a service is, needs, keeps, is told, how it is reached, what it runs and how it is looked after, always in this order: then ' +
    'services can be compared at a glance. Keys without a place of their own come last, as they stand. Off by default.',
  examples: [
    {
      bad: 'services:\n  web:\n    ports:\n      - "80:80"\n    # Pinned.\n    «image»: web:1\n    restart: always\n',
      good: 'services:\n  web:\n    # Pinned.\n    image: web:1\n    ports:\n      - "80:80"\n    restart: always\n',
    },
  ],
  *check(doc) {
    for (const { value } of entriesHere(doc, 'services'))
      if (value.kind === 'map' && !value.flow)
        yield* misplaced(
          doc.yaml,
          orderedEntries(value.entries),
          byPlace(places),
          t('Put the keys of the service in order'),
        )
  },
})
