import type { Disposable } from '../../shared/disposable.ts'
import type { Event } from '../../shared/emitter.ts'
import type { Endpoint } from '../endpoint.ts'
import type { Engine } from '../engine.ts'
import type { EngineError } from '../errors.ts'
import type { Container } from '../model/container.ts'
import type { Image } from '../model/image.ts'
import type { Network } from '../model/network.ts'
import type { EngineId } from '../model/refs.ts'
import type { EngineInfo } from '../model/system.ts'
import type { Volume } from '../model/volume.ts'

export interface Models {
  readonly containers: Container
  readonly images: Image
  readonly volumes: Volume
  readonly networks: Network
}

export type Resource = keyof Models

export const resources = ['containers', 'images', 'volumes', 'networks'] as const satisfies Resource[]

/** What can be watched: a resource, or the engine itself (whether it is there, and what it says of itself). */
export type Watchable = Resource | 'engine'

/**
 * `idle`: nobody watches; `loading`: the first list is on its way; `ready`: `items` are what the engine last said; `failed`: the
 * engine, or this list of it, cannot be had. `items` are kept in every status, as they were last known.
 */
export interface ResourceState<T> {
  readonly status: 'idle' | 'loading' | 'ready' | 'failed'
  /** By id. Never changed in place: another state has another map, and an unchanged object is the same object in both. */
  readonly items: ReadonlyMap<string, T>
  readonly error?: EngineError
}

/** How it stands with the one event stream of an engine. */
export type Connection =
  | { readonly status: 'idle' }
  /** A stream that was cut is opened anew at once, as attempt 1; later attempts tell what the one before failed of. */
  | { readonly status: 'connecting'; readonly attempt: number; readonly error?: EngineError }
  | { readonly status: 'connected' }
  | {
      readonly status: 'failed'
      readonly error: EngineError
      readonly attempt: number
      /** Milliseconds since the epoch. */
      readonly retryAt: number
    }

/** All that is known of one engine, as one value. */
export type EngineState = {
  readonly endpoint: Endpoint
  readonly connection: Connection
  /** What the engine last said of itself; kept while it is away. */
  readonly info?: EngineInfo
} & { readonly [R in Resource]: ResourceState<Models[R]> }

/** Says which part of the state is another one now; the ids are empty when only a status changed. */
export interface Change {
  readonly what: Watchable
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/** The live picture of one engine: nothing runs while nobody watches. */
export interface LiveStore extends Disposable {
  readonly engine: Engine
  readonly state: EngineState
  readonly onDidChange: Event<Change>
  /** The limits of this container are others now, which no list tells. */
  readonly onDidLimit: Event<string>
  /** The first watcher lists and opens the event stream; shortly after the last one has gone nothing runs any more. */
  watch(what: Watchable): Disposable
  /** Resolves when the resource is ready, with what changed before it was watched, or failed; at once if nobody watches it; never rejects. */
  settled(resource: Resource): Promise<void>
  /** Lists all that is watched again now, and tries again now what waits for its next attempt. */
  refresh(): void
  /** Tries again now what waits for its next attempt. */
  retryNow(): void
  /**
   * To be called when the user comes back (the window got the focus, the machine woke): tries again now, and opens the stream
   * anew and lists when nothing has been heard of the engine for five minutes.
   */
  resume(): void
  /** Asks for the sizes of volumes, which an engine counts for seconds: only when the user wants them. */
  measure(signal?: AbortSignal): Promise<void>
  /** Ends the stream and all lists at once, watched or not; the next watcher starts anew. */
  rest(): void
}

/** The engines of a window: all that are known, in order, and what is known of each. */
export interface Snapshot {
  readonly engines: readonly EngineState[]
  /** The engine that the views show and palette commands act on. */
  readonly active: EngineId | undefined
  /** The engines whose objects the views show: the active one and those shown beside it. */
  readonly shown: ReadonlySet<EngineId>
}
