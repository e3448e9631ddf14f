import type { Container } from '../../engine/model/container.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { containerNode } from '../container-node.ts'
import type { ProjectNode, Row } from '../node.ts'
import { isLive } from '../state-words.ts'
import { tooltip } from '../tooltip.ts'
import { dotted, spoken, type Kind } from './kind.ts'

/** The containers of the project's services; those of `docker compose run` come and go and are not counted. */
const services = ({ containers }: ProjectNode): readonly Container[] => {
  const lasting = containers.filter(({ compose }) => compose?.oneoff !== true)
  return lasting.length === 0 ? containers : lasting
}

/** The worst there is to say of a project. */
function trouble(node: ProjectNode): 'unhealthy' | 'restarting' | 'starting' | undefined {
  const running = node.containers.filter(({ state }) => state === 'running')
  if (running.some(({ health }) => health === 'unhealthy')) return 'unhealthy'
  if (node.containers.some(({ state }) => state === 'restarting')) return 'restarting'
  return running.some(({ health }) => health === 'starting') ? 'starting' : undefined
}

function troubleWord(node: ProjectNode): string {
  switch (trouble(node)) {
    case 'unhealthy':
      return t('unhealthy')
    case 'restarting':
      return t('restarting')
    case 'starting':
      return t('health starting')
    case undefined:
      return ''
  }
}

function runningWord(node: ProjectNode): string {
  const all = services(node)
  const running = all.filter(({ state }) => state === 'running').length
  return t('{0}/{1} running', running, all.length)
}

function projectIcon(node: ProjectNode): Row['icon'] {
  const what = trouble(node)
  if (what === 'unhealthy') return { name: 'warning', color: 'problemsWarningIcon.foreground' }
  if (what === 'restarting') return { name: 'sync', color: 'problemsWarningIcon.foreground' }
  const all = services(node)
  const live = all.filter(isLive).length
  if (live === 0) return { name: 'stop-circle', color: 'disabledForeground' }
  return { name: 'layers', color: live === all.length ? 'charts.green' : 'charts.yellow' }
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].filter((text) => text !== '')

export const projectKind: Kind<ProjectNode> = {
  id: ({ engine, name }) => `${engine}|project|${name}`,
  flags: ({ containers }) => [
    ...(containers.some(isLive) ? ['running'] : []),
    ...(containers.some((container) => !isLive(container) && container.state !== 'removing')
      ? ['stopped']
      : []),
    ...(containers.some(({ state }) => state === 'paused') ? ['paused'] : []),
  ],
  label: ({ name }) => plain(name, 100),
  description: (node) => dotted(runningWord(node), troubleWord(node)),
  icon: projectIcon,
  accessibilityLabel: (node) =>
    spoken(plain(node.name, 100), t('compose project'), runningWord(node), troubleWord(node)),
  tooltip: (node) =>
    tooltip(node.name, [runningWord(node), troubleWord(node)].filter((word) => word !== '').join(', '), [
      [t('Services'), distinct(node.containers.map(({ compose }) => compose?.service ?? ''))],
      [t('Folder'), distinct(node.containers.map(({ compose }) => compose?.workingDir ?? ''))],
      [t('Files'), distinct(node.containers.flatMap(({ compose }) => compose?.configFiles ?? []))],
    ]),
  expandable: () => 'expanded',
  children: ({ containers }) => containers.map(containerNode),
}
