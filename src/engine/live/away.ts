import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { EngineId } from '../model/refs.ts'
import type { Snapshot } from './state.ts'

/** Why nothing is heard of an engine now and what brings it back, for a page about it; undefined while all is well or on its way. */
export function whyAway({ engines, shown }: Snapshot, id: EngineId): string | undefined {
  const state = engines.find(({ endpoint }) => endpoint.id === id)
  if (state === undefined)
    return t('This engine is no longer known. When it is back, this page goes on by itself.')
  const name = plain(state.endpoint.name, 80)
  if (!shown.has(id))
    return t(
      'The views do not show {0} any more, so nothing is asked of it. Choose it with “Quayside: Use Engine…”, and this page goes on.',
      name,
    )
  const { connection } = state
  return 'error' in connection && connection.error !== undefined
    ? t('{0} cannot be reached; it is tried again by itself. {1}', name, plain(connection.error.message, 300))
    : undefined
}
