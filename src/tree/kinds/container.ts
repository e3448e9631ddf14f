import type { Attachment, Container, Mount } from '../../engine/model/container.ts'
import { refKey } from '../../engine/model/refs.ts'
import { swarmTask } from '../../engine/model/swarm-task.ts'
import { t } from '../../shared/l10n.ts'
import { maskText, maskWords } from '../../shared/masking.ts'
import { plain } from '../../shared/sinks.ts'
import { shortImage } from '../image-names.ts'
import { containerPlace } from '../places.ts'
import { fullMoment, type RowContext } from '../moment.ts'
import type { ContainerNode, Row } from '../node.ts'
import { fullPorts, publishedOnce, shortPorts } from '../ports.ts'
import { conditionWords, healthWord, isLive, stateSince } from '../state-words.ts'
import { labelFact, tooltip } from '../tooltip.ts'
import { dotted, spoken, type Kind } from './kind.ts'

/** The exit codes of programs that were told to end: by `docker stop`, `docker kill` or Ctrl-C. */
const told = new Set([0, 130, 137, 143])

/** Shapes differ as well as colours: state is never told by colour alone. */
export function containerIcon({ state, health, exitCode }: Container): Row['icon'] {
  switch (state) {
    case 'running':
      if (health === 'unhealthy') return { name: 'warning', color: 'problemsWarningIcon.foreground' }
      if (health === 'starting') return { name: 'watch', color: 'charts.blue' }
      return { name: health === 'healthy' ? 'pass-filled' : 'play-circle', color: 'charts.green' }
    case 'paused':
      return { name: 'debug-pause', color: 'charts.yellow' }
    case 'restarting':
      return { name: 'sync', color: 'problemsWarningIcon.foreground' }
    case 'created':
      return { name: 'circle-outline', color: 'disabledForeground' }
    case 'exited':
      return told.has(exitCode ?? 0)
        ? { name: 'stop-circle', color: 'disabledForeground' }
        : { name: 'error', color: 'problemsErrorIcon.foreground' }
    case 'dead':
      return { name: 'circle-slash', color: 'problemsErrorIcon.foreground' }
    case 'removing':
      return { name: 'trash', color: 'disabledForeground' }
  }
}

function stateFlag({ state }: Container): readonly string[] {
  switch (state) {
    case 'exited':
    case 'dead':
      return ['stopped']
    case 'removing':
      return []
    case 'running':
    case 'paused':
    case 'restarting':
    case 'created':
      return [state]
  }
}

const isPublished = ({ ports }: Container): boolean => ports.some(({ hostPort }) => hostPort !== undefined)

export const containerKind: Kind<ContainerNode> = {
  id: ({ container, within }) =>
    within === undefined ? refKey(container) : `${within}|${refKey(container)}`,
  flags: ({ container }) => [
    ...stateFlag(container),
    ...(container.state === 'running' && container.health !== undefined ? [container.health] : []),
    ...(container.compose === undefined ? [] : ['compose']),
    ...(swarmTask(container.labels) === undefined ? [] : ['swarm']),
    ...(isPublished(container) ? ['published'] : []),
  ],
  label: ({ container }) => plain(container.name, 100),
  description: ({ container }, context) =>
    dotted(
      plain(shortImage(container.image), 80),
      shortPorts(container.ports),
      container.state === 'running' && container.health !== undefined ? healthWord(container.health) : '',
      stateSince(container, context),
    ),
  icon: ({ container }) => containerIcon(container),
  accessibilityLabel: ({ container }) =>
    spoken(
      plain(container.name, 100),
      t('container'),
      conditionWords(container),
      t('image {0}', plain(shortImage(container.image), 80)),
      spokenPorts(container),
    ),
  tooltip: ({ container }, context) =>
    tooltip(container.name, conditionWords(container), [
      [t('Image'), container.image],
      [t('Command'), commandLine(container.command)],
      [t('Ports'), fullPorts(container.ports)],
      [t('Mounts'), container.mounts.map(mountText)],
      [t('Networks'), container.attachments.map(attachmentText)],
      [isLive(container) ? t('Up since') : t('Stopped'), sinceText(container, context)],
      [t('Created'), fullMoment({ at: container.created, within: 0 }, context)],
      [t('Compose'), composeText(container)],
      labelFact(container.labels),
      [t('Id'), container.id.slice(0, 12)],
    ]),
  expandable: (node) => (hasFiles(node) ? 'collapsed' : 'no'),
  children: (node) => {
    if (!hasFiles(node)) return []
    const within = refKey(node.container)
    const place = containerPlace(node.container)
    return [
      ...publishedOnce(node.container.ports).map((port) => ({
        kind: 'port' as const,
        container: node.container,
        port,
      })),
      { kind: 'files', place, within },
      { kind: 'changes', place, within },
    ]
  },
}

/** A container that is shown as a user of something else has its files below its own row only. */
const hasFiles = ({ container, within }: ContainerNode): boolean =>
  within === undefined && container.state !== 'removing'

function spokenPorts({ ports }: Container): string {
  const published = shortPorts(ports)
  return published === '' ? '' : t('ports {0}', published.replaceAll('→', ` ${t('to')} `))
}

/** The command line as the engine tells it, with what looks like a secret masked. */
function commandLine(command: string): string {
  return maskText(maskWords(command.slice(0, 2_000).split(' ')).join(' '))
}

function sinceText({ since, state }: Container, context: RowContext): string {
  return since === undefined || state === 'created' ? '' : fullMoment(since, context)
}

/** As `docker run -v` would take it: what is mounted, where, and whether it is read-only. */
function mountText({ type, name, source, destination, readOnly }: Mount): string {
  const from = type === 'volume' ? (name ?? source) : type === 'bind' ? source : type
  return `${from === '' ? type : from}:${destination}${readOnly ? ':ro' : ''}`
}

function attachmentText({ network, ipv4, ipv6 }: Attachment): string {
  const addresses = [ipv4, ipv6].filter((address) => address !== '')
  return addresses.length === 0 ? network : `${network} ${addresses.join(' ')}`
}

function composeText({ compose }: Container): string {
  if (compose === undefined) return ''
  const service = compose.service === '' ? compose.project : `${compose.project} / ${compose.service}`
  return compose.workingDir === '' ? service : `${service} (${compose.workingDir})`
}
