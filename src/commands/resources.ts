import type { Place } from '../engine/files/place.ts'

/** Files and folders that the Explorer, or the clipboard, names. */
export interface Resources {
  /** Paths on this machine. */
  readonly local: readonly string[]
  readonly ours: readonly FileOfPlace[]
}

export interface FileOfPlace {
  readonly place: Place
  readonly path: string
}
