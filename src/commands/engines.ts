import type { EngineEvent } from '../engine/model/system.ts'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, viewCommand, type Command } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { shortId } from './naming.ts'
import { table } from './tables.ts'

const refresh = viewCommand({
  id: 'engines.refresh',
  title: 'Refresh',
  icon: 'refresh',
  views: ['containers', 'images', 'volumes', 'networks', 'engines'],
  place: { group: 'navigation@9' },
  async run({ engines }) {
    engines.refresh()
  },
})

const use = nodeCommand({
  id: 'engines.use',
  title: 'Use Engine',
  icon: 'check',
  on: ['engine-active'],
  place: { group: '1_use@1', inline: true },
  many: false,
  none: () =>
    t(
      'No other engine was found. Name one in the settings, or make a docker context for it, and refresh the view of engines.',
    ),
  async run({ engines }, [node]) {
    if (node !== undefined) await engines.use(node.endpoint.id)
  },
})

const showBeside = nodeCommand({
  id: 'engines.showBeside',
  title: 'Show Beside Current Engine',
  icon: 'eye',
  on: ['engine+hidden'],
  place: { group: '1_use@2', inline: true },
  async run({ engines }, nodes) {
    for (const { endpoint } of nodes) await engines.showBeside(endpoint.id, true)
  },
})

const hide = nodeCommand({
  id: 'engines.hide',
  title: 'Hide Engine',
  icon: 'eye-closed',
  on: ['engine+beside'],
  place: { group: '1_use@3', inline: true },
  async run({ engines }, nodes) {
    for (const { endpoint } of nodes) await engines.showBeside(endpoint.id, false)
  },
})

const retry = nodeCommand({
  id: 'engines.retry',
  title: 'Try to Connect Again',
  icon: 'debug-restart',
  on: ['engine+failed'],
  place: { group: '1_use@4', inline: true },
  async run({ engines }, nodes) {
    await Promise.all(nodes.map(({ endpoint }) => engines.reconnect(endpoint.id)))
  },
})

const reconnect = viewCommand({
  id: 'engines.reconnect',
  title: 'Try All Engines Again',
  icon: 'debug-restart',
  async run({ engines }) {
    const failed = (await engines.nodes('engine')).filter(({ status }) => status === 'failed')
    if (failed.length === 0) engines.refresh()
    await Promise.all(failed.map(({ endpoint }) => engines.reconnect(endpoint.id)))
  },
})

const diagnostics = viewCommand({
  id: 'engines.diagnostics',
  title: 'Show Connection Diagnostics',
  icon: 'pulse',
  views: ['engines'],
  place: { group: 'navigation@2' },
  async run({ engines, ui }) {
    await ui.openText({
      key: 'diagnostics',
      title: t('Connection diagnostics'),
      language: 'plaintext',
      text: await engines.diagnostics(),
    })
  },
})

const openSettings = viewCommand({
  id: 'engines.openSettings',
  title: 'Open Settings',
  icon: 'settings-gear',
  views: ['engines'],
  place: { group: '9_settings@1' },
  run: ({ ui }) => ui.openSettings('quayside.engine'),
})

const info = nodeCommand({
  id: 'engines.info',
  title: 'Show Engine Information',
  icon: 'info',
  on: ['engine+connected'],
  place: { group: '3_show@1' },
  async run({ engines, ui }, nodes) {
    for (const { endpoint } of nodes) {
      const engine = engines.engine(endpoint.id)
      const facts = await ui.progress(t('Asking {0}', plain(endpoint.name, 80)), (_, signal) =>
        engine.connect(signal),
      )
      ui.equivalent(dockerLine(engine, ['info']))
      await ui.openText({
        key: `info|${endpoint.id}`,
        title: `${plain(endpoint.name, 80)}.json`,
        language: 'json',
        text: `${JSON.stringify({ endpoint: { name: endpoint.name, url: endpoint.url, origin: endpoint.origin }, ...facts }, null, 2)}\n`,
      })
    }
  },
})

const copyAddress = nodeCommand({
  id: 'engines.copyAddress',
  title: 'Copy Address',
  on: ['engine'],
  place: { group: '1@1', submenu: 'copy' },
  run: ({ ui }, nodes) => ui.copy(nodes.map(({ endpoint }) => endpoint.url).join('\n')),
})

/** Nanoseconds as ISO 8601; what is no number is shown as it came. */
const eventTime = (timeNano: string): string =>
  /^\d{1,19}$/.test(timeNano) ? new Date(Number(BigInt(timeNano) / 1_000_000n)).toISOString() : timeNano

/** How far back the list of events goes: an engine remembers its last 256. */
const eventHours = 24

const events = nodeCommand({
  id: 'engines.events',
  title: 'Show Recent Events',
  icon: 'list-ordered',
  on: ['engine+connected'],
  place: { group: '3_show@2' },
  async run({ engines, ui }, nodes) {
    for (const { endpoint } of nodes) {
      const engine = engines.engine(endpoint.id)
      const now = Math.floor(Date.now() / 1000)
      const found = await ui.progress(
        t('Reading the events of {0}', plain(endpoint.name, 80)),
        async (_, signal) => {
          const list: EngineEvent[] = []
          const options = { since: String(now - eventHours * 3600), until: String(now) }
          for await (const event of engine.streams.events(options, signal)) list.push(event)
          return list
        },
      )
      const rows = found.map(({ timeNano, type, action, id, attributes }) => [
        eventTime(timeNano),
        type,
        action,
        attributes['name'] ?? shortId(id),
        attributes['image'] ?? '',
        attributes['exitCode'] === undefined ? '' : t('exit code {0}', attributes['exitCode']),
      ])
      await ui.openText({
        key: `events|${endpoint.id}`,
        title: t('Events of {0}', plain(endpoint.name, 80)),
        language: 'plaintext',
        text: [
          `# ${plural(rows.length, 'The last event that the engine remembers', 'The last {0} events that the engine remembers, oldest first')}`,
          '',
          table(rows),
          '',
        ].join('\n'),
      })
    }
  },
})

export const engineCommands: readonly Command[] = [
  refresh,
  use,
  showBeside,
  hide,
  retry,
  reconnect,
  diagnostics,
  openSettings,
  info,
  copyAddress,
  events,
]
