import type { Sample } from './sample.ts'

/** A container as the statistics page shows it. */
export interface StatsRow {
  readonly id: string
  readonly name: string
  readonly image: string
}

/** What the editor sends to the statistics page. */
export type ToStatsPage =
  | {
      readonly type: 'containers'
      readonly engine: string
      readonly rows: readonly StatsRow[]
      readonly texts: StatsTexts
    }
  /** Samples of the past, oldest first, when the page opens. */
  | { readonly type: 'history'; readonly id: string; readonly samples: readonly Sample[] }
  | { readonly type: 'samples'; readonly samples: Readonly<Record<string, Sample>> }
  | {
      readonly type: 'processes'
      readonly id: string
      readonly titles: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly type: 'problem'; readonly text: string }

/** What the page asks of the editor. */
export type FromStatsPage = { readonly type: 'ready' } | { readonly type: 'processes'; readonly id: string }

/** The page's own words, in the language of the editor. */
export interface StatsTexts {
  readonly name: string
  readonly cpu: string
  readonly memory: string
  readonly limit: string
  readonly network: string
  readonly disk: string
  readonly processes: string
  readonly received: string
  readonly sent: string
  readonly read: string
  readonly written: string
  readonly nothing: string
  readonly plot: string
  readonly all: string
  readonly processesOf: string
  readonly sortBy: string
}

/** Whether a message of the page is one of ours; a page is never believed further than that. */
export function isFromStatsPage(value: unknown): value is FromStatsPage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  if (value.type === 'ready') return true
  return value.type === 'processes' && 'id' in value && typeof value.id === 'string'
}
