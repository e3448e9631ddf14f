import type { EngineId } from '../model/refs.ts'

/** Something that has files. `name` is for the user only. */
export type Place =
  | { readonly kind: 'container'; readonly engine: EngineId; readonly id: string; readonly name: string }
  | { readonly kind: 'volume'; readonly engine: EngineId; readonly id: string; readonly name: string }
  | { readonly kind: 'image'; readonly engine: EngineId; readonly id: string; readonly name: string }

export const placeKey = ({ engine, kind, id }: Place): string => `${kind}|${id}|${engine}`
