import type { Stamp } from './stamp.ts'

/** What happened to a container or to the connection while its log was read: shown as a line between the lines. */
export type LogHappening =
  | { readonly what: 'started' }
  /** It runs anew, and its end was not seen. */
  | { readonly what: 'restarted' }
  | { readonly what: 'exited'; readonly exitCode: number; readonly oomKilled: boolean }
  | { readonly what: 'neverStarted' }
  | { readonly what: 'removed' }
  /** Another container took its place: compose or a person has made it anew. */
  | { readonly what: 'recreated' }
  | { readonly what: 'lost' }
  | { readonly what: 'back' }
  /** The log driver keeps nothing that can be read. */
  | { readonly what: 'unreadable'; readonly driver: string }
  | { readonly what: 'failed'; readonly message: string }

export type LogMark = Stamp & LogHappening
