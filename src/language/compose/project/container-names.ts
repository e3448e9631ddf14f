import { t } from '../../../shared/l10n.ts'
import type { Service } from './model.ts'
import type { Problems } from './problem.ts'
import { get, stringOf } from './value.ts'

/** Two enabled services cannot have containers of one name. */
export function checkContainerNames(services: ReadonlyMap<string, Service>, problems: Problems): void {
  const owners = new Map<string, string>()
  for (const service of services.values()) {
    const value = get(service.value, 'container_name')
    const name = stringOf(value)
    if (!service.enabled || !name || value === undefined) continue
    const owner = owners.get(name)
    if (owner === undefined) owners.set(name, service.name)
    else
      problems.add(
        'container-name-twice',
        t('The service `{0}` has a container of this name already.', owner),
        value.origin,
      )
  }
}
