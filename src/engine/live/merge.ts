interface Identified {
  readonly id: string
}

export interface Merged<T> {
  readonly items: ReadonlyMap<string, T>
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/**
 * What is known after a list has been answered: of all objects, or of those `asked` for only. `settle` gives the object to keep,
 * the one before if nothing has changed; when nothing at all has, the map is the one before.
 */
export function merge<T extends Identified>(
  before: ReadonlyMap<string, T>,
  list: readonly T[],
  asked: readonly string[] | undefined,
  settle: (fresh: T, before: T | undefined) => T,
): Merged<T> {
  const items = asked === undefined ? new Map<string, T>() : new Map(before)
  const added: string[] = []
  const changed: string[] = []
  const there = new Set<string>()
  for (const fresh of list) {
    if (there.has(fresh.id)) continue
    const known = before.get(fresh.id)
    const kept = settle(fresh, known)
    items.set(fresh.id, kept)
    there.add(fresh.id)
    if (known === undefined) added.push(fresh.id)
    else if (kept !== known) changed.push(fresh.id)
  }
  const removed = [...(asked ?? before.keys())].filter((id) => before.has(id) && !there.has(id))
  for (const id of removed) items.delete(id)
  const nothing = added.length + changed.length + removed.length === 0
  return { items: nothing ? before : items, added, changed, removed }
}
