import type { Pattern, Range } from '../../logs/pattern.ts'
import type { BlockSlice, LineQuery } from '../../logs/search.ts'

/** To the thread that runs expressions. Both sides are our own code and of the same build. */
export type SearchRequest =
  | {
      readonly kind: 'scan'
      readonly id: number
      readonly query: LineQuery
      readonly slices: readonly BlockSlice[]
    }
  | {
      readonly kind: 'ranges'
      readonly id: number
      readonly pattern: Pattern
      readonly texts: readonly string[]
    }
  | { readonly kind: 'cancel'; readonly id: number }

/** And back. `busy` comes before each piece of work, so that one that does not end is known. */
export type SearchAnswer =
  | { readonly kind: 'busy'; readonly id: number }
  | {
      readonly kind: 'found'
      readonly id: number
      readonly seqs: readonly number[]
      readonly upTo: number
      /** How many slices were looked through for it. */
      readonly slices: number
    }
  | { readonly kind: 'ranges'; readonly id: number; readonly ranges: readonly (readonly Range[])[] }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'idle' }
