import type { Placed } from './due.ts'
import type { ContainerOfLog, LogEvent } from './events.ts'
import type { LogFacts } from './facts.ts'
import type { LogHappening } from './mark.ts'
import { compareStamps, type Stamp } from './stamp.ts'

/** What has been told of a container's life, and the marks for what has become of it since. */
export class ContainerLife {
  /** The last state that was told. */
  told: 'running' | 'ended' | 'removed' | undefined
  #startedAt: Stamp | undefined

  /** Another container is told of from here on; that it runs, or is about to be started, goes without saying. */
  begin({ running, startedAt }: LogFacts): void {
    this.#startedAt = startedAt
    this.told = running ? 'running' : startedAt === undefined ? 'ended' : undefined
  }

  /** Marks for what has become of the container since the last ones; `now`: for what the engine gives no time of. */
  since(facts: LogFacts, now: Stamp): readonly Placed[] {
    const { startedAt, finishedAt, running, exitCode, oomKilled } = facts
    const before = this.#startedAt
    const again = startedAt !== undefined && before !== undefined && compareStamps(startedAt, before) !== 0
    const told = this.told
    this.#startedAt = startedAt
    this.told = running ? 'running' : 'ended'
    const marks: Placed[] = []
    if (running) {
      if (told !== 'running') marks.push({ event: markAt({ what: 'started' }, startedAt ?? now) })
      else if (again)
        marks.push({
          event: markAt({ what: 'restarted' }, startedAt),
          at: { ended: finishedAt, started: startedAt },
        })
      if (startedAt !== undefined && (again || before === undefined))
        marks.push({ event: { kind: 'container', ...containerOf(facts) } })
    } else if (startedAt === undefined) {
      if (told === undefined) marks.push({ event: markAt({ what: 'neverStarted' }, now) })
    } else if (told !== 'ended' || again)
      marks.push({
        event: markAt({ what: 'exited', exitCode, oomKilled }, finishedAt ?? now),
        at: { ended: finishedAt, started: undefined },
      })
    return marks
  }
}

export function markAt(happening: LogHappening, { seconds, nanos }: Stamp): LogEvent {
  return { kind: 'mark', mark: { seconds, nanos, ...happening } }
}

export function containerOf({ id, startedAt, tty }: LogFacts): ContainerOfLog {
  return { id, tty, ...(startedAt === undefined ? {} : { startedAt }) }
}
