import type { LineBatch } from './line-batch.ts'
import type { LogMark } from './mark.ts'
import type { Stamp } from './stamp.ts'

export type LogEvent =
  | { readonly kind: 'lines'; readonly lines: LineBatch }
  | { readonly kind: 'mark'; readonly mark: LogMark }
  /** All that the engine held has been read: what follows is new. `whole`: from the very beginning on. */
  | { readonly kind: 'caughtUp'; readonly whole: boolean }
  /** Another container is the source from here on. */
  | ({ readonly kind: 'container' } & ContainerOfLog)

export interface ContainerOfLog {
  readonly id: string
  readonly startedAt?: Stamp
  /** What it prints goes to a terminal: errors cannot be told from the rest. */
  readonly tty: boolean
}
