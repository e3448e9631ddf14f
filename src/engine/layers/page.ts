import type { TreeAnswer } from './change-tree.ts'
import type { Change } from './changes.ts'
import type { ConfigDifference } from './compare.ts'

/** A step of the build as the layers page shows it. */
export interface StepRow {
  readonly instruction: string
  readonly comment: string
  /** Milliseconds since the epoch. */
  readonly created?: number
  /** Undefined for a step that changed no files. */
  readonly layer?: {
    readonly index: number
    /** Bytes. */
    readonly size: number
    readonly wasted: number
    readonly counts: Readonly<Record<Change, number>>
  }
}

export interface PathRow {
  readonly path: string
  readonly bytes: number
  /** The layer whose file it is, or how often it is stored in vain. */
  readonly number: number
}

export type TreeRequest = {
  /** Tells answers of older questions from the one that is waited for. */
  readonly ask: number
  /** Of the layers page; in a comparison 0. */
  readonly layer: number
  readonly shown: readonly Change[]
  readonly sort: 'name' | 'size'
  readonly limit: number
} & ({ readonly folder: string } | { readonly words: string })

/** What both pages of images are told: while the image is read, and of the tree of files. */
interface Reading {
  readonly type: 'reading'
  readonly title: string
  readonly text: string
  /** 0…1, where it is known. */
  readonly fraction?: number
  /** Translations of the page's own words. */
  readonly texts: Readonly<Record<string, string>>
}
interface Failed {
  readonly type: 'failed'
  readonly text: string
}
interface Files extends TreeAnswer {
  readonly type: 'files'
  readonly ask: number
}

export type ToLayersPage =
  | Reading
  | Failed
  | Files
  | {
      readonly type: 'image'
      readonly steps: readonly StepRow[]
      readonly size: number
      readonly wasted: number
      readonly wastedPaths: readonly PathRow[]
      readonly biggest: readonly PathRow[]
    }

export type ToComparePage =
  | Reading
  | Failed
  | Files
  | {
      readonly type: 'comparison'
      readonly before: string
      readonly after: string
      readonly facts: readonly { readonly name: string; readonly before: string; readonly after: string }[]
      readonly config: readonly (Omit<ConfigDifference, 'part'> & { readonly part: string })[]
      readonly counts: Readonly<Record<Change, number>>
    }

/** What the pages ask of the editor. */
export type FromImagePage =
  | { readonly type: 'ready' }
  | { readonly type: 'cancel' }
  | { readonly type: 'again' }
  | { readonly type: 'files'; readonly request: TreeRequest }
  | { readonly type: 'open' | 'compare' | 'save'; readonly layer: number; readonly path: string }

const changes: readonly unknown[] = ['added', 'changed', 'removed'] satisfies Change[]

/** Whether a message of a page is one of ours; a page is never believed further than that. */
export function isFromImagePage(value: unknown): value is FromImagePage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  const { type, layer, path, request } = value as Readonly<Record<string, unknown>>
  switch (type) {
    case 'ready':
    case 'cancel':
    case 'again':
      return true
    case 'open':
    case 'compare':
    case 'save':
      return Number.isSafeInteger(layer) && typeof path === 'string'
    case 'files':
      return isRequest(request)
    default:
      return false
  }
}

function isRequest(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { ask, layer, shown, sort, limit, folder, words } = value as Readonly<Record<string, unknown>>
  return (
    [ask, layer, limit].every(Number.isSafeInteger) &&
    Array.isArray(shown) &&
    shown.every((change) => changes.includes(change)) &&
    (sort === 'name' || sort === 'size') &&
    (typeof folder === 'string' || typeof words === 'string')
  )
}
