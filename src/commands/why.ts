import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command } from './command.ts'
import { gatherEvidence, whyItStopped } from './why/why-it-stopped.ts'

const whyStopped = nodeCommand({
  id: 'containers.whyStopped',
  title: 'Why Did It Stop?',
  icon: 'question',
  on: ['container+stopped', 'container+restarting', 'container+created'],
  place: { group: '3_show@6' },
  many: false,
  async run({ engines, ui }, [node]) {
    if (node === undefined) return
    const { engine: id, id: container, name } = node.container
    const engine = engines.engine(id)
    const evidence = await ui.progress(t('Looking at {0}…', plain(name, 80)), (_, signal) =>
      gatherEvidence(engine, container, signal),
    )
    await ui.openText({
      key: `why-${container}`,
      title: t('Why {0} stopped', plain(name, 60)),
      language: 'log',
      text: whyItStopped(evidence),
    })
  },
})

export const whyCommands: readonly Command[] = [whyStopped]
