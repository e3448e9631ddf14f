import { t } from '../../../shared/l10n.ts'
import { applyCast } from './casts.ts'
import { entriesOf, isTrue, itemsOf, wordOf } from './checks.ts'
import { mountTarget } from './normalize.ts'
import type { Problems } from './problem.ts'
import { bytesOf } from './units.ts'
import { get, isUnknown, stringOf, type MapValue, type Origin, type Value } from './value.ts'

/** Adds a problem of one service; of one that no profile enables only as a warning, for the engine does not look at it. */
export type Complain = (
  code: string,
  message: string,
  origin: Origin,
  data?: Parameters<Problems['add']>[3],
) => void

function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind !== 'scalar') return undefined
  if (typeof value.value === 'number') return value.value
  if (value.type !== 'string') return undefined
  const casted = applyCast('float', String(value.value))
  return typeof casted?.value === 'number' ? casted.value : undefined
}

function sizeOf(value: Value | undefined): number | undefined {
  if (value?.kind !== 'scalar') return undefined
  if (value.type === 'int') return Number(value.value)
  if (value.type === 'string') return bytesOf(String(value.value))
  return 0
}

/** What must not be said together, or not with different values. */
export function checkConflicts(service: MapValue, complain: Complain): void {
  const at = (...path: readonly string[]): Value | undefined => get(service, ...path)
  const keyAt = (key: string, ...path: readonly string[]): Origin =>
    entriesOf(path.length === 0 ? service : at(...path)).get(key)?.key ?? service.origin

  const build = at('build')
  if (stringOf(get(build, 'dockerfile_inline')) && stringOf(get(build, 'dockerfile')))
    complain(
      'inline-and-dockerfile',
      t('`dockerfile` and `dockerfile_inline` exclude each other.'),
      keyAt('dockerfile_inline', 'build'),
    )
  const platform = stringOf(at('platform'))
  const platforms = itemsOf(get(build, 'platforms'))
  if (
    platform &&
    platforms.length > 0 &&
    !platforms.some((one) => isUnknown(one) || stringOf(one) === platform)
  )
    complain(
      'platform-not-built',
      t('`build.platforms` must include `{0}`, the platform of the service.', platform),
      get(build, 'platforms')?.origin ?? service.origin,
    )
  const test = itemsOf(at('healthcheck', 'test'))
  const first = stringOf(test[0])
  if (test[0] !== undefined && first !== undefined && !['CMD', 'CMD-SHELL', 'NONE'].includes(first))
    complain('healthcheck-form', t('The list must start with `CMD`, `CMD-SHELL` or `NONE`.'), test[0].origin)

  const scale = numberOf(at('scale'))
  const replicas = numberOf(at('deploy', 'replicas'))
  if (scale !== undefined && replicas !== undefined && scale !== replicas)
    complain(
      'scale-conflict',
      t('`scale` is {0} and `deploy.replicas` is {1}.', scale, replicas),
      keyAt('scale'),
    )
  if (scale !== undefined && scale < 0)
    complain('negative-scale', t('This must be 0 or more.'), keyAt('scale'))
  if (replicas !== undefined && replicas < 0)
    complain('negative-scale', t('This must be 0 or more.'), keyAt('replicas', 'deploy'))
  if ((scale ?? replicas ?? 1) > 1 && stringOf(at('container_name')))
    complain(
      'name-with-scale',
      t('A service with `container_name` cannot have several containers.'),
      keyAt('container_name'),
    )
  checkLimits(service, complain)
  for (const rule of itemsOf(at('develop', 'watch')))
    if (
      !wordOf(get(rule, 'target')) &&
      !['rebuild', 'restart'].includes(wordOf(get(rule, 'action')) ?? 'rebuild')
    )
      complain(
        'watch-target',
        t('`target` is required unless the action is `rebuild` or `restart`.'),
        rule.origin,
      )
  checkMounts(service, complain)
}

function checkLimits(service: MapValue, complain: Complain): void {
  const pairs = [
    ['cpus', 'limits', 'cpus', 'cpus-conflict'],
    ['mem_limit', 'limits', 'memory', 'memory-conflict'],
    ['mem_reservation', 'reservations', 'memory', 'reservation-conflict'],
    ['pids_limit', 'limits', 'pids', 'pids-conflict'],
  ] as const
  for (const [key, group, field, code] of pairs) {
    const resources = get(service, 'deploy', 'resources', group)
    const own = get(service, key)
    if (resources?.kind !== 'map' || own === undefined || isUnknown(own)) continue
    const theirs = get(resources, field)
    if (isUnknown(theirs)) continue
    const size = field === 'memory' ? sizeOf : numberOf
    const mine = size(own)
    const other = theirs === undefined ? 0 : size(theirs)
    if (mine === undefined || other === undefined || mine === 0 || Math.fround(mine) === Math.fround(other))
      continue
    if (field === 'memory' && mine === other) continue
    const path = `deploy.resources.${group}.${field}`
    complain(
      code,
      theirs === undefined
        ? t('`{0}` must be repeated as `{1}`, as there are other limits there.', key, path)
        : t('`{0}` and `{1}` have different values.', key, path),
      service.entries.get(key)?.key ?? service.origin,
    )
  }
}

function checkMounts(service: MapValue, complain: Complain): void {
  const targets = new Map<string, Origin>()
  const add = (target: string, origin: Origin): void => {
    if (targets.has(target))
      complain('mount-twice', t('Something is mounted at `{0}` already.', target), origin)
    else targets.set(target, origin)
  }
  const tmpfs = get(service, 'tmpfs')
  for (const entry of tmpfs?.kind === 'list' ? tmpfs.items : tmpfs === undefined ? [] : [tmpfs]) {
    const word = stringOf(entry)
    if (word !== undefined) add(word.split(':')[0] ?? '', entry.origin)
  }
  for (const mount of itemsOf(get(service, 'volumes'))) {
    const target = mountTarget(mount)
    if (target !== undefined) add(target, get(mount, 'target')?.origin ?? mount.origin)
  }
}

/** True where `external` says that a thing exists already. */
export function isExternal(resource: Value | undefined): boolean {
  return isTrue(get(resource, 'external'))
}
