import type { Engine } from '../engine/engine.ts'
import { logFacts } from '../engine/logs/facts.ts'
import type { LogLine } from '../engine/logs/line.ts'
import type { LineBatch } from '../engine/logs/line-batch.ts'
import { PositionTracker } from '../engine/logs/position.ts'
import { readHistory, type LogRange } from '../engine/logs/read-log.ts'
import { compareStampsAt } from '../engine/logs/stamp.ts'

/** A log to be read, and how its lines are labelled. */
export interface HistorySource {
  readonly engine: Engine
  readonly container: string
  readonly label: string
}

export interface LabelledLine {
  readonly label: string
  readonly line: LogLine
}

interface Reading {
  readonly label: string
  readonly batches: AsyncIterator<LineBatch>
  /** Undefined at the end of the log. */
  lines: LineBatch | undefined
  next: number
}

/** What engines hold of several logs, in the order of time. Nothing is read before it is asked for, and little is held. */
export async function* mergedHistory(
  sources: readonly HistorySource[],
  range: LogRange,
  signal: AbortSignal,
): AsyncGenerator<readonly LabelledLine[]> {
  const controllers: AbortController[] = []
  const abort = (): void => {
    for (const controller of controllers) controller.abort()
  }
  signal.addEventListener('abort', abort)
  try {
    const readings = await Promise.all(
      sources.map(async ({ engine, container, label }): Promise<Reading> => {
        const own = new AbortController()
        controllers.push(own)
        if (signal.aborted) own.abort()
        const facts = logFacts(container, await engine.containers.inspect(container, own.signal))
        const batches = readHistory(engine, facts, range, new PositionTracker(), own.signal)
        return { label, batches, lines: undefined, next: 0 }
      }),
    )
    for (;;) {
      await Promise.all(readings.map(refill))
      const batch = inOrder(readings.filter(isReading))
      if (batch.length === 0) return
      yield batch
    }
  } finally {
    signal.removeEventListener('abort', abort)
    abort()
  }
}

interface WithLines extends Reading {
  lines: LineBatch
}

const isReading = (reading: Reading): reading is WithLines => reading.lines !== undefined

async function refill(reading: Reading): Promise<void> {
  while (reading.next >= (reading.lines?.count ?? 0)) {
    const { done, value } = await reading.batches.next()
    reading.lines = done === true ? undefined : value
    reading.next = 0
    if (done === true) return
  }
}

/** Lines in order, until one of the readings has nothing left to compare with. */
function inOrder(readings: readonly WithLines[]): readonly LabelledLine[] {
  const batch: LabelledLine[] = []
  if (readings.length === 0) return batch
  for (;;) {
    let earliest: WithLines | undefined
    for (const reading of readings) {
      if (reading.next === reading.lines.count) return batch
      if (
        earliest === undefined ||
        compareStampsAt(reading.lines, reading.next, earliest.lines, earliest.next) < 0
      )
        earliest = reading
    }
    const { label, lines, next } = earliest!
    batch.push({ label, line: lines.line(next) })
    earliest!.next += 1
  }
}
