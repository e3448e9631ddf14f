import type { ViewId } from '../tree/node.ts'
import { filteredKey, when } from './context-keys.ts'

/** The activity-bar container of all views. */
export const viewContainer = {
  id: 'quayside',
  title: 'Quayside',
  icon: 'media/activity-bar.svg',
} as const

/** The log viewer in the panel: there once a log has been opened in it. */
export const panelContainer = {
  id: 'quaysideLogs',
  title: 'Container Logs',
  icon: 'media/activity-bar.svg',
} as const
export const logsViewId = 'quayside.logs'
export const logsViewWhen = `${when('quayside.logsPanel', true)} || config.quayside.logs.open == panel`

export interface View {
  readonly id: ViewId | 'compose'
  readonly name: string
  /** A codicon's name; shown where the view is moved to a place of its own. */
  readonly icon: string
  readonly collapsed?: true
  /** Its share of the height at first. */
  readonly size: number
}

/** The views, in their order. */
export const views: readonly View[] = [
  { id: 'containers', name: 'Containers', icon: 'package', size: 4 },
  { id: 'compose', name: 'Compose', icon: 'layers', size: 2 },
  { id: 'images', name: 'Images', icon: 'archive', size: 2 },
  { id: 'volumes', name: 'Volumes', icon: 'database', size: 1, collapsed: true },
  { id: 'networks', name: 'Networks', icon: 'globe', size: 1, collapsed: true },
  { id: 'engines', name: 'Engines', icon: 'server-environment', size: 2, collapsed: true },
]

export const viewId = (view: View['id']): string => `quayside.${view}`

/** What an empty view says. `id` names the text in `package.nls.json`; links run commands. */
export interface Welcome {
  readonly id: string
  readonly views: readonly View['id'][]
  readonly when: string
  readonly text: string
}

const explorers = ['containers', 'images', 'volumes', 'networks'] as const
/** The view of containers has rows that say what is wrong with an engine, that of engines has the engine's own. */
const lists = ['compose', 'images', 'volumes', 'networks'] as const
const all = [...explorers, 'compose', 'engines'] as const
const connected = when('quayside.connection', 'connected')

const nothingYet = (view: (typeof explorers)[number], text: string): Welcome => ({
  id: `nothingYet.${view}`,
  views: [view],
  when: `${connected} && !${filteredKey(view)!}`,
  text,
})

export const welcomes: readonly Welcome[] = [
  {
    id: 'noEngine',
    views: all,
    when: when('quayside.connection', 'noEngine'),
    text: `No container engine was found on this machine.

[Look Again](command:quayside.engines.refresh)
[Choose an Engine](command:quayside.engines.use)
[Set an Address](command:quayside.engines.openSettings)

Install Docker Engine, Docker Desktop, Podman, Colima or Rancher Desktop; no docker program is needed where the engine can be reached by a socket. What was tried: [Connection Diagnostics](command:quayside.engines.diagnostics).`,
  },
  {
    id: 'denied',
    views: lists,
    when: when('quayside.connection', 'denied'),
    text: `The engine is there, but this account may not use its socket.

On Linux, add the account to the group that owns the socket (most often \`docker\`), then log out and in again; or use a rootless engine.

[Try Again](command:quayside.engines.reconnect)
[Choose Another Engine](command:quayside.engines.use)
[Connection Diagnostics](command:quayside.engines.diagnostics)`,
  },
  {
    id: 'notRunning',
    views: lists,
    when: when('quayside.connection', 'notRunning'),
    text: `The engine is not running. Start it; the view fills by itself.

[Try Again](command:quayside.engines.reconnect)
[Choose Another Engine](command:quayside.engines.use)
[Connection Diagnostics](command:quayside.engines.diagnostics)`,
  },
  {
    id: 'failed',
    views: lists,
    when: when('quayside.connection', 'failed'),
    text: `The engine cannot be reached. It is tried again and again.

[Try Again](command:quayside.engines.reconnect)
[Connection Diagnostics](command:quayside.engines.diagnostics)
[Choose Another Engine](command:quayside.engines.use)`,
  },
  nothingYet(
    'containers',
    `No containers yet.

[Run a Container](command:quayside.containers.run)
[Pull an Image](command:quayside.images.pull)`,
  ),
  {
    id: 'nothingYet.compose',
    views: ['compose'],
    when: connected,
    text: `No compose project runs, and no folder that is open has a compose file.

[Add Docker Files](command:quayside.scaffold.addDockerFiles)`,
  },
  nothingYet(
    'images',
    `No images yet.

[Pull an Image](command:quayside.images.pull)
[Search Docker Hub](command:quayside.images.search)
[Load from a File](command:quayside.images.load)`,
  ),
  nothingYet(
    'volumes',
    `No volumes yet.

[Create a Volume](command:quayside.volumes.create)`,
  ),
  nothingYet(
    'networks',
    `No networks yet.

[Create a Network](command:quayside.networks.create)`,
  ),
  ...explorers.map((view): Welcome => ({
    id: `filtered.${view}`,
    views: [view],
    when: `${connected} && ${filteredKey(view)!}`,
    text: `Nothing here passes the filter.

[Show All](command:quayside.${view}.clearFilter)`,
  })),
  {
    id: 'untrusted',
    views: ['containers', 'compose', 'engines'],
    when: 'isWorkspaceTrustEnabled && !isWorkspaceTrusted',
    text: `This folder is not trusted. Engines that you set yourself can be seen and used; building, compose and programs of the folder are off until you trust it.

[Manage Workspace Trust](command:workbench.trust.manage)`,
  },
]
