import { t } from '../../shared/l10n.ts'
import type { Fix } from '../rules/rule.ts'
import type { ComposeDoc } from './doc.ts'
import { portsOf } from './doc.ts'
import { insertIntoMap } from './insert.ts'
import type { Service } from './project/model.ts'
import { get, stringOf } from './project/value.ts'

/** A command that tells whether a well-known image is ready; dollars are doubled, as a compose file wants them. */
const commands: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|\/)(?:postgres|postgis|timescaledb|pgvector)\b/,
    '["CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres}"]',
  ],
  [/(?:^|\/)mariadb\b/, '["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"]'],
  [
    /(?:^|\/)mysql\b/,
    '["CMD-SHELL", "mysqladmin ping -h 127.0.0.1 -u root -p$$MYSQL_ROOT_PASSWORD --silent"]',
  ],
  [/(?:^|\/)(?:redis|valkey)\b/, '["CMD", "redis-cli", "ping"]'],
  [/(?:^|\/)mongo\b/, '["CMD", "mongosh", "--quiet", "--eval", "db.adminCommand(\'ping\').ok"]'],
  [/(?:^|\/)rabbitmq\b/, '["CMD", "rabbitmq-diagnostics", "-q", "ping"]'],
  [
    /(?:^|\/)(?:elasticsearch|opensearch)\b/,
    '["CMD-SHELL", "curl -fsS http://localhost:9200/_cluster/health || exit 1"]',
  ],
  [/(?:^|\/)(?:nginx|httpd|caddy|traefik)\b/, '["CMD-SHELL", "wget -qO- http://localhost/ || exit 1"]'],
]

/** The value of `healthcheck.test` that fits the image of a service, or its first port. */
export function healthTest(service: Service): string {
  const image = (stringOf(get(service.value, 'image')) ?? '').replace(/@.*$|:[^/]*$/, '')
  const known = commands.find(([pattern]) => pattern.test(image))?.[1]
  if (known !== undefined) return known
  const port = portsOf(service)[0]?.target[0]
  return port === undefined
    ? '["CMD-SHELL", "exit 0"]'
    : `["CMD-SHELL", "wget -qO- http://localhost:${port}/ || exit 1"]`
}

/** Adds a health check to a service, made for its image where that is known. Undefined where it cannot be written in. */
export function healthcheckEdit(doc: ComposeDoc, service: Service): Fix | undefined {
  const test = healthTest(service)
  const { node } = service.item.value.origin
  if (node.kind !== 'map' || node.flow) return undefined
  const lines = [`healthcheck:`, `  test: ${test}`, '  interval: 10s', '  timeout: 5s', '  retries: 5']
  const edit = insertIntoMap(doc.text, node, lines)
  return edit === undefined
    ? undefined
    : { title: t('Add a health check to `{0}`', service.name), edits: [edit] }
}
