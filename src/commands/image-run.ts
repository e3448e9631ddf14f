import type { Engine, Raw } from '../engine/engine.ts'
import type { ImageNode } from '../tree/node.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { batch } from './batch.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { shortId } from './naming.ts'
import { startContainer } from './run/start-container.ts'
import { tellWhatRuns } from './run/tell-what-runs.ts'
import { attachSession } from './terminal/attach-session.ts'
import { openWhy, type Named } from './why/open-why.ts'

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
    const made = new Map<ImageNode, Named>()
    const why = t('Why?')
    const { done } = await batch(deps.ui, {
      title: t('Running'),
      failed: t('Could not run'),
      items: nodes,
      nameOf: (node) => node.tag ?? shortId(node.image.id),
      async task(node, signal) {
        const engine = deps.engines.engine(node.image.engine)
        const reference = referenceOf(node)
        const body = { Image: reference, HostConfig: { PublishAllPorts: true } }
        const id = await create(deps, engine, body, signal)
        made.set(node, { engine: engine.id, id, name: shortId(id) })
        await startContainer(engine, id, signal)
        deps.ui.equivalent(dockerLine(engine, ['run', '-d', '-P'], [reference]))
      },
      mend: ({ item }) =>
        made.has(item)
          ? {
              action: why,
              explains: true as const,
              async run(failures) {
                for (const failure of failures) await openWhy(deps, made.get(failure.item)!)
              },
            }
          : undefined,
    })
    for (const node of done) {
      const { engine, id } = made.get(node)!
      void tellWhatRuns(deps, deps.engines.engine(engine), id).catch((fault: unknown) =>
        deps.ui.log(String(fault)),
      )
    }
  },
})

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
      deps.ui.terminal(attachSession(engine, id, name, () => startContainer(engine, id)))
    }
  },
})

export const imageRunCommands: readonly Command[] = [run, runInteractive]
