import type { Engine } from '../engine/engine.ts'
import { logFacts } from '../engine/logs/facts.ts'
import type { LogLine } from '../engine/logs/line.ts'
import { PositionTracker } from '../engine/logs/position.ts'
import { readHistory, type LogRange } from '../engine/logs/read-log.ts'
import { compareStamps } from '../engine/logs/stamp.ts'

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
  readonly batches: AsyncIterator<readonly LogLine[]>
  lines: readonly LogLine[]
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
        return { label, batches, lines: [], next: 0 }
      }),
    )
    for (;;) {
      await Promise.all(readings.map(refill))
      const batch = inOrder(readings.filter(({ lines }) => lines.length > 0))
      if (batch.length === 0) return
      yield batch
    }
  } finally {
    signal.removeEventListener('abort', abort)
    abort()
  }
}

async function refill(reading: Reading): Promise<void> {
  while (reading.next >= reading.lines.length) {
    const { done, value } = await reading.batches.next()
    reading.lines = done === true ? [] : value
    reading.next = 0
    if (done === true) return
  }
}

/** Lines in order, until one of the readings has nothing left to compare with. */
function inOrder(readings: readonly Reading[]): readonly LabelledLine[] {
  const batch: LabelledLine[] = []
  if (readings.length === 0) return batch
  for (;;) {
    let earliest: Reading | undefined
    for (const reading of readings) {
      const line = reading.lines[reading.next]
      if (line === undefined) return batch
      if (earliest === undefined || compareStamps(line, earliest.lines[earliest.next]!) < 0)
        earliest = reading
    }
    batch.push({ label: earliest!.label, line: earliest!.lines[earliest!.next]! })
    earliest!.next += 1
  }
}
