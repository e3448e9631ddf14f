import type { EngineId } from '../../engine/model/refs.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps } from '../command.ts'
import { gatherEvidence, whyItStopped } from './why-it-stopped.ts'

/** A container by what it takes to speak of it. */
export interface Named {
  readonly engine: EngineId
  readonly id: string
  readonly name: string
}

/** Opens the document that says why a container stopped, or why it never ran. */
export async function openWhy(
  { engines, ui }: Deps,
  { engine: id, id: container, name }: Named,
): Promise<void> {
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
}
