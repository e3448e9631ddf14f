import { t } from '../../../shared/l10n.ts'
import { entriesOf, itemsOf } from './checks.ts'
import { cyclesOf } from './cycles.ts'
import type { Service } from './model.ts'
import { dependenciesOf } from './normalize.ts'
import type { ProblemData, Problems } from './problem.ts'
import { checkConflicts, isExternal, type Complain } from './services.ts'
import { get, isNull, isUnknown, stringOf, type Item, type MapValue, type Value } from './value.ts'

export interface Consistency {
  readonly model: MapValue
  readonly services: ReadonlyMap<string, Service>
  /** False where a part of the project could not be read: then nothing is said to be missing. */
  readonly complete: boolean
}

/** What the engine checks of the whole: names that lead nowhere, things that exclude each other, cycles. */
export function checkConsistency(project: Consistency, problems: Problems): void {
  for (const service of project.services.values()) {
    const complain: Complain = (code, message, origin, more) => {
      problems.add(code, message, origin, {
        ...more,
        ...(service.enabled ? {} : { severity: 'warning' as const }),
      })
    }
    if (project.complete || !service.value.entries.has('extends')) checkSource(service, complain)
    checkConflicts(service.value, complain)
    checkNetworks(project, service, complain, problems)
    if (!project.complete) continue
    checkContexts(project, service, complain, problems)
    checkReferences(project, service, complain, problems)
    checkDependencies(project, service, complain, problems)
  }
  for (const [name, item] of entriesOf(get(project.model, 'secrets'))) checkSecret(name, item, problems)
  for (const cycle of cyclesOf(project.services)) {
    const names = [...cycle.names, cycle.names[0] ?? ''].join(' → ')
    problems.add('dependency-cycle', t('The services wait for each other: {0}.', names), cycle.origin)
  }
}

function filled(value: Value | undefined): boolean {
  return value !== undefined && !isNull(value) && stringOf(value) !== ''
}

function checkSource(service: Service, complain: Complain): void {
  const { entries } = service.value
  if (filled(entries.get('image')?.value) || entries.has('build') || entries.has('provider')) return
  complain(
    'no-source',
    t('The service `{0}` has neither `image` nor `build`.', service.name),
    service.item.key,
  )
}

function missing(
  problems: Problems,
  section: string,
  name: string,
  known: Iterable<string>,
): { data: ProblemData } {
  const meant = problems.closest(name, known)
  return { data: { missing: { section, name }, ...(meant === undefined ? {} : { candidates: [meant] }) } }
}

function checkNetworks(project: Consistency, service: Service, complain: Complain, problems: Problems): void {
  const networks = entriesOf(service.value.entries.get('networks')?.value)
  const mode = service.value.entries.get('network_mode')
  const clashes = mode !== undefined && filled(mode.value) && networks.size > 0
  if (clashes)
    complain('network-mode-and-networks', t('`network_mode` and `networks` exclude each other.'), mode.key)
  if (!project.complete) return
  const known = entriesOf(get(project.model, 'networks'))
  for (const [name, item] of networks)
    if (name.startsWith('x-'))
      // The engine takes such a key for an extension, here but not at the top level.
      complain(
        'undefined-network',
        t('A service cannot join the network `{0}`: names with `x-` are taken for extensions here.', name),
        item.key,
      )
    else if (!known.has(name) && !(name === 'default' && (clashes || hasDefaultNetwork(project))))
      complain(
        'undefined-network',
        t('The network `{0}` is not declared.', name),
        item.key,
        missing(problems, 'networks', name, known.keys()),
      )
}

/** Compose makes the network `default` for services that are on it and say nothing of another way to the network. */
function hasDefaultNetwork({ services }: Consistency): boolean {
  for (const { value } of services.values()) {
    if (value.entries.has('network_mode') || value.entries.has('provider')) continue
    const networks = value.entries.get('networks')?.value
    if (networks?.kind !== 'map' || networks.entries.size === 0 || networks.entries.has('default'))
      return true
  }
  return false
}

function checkReferences(
  project: Consistency,
  service: Service,
  complain: Complain,
  problems: Problems,
): void {
  const volumes = entriesOf(get(project.model, 'volumes'))
  for (const mount of itemsOf(service.value.entries.get('volumes')?.value)) {
    const source = get(mount, 'source')
    const name = stringOf(source)
    if (stringOf(get(mount, 'type')) !== 'volume' || !name || source === undefined || volumes.has(name))
      continue
    complain(
      'undefined-volume',
      t('The volume `{0}` is not declared.', name),
      source.origin,
      missing(problems, 'volumes', name, volumes.keys()),
    )
  }
  const secrets = entriesOf(get(project.model, 'secrets'))
  const configs = entriesOf(get(project.model, 'configs'))
  const files = [
    ['undefined-secret', 'secrets', itemsOf(service.value.entries.get('secrets')?.value), secrets],
    ['undefined-build-secret', 'secrets', itemsOf(get(service.value, 'build', 'secrets')), secrets],
    ['undefined-config', 'configs', itemsOf(service.value.entries.get('configs')?.value), configs],
  ] as const
  for (const [code, section, mounts, known] of files)
    for (const mount of mounts) {
      const source = get(mount, 'source')
      const name = source === undefined ? '' : stringOf(source)
      if (name === undefined || known.has(name) || mount.kind !== 'map') continue
      complain(
        code,
        undeclared(section, name),
        source?.origin ?? mount.origin,
        missing(problems, section, name, known.keys()),
      )
    }
  const models = entriesOf(get(project.model, 'models'))
  for (const [name, item] of entriesOf(service.value.entries.get('models')?.value))
    if (!models.has(name))
      complain(
        'undefined-model',
        t('The model `{0}` is not declared.', name),
        item.key,
        missing(problems, 'models', name, models.keys()),
      )
}

function undeclared(section: 'secrets' | 'configs', name: string): string {
  if (section === 'secrets')
    return name === '' ? t('This names no secret.') : t('The secret `{0}` is not declared.', name)
  return name === '' ? t('This names no config.') : t('The config `{0}` is not declared.', name)
}

function checkContexts(project: Consistency, service: Service, complain: Complain, problems: Problems): void {
  for (const [, item] of entriesOf(get(service.value, 'build', 'additional_contexts'))) {
    const word = stringOf(item.value)
    if (word?.startsWith('service:') !== true) continue
    const name = word.slice('service:'.length)
    const target = project.services.get(name)
    if (target === undefined || !target.enabled)
      complain(
        'context-service',
        t('There is no service `{0}`.', name),
        item.value.origin,
        missing(problems, 'services', name, project.services.keys()),
      )
    else if (!target.value.entries.has('build'))
      complain('context-service', t('The service `{0}` is not built.', name), item.value.origin)
  }
}

function checkDependencies(
  project: Consistency,
  service: Service,
  complain: Complain,
  problems: Problems,
): void {
  for (const dependency of dependenciesOf(service.value)) {
    const target = project.services.get(dependency.service)
    const origin = dependency.origin
    if (target === undefined)
      complain(
        'undefined-service',
        t('There is no service `{0}`.', dependency.service),
        origin,
        missing(problems, 'services', dependency.service, project.services.keys()),
      )
    else if (!target.enabled && dependency.required && service.enabled)
      complain(
        'disabled-service',
        t(
          'The service `{0}` starts only with the profile {1}, but this one always needs it.',
          dependency.service,
          target.profiles.join(', '),
        ),
        origin,
      )
  }
}

function checkSecret(name: string, item: Item, problems: Problems): void {
  const { value } = item
  if (value.kind !== 'map' || isExternal(value) || isUnknown(get(value, 'external'))) return
  if (value.entries.has('external') && get(value, 'external')?.kind === 'map') return
  if (value.entries.has('file') || filled(get(value, 'environment'))) return
  problems.add('file-object', t('The secret `{0}` needs `file` or `environment`.', name), item.key)
}
