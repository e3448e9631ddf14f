import type { EngineId } from '../../engine/model/refs.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps } from '../command.ts'
import { openDocuments } from '../open-documents.ts'
import { gatherEvidence, headingOf, whyItStopped } from './why-it-stopped.ts'

/** A container by what it takes to speak of it. */
export interface Named {
  readonly engine: EngineId
  readonly id: string
  readonly name: string
}

/** Opens the document that says why a container stopped, or why it never ran. */
export const openWhy = (deps: Deps, container: Named): Promise<void> => openWhyOfAll(deps, [container])

/** The same of several, a document each: with one progress, and one message of those that could not be looked at. */
export function openWhyOfAll({ engines, ui }: Deps, containers: readonly Named[]): Promise<void> {
  return openDocuments(
    ui,
    containers,
    ({ name }) => name,
    async ({ engine: id, id: container, name }, stop) => {
      const engine = engines.engine(id)
      const gather = (signal: AbortSignal) => gatherEvidence(engine, container, signal)
      // Of one alone it is this that takes its time.
      const evidence =
        stop === undefined
          ? await ui.progress(t('Looking at {0}…', plain(name, 80)), (_, signal) => gather(signal))
          : await gather(stop)
      return {
        key: `why-${container}`,
        title: headingOf(evidence),
        language: 'log',
        text: whyItStopped(evidence),
      }
    },
  )
}
