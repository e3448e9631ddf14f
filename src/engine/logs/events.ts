import type { LineBatch } from './line-batch.ts'
import type { LogMark } from './mark.ts'
import { compareStamps, noStamp, type Stamp } from './stamp.ts'

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

/** Lines with the events that belong before one of them; events whose place has not come stay. */
export function* placed(lines: LineBatch, events: LogEvent[]): Generator<LogEvent> {
  let from = 0
  for (let event = events[0]; event !== undefined; event = events[0]) {
    const before = beforeAll(event, lines.stamp(from))
    const mark = event.kind === 'mark' ? event.mark : noStamp
    let to = from
    while (before === undefined && to < lines.count && compareStamps(lines.stamp(to), mark) < 0) to += 1
    if (to === lines.count) break
    if (to > from) yield { kind: 'lines', lines: lines.slice(from, to) }
    from = to
    events.shift()
    yield before ?? event
  }
  yield { kind: 'lines', lines: lines.slice(from, lines.count) }
}

/**
 * What an ended container writes next it writes after its start, although some engines (20.10, Podman) take down the start after
 * the first lines: that mark comes before them, and no later than they do.
 */
function beforeAll(event: LogEvent, next: Stamp): LogEvent | undefined {
  if (event.kind !== 'mark' || event.mark.what !== 'started') return undefined
  return compareStamps(event.mark, next) <= 0 ? event : { kind: 'mark', mark: { ...event.mark, ...next } }
}
