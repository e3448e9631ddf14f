import type { Engine } from '../engine.ts'
import type { EngineId } from '../model/refs.ts'
import { runBriefly } from './brief.ts'
import { containerFiles } from './container-files.ts'
import type { Files } from './files.ts'
import { inVolume } from './in-volume.ts'
import { placeKey, type Place } from './place.ts'
import type { FilesOptions, ListingCache } from './reach.ts'
import { createStandIn, removeStandIn, sweepStandIns, volumeRoot } from './stand-in.ts'

/** The files of every place: of containers directly, of volumes and images through stand-ins that are removed after use. */
export interface Places {
  files(place: Place): Files
  /** Forgets what was listed of any of them. */
  forget(): void
  /** Removes what stands in and is not being used, so that nothing holds on to volumes and images; later calls make it anew. */
  release(): Promise<void>
  /** Removes all that stands in, also what is being used. */
  close(): Promise<void>
}

export interface PlacesOptions {
  /** Milliseconds that a stand-in is kept for a next call. */
  readonly linger: number
  readonly fault: (fault: unknown) => void
}

interface StandIn {
  readonly files: Promise<Files>
  /** Never rejects. */
  readonly remove: () => Promise<void>
  users: number
  timer: NodeJS.Timeout | undefined
}

type Reached = Exclude<Place, { readonly kind: 'container' }>

export function createPlaces(engineOf: (id: EngineId) => Engine, { linger, fault }: PlacesOptions): Places {
  const standIns = new Map<string, StandIn>()
  const known = new Map<string, { readonly files: Files; readonly engine: Engine }>()
  const caches = new Map<string, ListingCache>()
  const removals = new Set<Promise<void>>()
  const swept = new WeakMap<Engine, Promise<void>>()

  function standInOf(place: Reached): StandIn {
    const key = placeKey(place)
    const there = standIns.get(key)
    if (there !== undefined) return there
    const engine = engineOf(place.engine)
    const cache = caches.get(key) ?? {}
    caches.set(key, cache)
    if (!swept.has(engine)) swept.set(engine, sweepStandIns(engine).catch(fault))
    const made = swept.get(engine)!.then(() => createStandIn(engine, place))
    const standIn: StandIn = {
      files: made.then((id) => containerFiles(engine, id, optionsOf(engine, place, cache))),
      remove() {
        if (standIns.get(key) === standIn) standIns.delete(key)
        clearTimeout(standIn.timer)
        const removed = made
          .then((id) => removeStandIn(engine, id))
          .catch(fault)
          .finally(() => removals.delete(removed))
        removals.add(removed)
        return removed
      },
      users: 0,
      timer: undefined,
    }
    standIns.set(key, standIn)
    return standIn
  }

  async function use<T>(place: Reached, task: (files: Files) => Promise<T>): Promise<T> {
    const standIn = enter(place)
    try {
      return await task(await standIn.files)
    } catch (fault) {
      throw wordsOf(place, fault)
    } finally {
      leave(standIn)
    }
  }

  function enter(place: Reached): StandIn {
    const standIn = standInOf(place)
    clearTimeout(standIn.timer)
    standIn.users++
    return standIn
  }

  function leave(standIn: StandIn): void {
    standIn.users--
    if (standIn.users > 0) return
    // One whose container could not be made is of no use to the next call.
    standIn.files.catch(() => void standIn.remove())
    standIn.timer = setTimeout(() => void standIn.remove(), linger)
    standIn.timer.unref()
  }

  const reached = (place: Reached): Files => ({
    list: (folder, signal) => use(place, (files) => files.list(folder, signal)),
    stat: (path, signal) => use(place, (files) => files.stat(path, signal)),
    read: (path, limit, signal) => use(place, (files) => files.read(path, limit, signal)),
    write: (path, content, options, signal) =>
      use(place, (files) => files.write(path, content, options, signal)),
    createFolder: (path, signal) => use(place, (files) => files.createFolder(path, signal)),
    rename: (from, to, options, signal) => use(place, (files) => files.rename(from, to, options, signal)),
    remove: (path, options, signal) => use(place, (files) => files.remove(path, options, signal)),
    async *archive(path, signal, options) {
      const standIn = enter(place)
      try {
        yield* (await standIn.files).archive(path, signal, options)
      } catch (fault) {
        throw wordsOf(place, fault)
      } finally {
        leave(standIn)
      }
    },
    unpack: (folder, archive, signal) => use(place, (files) => files.unpack(folder, archive, signal)),
    unpackWhole: (folder, names, gathering, signal, onLast) =>
      use(place, (files) => files.unpackWhole(folder, names, gathering, signal, onLast)),
    owner: (path, signal) => use(place, (files) => files.owner(path, signal)),
    forget: () => caches.delete(placeKey(place)),
  })

  return {
    files(place) {
      if (place.kind !== 'container') return reached(place)
      // An engine that was replaced behind the same name is asked anew.
      const engine = engineOf(place.engine)
      const key = placeKey(place)
      const before = known.get(key)
      if (before?.engine === engine) return before.files
      const files = containerFiles(engine, place.id)
      known.set(key, { files, engine })
      return files
    },
    forget() {
      known.clear()
      caches.clear()
    },
    async release() {
      for (const standIn of standIns.values()) if (standIn.users === 0) void standIn.remove()
      await Promise.all(removals)
    },
    async close() {
      for (const standIn of standIns.values()) void standIn.remove()
      await Promise.all(removals)
    },
  }
}

const wordsOf = (place: Reached, fault: unknown): unknown =>
  place.kind === 'volume' ? inVolume(fault) : fault

function optionsOf(engine: Engine, place: Reached, cache: ListingCache): FilesOptions {
  if (place.kind === 'image') return { kind: 'image', unchanging: true, cache }
  return {
    root: volumeRoot,
    kind: 'volume',
    unchanging: false,
    cache,
    elsewhere: (script, args, signal) => runBriefly(engine, place, script, args, signal),
  }
}
