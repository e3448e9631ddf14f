import type { Engine, Raw } from '../engine/engine.ts'
import type { ImageNode } from '../tree/node.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { publishedPorts } from './addresses.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { shortId } from './naming.ts'
import { attachSession } from './terminal/attach-session.ts'

const referenceOf = ({ image, tag }: ImageNode): string => tag ?? image.id

/** Shows what the engine warned of when it made a container. */
async function create({ ui }: Deps, engine: Engine, body: Raw, signal?: AbortSignal): Promise<string> {
  const { id, warnings } = await engine.containers.create(undefined, body, undefined, signal)
  if (warnings.length > 0) void ui.warn(warnings.map((warning) => plain(warning, 300)).join(' '))
  return id
}

const run = nodeCommand({
  id: 'images.run',
  title: 'Run',
  icon: 'run',
  on: ['image'],
  place: { group: '1_run@1', inline: true },
  async run(deps, nodes) {
    const { engines, ui } = deps
    for (const node of nodes) {
      const engine = engines.engine(node.image.engine)
      const reference = referenceOf(node)
      const id = await ui.progress(
        t('Running {0}', plain(node.tag ?? shortId(reference), 120)),
        async (_, signal) => {
          const made = await create(
            deps,
            engine,
            { Image: reference, HostConfig: { PublishAllPorts: true } },
            signal,
          )
          await engine.containers.start(made, signal)
          return made
        },
      )
      ui.equivalent(dockerLine(engine, ['run', '-d', '-P'], [reference]))
      void tellWhatRuns(deps, engine, id)
    }
  },
})

async function tellWhatRuns({ ui }: Deps, engine: Engine, id: string): Promise<void> {
  const [container] = await engine.containers.list({ ids: [id] })
  if (container === undefined) return
  const name = plain(container.name, 80)
  const [published] = publishedPorts(engine.endpoint, container.ports)
  if (published === undefined) return void (await ui.info(t('{0} was started.', name)))
  const open = t('Open in Browser')
  const chosen = await ui.info(t('{0} was started; its port is {1}.', name, published.address), open)
  if (chosen === open) await ui.openExternal(published.url)
}

const runInteractive = nodeCommand({
  id: 'images.runInteractive',
  title: 'Run Interactively',
  icon: 'terminal',
  on: ['image'],
  place: { group: '1_run@2' },
  async run(deps, nodes) {
    for (const node of nodes) {
      const engine = deps.engines.engine(node.image.engine)
      const reference = referenceOf(node)
      const id = await create(deps, engine, {
        Image: reference,
        Tty: true,
        OpenStdin: true,
        StdinOnce: true,
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        HostConfig: { AutoRemove: true, PublishAllPorts: true },
      })
      deps.ui.equivalent(dockerLine(engine, ['run', '--rm', '-it', '-P'], [reference]))
      const name = plain(node.tag ?? shortId(reference), 60)
      deps.ui.terminal(attachSession(engine, id, name, () => engine.containers.start(id)))
    }
  },
})

export const imageRunCommands: readonly Command[] = [run, runInteractive]
