import type { EngineId } from '../model/refs.ts'

/** The label of containers that stand in for a volume or an image; its value says whose they are: `host:process`. */
export const standInLabel = 'dev.quayside.helper'

/** Something that has files. `name` is for the user only. */
export type Place =
  | { readonly kind: 'container'; readonly engine: EngineId; readonly id: string; readonly name: string }
  | { readonly kind: 'volume'; readonly engine: EngineId; readonly id: string; readonly name: string }
  | { readonly kind: 'image'; readonly engine: EngineId; readonly id: string; readonly name: string }

export const placeKey = ({ engine, kind, id }: Place): string => `${kind}|${id}|${engine}`
