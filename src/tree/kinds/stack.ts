import { plural, t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { containerNode } from '../container-node.ts'
import type { Row, ServiceNode, StackNode } from '../node.ts'
import { isLive } from '../state-words.ts'
import { tooltip } from '../tooltip.ts'
import { dotted, spoken, type Kind } from './kind.ts'

const fileNames = (files: readonly string[]): string =>
  files.map((file) => file.replace(/^.*[\\/]/, '')).join(', ')

const isUp = ({ containers }: ServiceNode): boolean => containers.some(isLive)
const isPaused = ({ containers }: ServiceNode): boolean => containers.some(({ state }) => state === 'paused')
const isUnhealthy = ({ containers }: ServiceNode): boolean =>
  containers.some(({ state, health }) => state === 'running' && health === 'unhealthy')

function stackWord({ services, away }: StackNode): string {
  if (away === true) return t('the engine cannot be reached')
  const up = services.filter(isUp).length
  if (up === 0) return t('not running')
  // What waits for a profile is not missing.
  const wanted = services.filter((service) => service.containers.length > 0 || !service.profiles?.length)
  return plural(wanted.length, '{0}/1 service running', '{0}/{1} services running', up, wanted.length)
}

/** What is not as the file has it, in a few words. */
function stackDrift({ services }: StackNode): string {
  const count = (kind: ServiceNode['drift']): number => services.filter(({ drift }) => drift === kind).length
  const [changed, gone] = [count('changed'), count('gone')]
  return dotted(
    changed === 0 ? '' : t('{0} changed in the file', changed),
    gone === 0 ? '' : t('{0} no longer in the file', gone),
  )
}

function serviceDrift({ drift }: ServiceNode): string {
  if (drift === undefined) return ''
  return drift === 'changed' ? t('changed in the file') : t('no longer in the file')
}

const unknownIcon: Row['icon'] = { name: 'question', color: 'disabledForeground' }

function stackIcon({ services, away }: StackNode): Row['icon'] {
  if (away === true) return unknownIcon
  if (services.some(isUnhealthy)) return { name: 'warning', color: 'problemsWarningIcon.foreground' }
  const up = services.filter(isUp).length
  if (up === 0) return { name: 'circle-outline', color: 'disabledForeground' }
  return { name: 'layers', color: up === services.length ? 'charts.green' : 'charts.yellow' }
}

const stateFlags = (services: readonly ServiceNode[], inWorkspace: boolean): readonly string[] => [
  ...(services.some(isUp) ? ['running'] : []),
  ...(services.some(isPaused) ? ['paused'] : []),
  ...(services.some((service) => !isUp(service)) ? ['stopped'] : []),
  ...(inWorkspace ? ['workspace'] : []),
]

export const stackKind: Kind<StackNode> = {
  id: ({ engine, name, files }) => `${engine}|stack|${name}|${files[0] ?? ''}`,
  flags: ({ services, inWorkspace }) => stateFlags(services, inWorkspace),
  label: ({ name }) => plain(name, 100),
  description: (node) => dotted(stackWord(node), stackDrift(node), plain(fileNames(node.files), 80)),
  icon: stackIcon,
  accessibilityLabel: (node) =>
    spoken(plain(node.name, 100), t('compose project'), stackWord(node), stackDrift(node)),
  tooltip: (node) =>
    tooltip(node.name, stackWord(node), [
      [t('Services'), node.services.map(({ name }) => name)],
      [t('Files'), node.files],
    ]),
  expandable: ({ services }) =>
    services.length === 0 ? 'no' : services.some(isUp) ? 'expanded' : 'collapsed',
  children: ({ services }) => services,
}

function serviceWord({ containers, replicas = 0, away }: ServiceNode): string {
  if (away === true) return t('not known')
  const live = containers.filter(isLive).length
  if (containers.length === 0) return t('no container')
  const paused = containers.filter(({ state }) => state === 'paused').length
  if (paused > 0 && paused === live) return t('paused')
  const all = Math.max(containers.length, replicas)
  if (all === 1) return live === 1 ? t('running') : t('stopped')
  return t('{0}/{1} running', live, all)
}

function profileWord({ profiles = [] }: ServiceNode): string {
  return profiles.length === 0 ? '' : t('profile {0}', plain(profiles.join(', '), 80))
}

function serviceIcon(node: ServiceNode): Row['icon'] {
  if (node.away === true) return unknownIcon
  if (isUnhealthy(node)) return { name: 'warning', color: 'problemsWarningIcon.foreground' }
  if (isUp(node) && node.drift !== undefined) return { name: 'diff-modified', color: 'charts.yellow' }
  if (isUp(node)) return { name: 'play-circle', color: 'charts.green' }
  return {
    name: node.containers.length === 0 ? 'circle-outline' : 'stop-circle',
    color: 'disabledForeground',
  }
}

function driftTip({ drift }: ServiceNode): string {
  if (drift === undefined) return ''
  return drift === 'changed'
    ? t('The file says something else now than its containers were made of. Up makes them anew.')
    : t('Its containers are left over: Up with Options… can remove what is no longer in the file.')
}

export const serviceKind: Kind<ServiceNode> = {
  id: ({ engine, stack, name, files }) => `${engine}|service|${stack}|${files[0] ?? ''}|${name}`,
  flags: (node) => stateFlags([node], node.inWorkspace),
  label: ({ name }) => plain(name, 100),
  description: (node) =>
    dotted(serviceWord(node), isUnhealthy(node) ? t('unhealthy') : '', serviceDrift(node), profileWord(node)),
  icon: serviceIcon,
  accessibilityLabel: (node) =>
    spoken(
      plain(node.name, 100),
      t('service of {0}', plain(node.stack, 100)),
      serviceWord(node),
      serviceDrift(node),
      profileWord(node),
    ),
  tooltip: (node) =>
    tooltip(node.name, serviceWord(node), [
      [t('Containers'), node.containers.map(({ name }) => name)],
      [t('Image'), [...new Set(node.containers.map(({ image }) => image))]],
      [t('Compared with the file'), driftTip(node)],
      [t('Written in'), node.place === undefined ? '' : `${node.place.file}:${node.place.line}`],
    ]),
  expandable: ({ containers }) => (containers.length === 0 ? 'no' : 'collapsed'),
  children: ({ containers }) => containers.map(containerNode),
}
