import type { Labels } from './container.ts'
import type { EngineId } from './refs.ts'

/** A row of `GET /volumes`, with the usage of `GET /system/df` where it was asked for. */
export interface Volume {
  readonly kind: 'volume'
  readonly engine: EngineId
  /** The name, which is the engine's id of a volume. */
  readonly id: string
  readonly name: string
  readonly driver: string
  readonly mountpoint: string
  readonly scope: string
  readonly labels: Labels
  readonly options: Readonly<Record<string, string>>
  /** Milliseconds since the epoch; absent where the engine does not tell. */
  readonly created?: number
  /** Bytes; absent until asked for. */
  readonly size?: number
  /** Made without a name by `docker run -v /path` or a VOLUME instruction. */
  readonly anonymous: boolean
}
