import type { EngineId } from '../engine/model/refs.ts'
import { t } from '../shared/l10n.ts'
import type { DetailNode } from './node.ts'

/** What could be made of the objects of a list, and a row for each that nothing could be made of. */
export interface Entries<T> {
  readonly entries: T[]
  readonly odd: DetailNode[]
}

/** One odd object never fails a view: it gets a row that tells so, and the others are shown. */
export function entriesOf<M extends { readonly id: string }, T>(
  engine: EngineId,
  models: Iterable<M>,
  make: (model: M) => readonly T[],
): Entries<T> {
  const entries: T[] = []
  const odd: DetailNode[] = []
  for (const model of models) {
    try {
      for (const entry of make(model)) entries.push(entry)
    } catch {
      const id = String(model?.id ?? '?').slice(0, 100)
      odd.push({
        kind: 'detail',
        id: `odd|${id}`,
        parent: engine,
        label: id,
        description: t('cannot be shown'),
        icon: 'question',
      })
    }
  }
  return { entries, odd }
}

/** Gathered by a key, in the order in which keys first come. */
export function groupedBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items)
    for (const key of keysOf(item)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [item])
      else group.push(item)
    }
  return groups
}
