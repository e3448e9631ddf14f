import type { EndpointOrigin } from '../../engine/endpoint.ts'
import type { EngineInfo } from '../../engine/model/system.ts'
import { bytes } from '../../shared/bytes.ts'
import { plural, t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { DetailNode, EngineNode, Row } from '../node.ts'
import { tooltip } from '../tooltip.ts'
import { dotted, spoken, type Kind } from './kind.ts'

const id = ({ endpoint }: EngineNode): string => `${endpoint.id}|engine`

const icons: Readonly<Record<EngineNode['status'], Row['icon']>> = {
  idle: { name: 'debug-disconnect', color: 'disabledForeground' },
  connecting: { name: 'sync', color: 'charts.blue' },
  connected: { name: 'pass-filled', color: 'charts.green' },
  failed: { name: 'error', color: 'problemsErrorIcon.foreground' },
}

function statusWord({ status }: EngineNode): string {
  switch (status) {
    case 'idle':
      return t('not connected')
    case 'connecting':
      return t('connecting')
    case 'connected':
      return t('connected')
    case 'failed':
      return t('cannot be reached')
  }
}

function placeWord({ active, shown }: EngineNode): string {
  if (active) return t('current')
  return shown ? t('shown beside') : ''
}

const productWord = ({ product, version }: EngineInfo): string =>
  `${product === 'podman' ? 'Podman' : 'Docker'} ${plain(version, 40)}`

/** Where the address came from, in words. */
export function originWord(origin: EndpointOrigin): string {
  switch (origin.from) {
    case 'setting':
      return t('from the setting')
    case 'environment':
      return t('from {0}', origin.variable)
    case 'context':
      return t('from the context {0}', plain(origin.name, 60))
    case 'default':
      return t('the default of this system')
    case 'wellKnown':
      return t('found: {0}', plain(origin.product, 60))
  }
}

export const engineKind: Kind<EngineNode> = {
  id,
  flags: ({ status, active, shown, info }) => [
    active ? 'active' : shown ? 'beside' : 'hidden',
    ...(status === 'connected' || status === 'failed' ? [status] : []),
    ...(info !== undefined && info.swarm !== 'inactive' ? ['swarm'] : []),
  ],
  label: ({ endpoint }) => plain(endpoint.name, 100),
  description: (node) =>
    dotted(
      placeWord(node),
      node.status === 'connected' ? '' : statusWord(node),
      node.info === undefined || node.status === 'failed' ? '' : productWord(node.info),
      plain(node.endpoint.url, 120),
    ),
  icon: ({ status }) => icons[status],
  accessibilityLabel: (node) =>
    spoken(
      plain(node.endpoint.name, 100),
      t('engine'),
      placeWord(node),
      statusWord(node),
      node.info === undefined ? '' : productWord(node.info),
    ),
  tooltip: ({ endpoint, info, error }) =>
    tooltip(endpoint.name, error === undefined ? '' : plain(error.message, 300), [
      [t('Next step'), error?.nextStep ?? ''],
      [t('Address'), endpoint.url],
      [t('Origin'), originWord(endpoint.origin)],
      [t('Description'), endpoint.description],
      [t('Version'), info === undefined ? '' : productWord(info)],
    ]),
  expandable: ({ status, active }) => (active && status !== 'idle' ? 'expanded' : 'collapsed'),
  children: engineDetails,
}

/** What was tried and why it failed, or what the engine says of itself: the versions of every part, its storage, its warnings. */
function engineDetails(node: EngineNode): DetailNode[] {
  const { endpoint, info, error } = node
  const parent = id(node)
  const details: DetailNode[] = []
  const add = (key: string, label: string, description: string, icon: string): void => {
    if (description !== '') details.push({ kind: 'detail', id: key, parent, label, description, icon })
  }
  if (error !== undefined) {
    add('error', t('Problem'), error.message, 'error')
    add('nextStep', t('Next step'), error.nextStep ?? '', 'lightbulb')
  }
  add('address', t('Address'), dotted(endpoint.url, originWord(endpoint.origin)), 'link')
  if (info === undefined || error !== undefined) return details
  info.warnings.forEach((warning, index) =>
    add(`warning${index}`, t('Warning'), warning.replace(/^WARNING: /, ''), 'warning'),
  )
  add('version', info.product === 'podman' ? 'Podman' : 'Docker Engine', info.version, 'versions')
  add('api', t('API'), apiWord(info), 'plug')
  info.components
    .filter(({ name }) => name !== 'Engine' && name !== 'Podman Engine')
    .forEach(({ name, version }, index) =>
      add(`component${index}`, plain(name, 60), version, 'circuit-board'),
    )
  add('storage', t('Storage driver'), dotted(info.storageDriver, info.rootDir), 'database')
  add('logging', t('Logging driver'), info.loggingDriver, 'output')
  add('cgroup', t('Control groups'), info.cgroupVersion === '' ? '' : `v${info.cgroupVersion}`, 'settings')
  add('system', t('System'), dotted(info.os, info.kernel, info.architecture), 'vm')
  add('resources', t('Resources'), resourcesWord(info), 'dashboard')
  if (info.rootless) add('rootless', t('Rootless'), t('runs without root'), 'shield')
  if (info.swarm !== 'inactive') add('swarm', t('Swarm'), info.swarm, 'type-hierarchy')
  return details
}

function apiWord({ apiVersion, minApiVersion, maxApiVersion }: EngineInfo): string {
  const range =
    minApiVersion === '' || maxApiVersion === '' ? '' : t('speaks {0} to {1}', minApiVersion, maxApiVersion)
  return dotted(apiVersion, range)
}

function resourcesWord({ cpus, memory }: EngineInfo): string {
  return dotted(
    cpus > 0 ? plural(cpus, '1 CPU', '{0} CPUs') : '',
    memory > 0 ? t('{0} of memory', bytes(memory)) : '',
  )
}

export const detailKind: Kind<DetailNode> = {
  id: ({ id: key, parent }) => `${parent}|detail|${key}`,
  flags: () => [],
  label: ({ label }) => plain(label, 120),
  description: ({ description }) => plain(description, 300),
  icon: ({ icon }) => {
    if (icon === 'error') return { name: icon, color: 'problemsErrorIcon.foreground' }
    return icon === 'warning' ? { name: icon, color: 'problemsWarningIcon.foreground' } : { name: icon }
  },
  accessibilityLabel: ({ label, description }) => spoken(plain(label, 120), plain(description, 300)),
  tooltip: ({ label, description }) => tooltip(label, '', [[label, description]]),
  expandable: () => 'no',
  children: () => [],
  click: ({ click }) => click,
}
