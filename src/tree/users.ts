import type { Container } from '../engine/model/container.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'

/** `used by web, db`, with two names at most: `used by web, db +3`. */
export function usersWord(users: readonly Container[]): string {
  if (users.length === 0) return t('unused')
  const names = users
    .slice(0, 2)
    .map(({ name }) => plain(name, 40))
    .join(', ')
  return users.length > 2 ? t('used by {0} +{1}', names, users.length - 2) : t('used by {0}', names)
}
