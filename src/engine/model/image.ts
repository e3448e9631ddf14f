import type { Labels } from './container.ts'
import type { EngineId } from './refs.ts'

/** A row of `GET /images/json`: one image, with all its names. */
export interface Image {
  readonly kind: 'image'
  readonly engine: EngineId
  readonly id: string
  /** `repository:tag` names; none for a dangling image. */
  readonly tags: readonly string[]
  /** `repository@sha256:…` names. */
  readonly digests: readonly string[]
  readonly parentId: string
  /** Milliseconds since the epoch. */
  readonly created: number
  /** Bytes, layers shared with other images included. */
  readonly size: number
  readonly labels: Labels
  readonly dangling: boolean
}

/** One entry of `GET /images/{id}/history`, newest first. */
export interface ImageLayer {
  readonly id: string
  readonly created: number
  readonly createdBy: string
  readonly size: number
  readonly comment: string
  readonly tags: readonly string[]
}
