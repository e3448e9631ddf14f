import type { EngineId } from '../model/refs.ts'
import type { Limits } from './limits.ts'
import type { Sample } from './sample.ts'

/** What a statistics page is of. */
export interface StatsRequest {
  readonly engine: EngineId
  /** Ids; empty for all that run. */
  readonly containers: readonly string[]
}

/** A container as the statistics page shows it. */
export interface StatsRow {
  readonly id: string
  readonly name: string
  readonly image: string
  readonly limits: Limits
}

/** What the editor sends to the statistics page. */
export type ToStatsPage =
  | {
      readonly type: 'open'
      readonly title: string
      readonly request: StatsRequest
      /** In the language of the editor. */
      readonly texts: Readonly<Record<string, string>>
    }
  | { readonly type: 'containers'; readonly rows: readonly StatsRow[] }
  /** Samples of the past, oldest first, when the page opens. */
  | { readonly type: 'history'; readonly id: string; readonly samples: readonly Sample[] }
  | { readonly type: 'samples'; readonly samples: Readonly<Record<string, Sample>> }
  | {
      readonly type: 'processes'
      readonly id: string
      readonly titles: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  /** Why nothing comes at the moment; empty when it comes again. */
  | { readonly type: 'away'; readonly why: string }
  | { readonly type: 'problem'; readonly text: string }

/** What the page asks of the editor. */
export type FromStatsPage = { readonly type: 'ready' } | { readonly type: 'processes'; readonly id: string }

/** Whether a message of the page is one of ours; a page is never believed further than that. */
export function isFromStatsPage(value: unknown): value is FromStatsPage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  if (value.type === 'ready') return true
  return value.type === 'processes' && 'id' in value && typeof value.id === 'string'
}

/** What a page keeps for the time when its window is loaded again. */
export interface SavedStatsPage {
  readonly request: StatsRequest
  /** The ids that are plotted. */
  readonly chosen: readonly string[]
}

export function readSavedStatsPage(value: unknown): SavedStatsPage | undefined {
  if (!isRecord(value) || !isRecord(value['request']) || !areTexts(value['chosen'])) return undefined
  const { engine, containers } = value['request']
  if (typeof engine !== 'string' || !areTexts(containers)) return undefined
  return { request: { engine, containers }, chosen: value['chosen'] }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')
