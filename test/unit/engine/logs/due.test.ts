import { describe, expect, test } from 'vitest'
import { DueEvents } from '../../../../src/engine/logs/due.ts'
import { LineBatch } from '../../../../src/engine/logs/line-batch.ts'
import { markAt } from '../../../../src/engine/logs/life.ts'
import type { Stamp } from '../../../../src/engine/logs/stamp.ts'

/** Seconds with a fraction, as a moment. */
const at = (seconds: number): Stamp => ({
  seconds: Math.floor(seconds),
  nanos: Math.round((seconds % 1) * 1e9),
})

function batchOf(stamps: readonly number[]): LineBatch {
  const batch = new LineBatch(Buffer.alloc(100))
  stamps.forEach((stamp, index) => {
    batch.push(index, index, at(stamp).seconds, at(stamp).nanos, 0, false)
  })
  return batch
}

/** What comes out of lines, with `|` for each mark. */
function among(due: DueEvents, stamps: readonly number[]): readonly (number | '|')[] {
  const out: (number | '|')[] = []
  let next = 0
  for (const event of due.among(batchOf(stamps)))
    if (event.kind === 'mark') out.push('|')
    else if (event.kind === 'lines') out.push(...stamps.slice(next, (next += event.lines.count)))
  return out
}

const restarted = (ended: number, started: number) => ({
  event: markAt({ what: 'restarted' }, at(started)),
  at: { ended: at(ended), started: at(started) },
})
const exited = (ended: number) => ({
  event: markAt({ what: 'exited', exitCode: 0, oomKilled: false }, at(ended)),
  at: { ended: at(ended), started: undefined },
})

describe('the place of a restart among lines', () => {
  test.each([
    { of: 'a start that is taken down after the first line', lines: [9.2, 10.641, 10.65], place: 1 },
    { of: 'last lines that are taken down after the end', lines: [9.2, 9.267, 10.65], place: 2 },
    { of: 'lines of whole seconds', lines: [8, 9, 10, 10], place: 2 },
    { of: 'no line of the run before', lines: [10.64], place: 0 },
  ])('$of', ({ lines, place }) => {
    const due = new DueEvents()
    due.add([restarted(9.2289, 10.6445)], at(10.6445))
    expect(among(due, lines)).toEqual([...lines.slice(0, place), '|', ...lines.slice(place)])
    expect(due.any).toBe(false)
  })

  test('lines of the whole second in which one run ended and the next began are of the next', () => {
    const due = new DueEvents()
    due.add([restarted(7.5481, 7.9315)], at(7.9315))
    expect(among(due, [6, 7, 7])).toEqual([6, '|', 7, 7])
  })

  test('a clock that is set back between: the mark stands where the start is', () => {
    const due = new DueEvents()
    due.add([restarted(100.5, 40.5)], at(40.5))
    expect(among(due, [40.2, 40.6])).toEqual([40.2, '|', 40.6])
  })

  test('lines of the run before come first, however many batches they are', () => {
    const due = new DueEvents()
    due.add([restarted(9.5, 10.5)], at(10.5))
    expect(among(due, [9.1, 9.2])).toEqual([9.1, 9.2])
    expect(among(due, [9.3, 10.5])).toEqual([9.3, '|', 10.5])
  })

  test('the mark is no later than the line after it', () => {
    const due = new DueEvents()
    due.add([restarted(9.2289, 10.6445)], at(10.6445))
    const [mark] = due.among(batchOf([10.641]))
    expect(mark).toEqual(markAt({ what: 'restarted' }, at(10.641)))
  })
})

describe('the end of a run', () => {
  test('comes after all lines as long as no other run has begun', () => {
    const due = new DueEvents()
    due.add([exited(9.5)], at(1))
    expect(due.mayBeOfNext(at(9.4))).toBe(false)
    expect(due.mayBeOfNext(at(9.6))).toBe(true)
    expect(due.mayBeOfNext(at(9))).toBe(true)
    expect(among(due, [9.4, 9.6])).toEqual([9.4, 9.6])
    expect([...due.take()]).toEqual([exited(9.5).event])
  })

  test('comes before the lines of the run that has begun since, and after those taken down late', () => {
    const due = new DueEvents()
    due.add([exited(9.5)], at(1))
    due.add([{ event: markAt({ what: 'started' }, at(10.5)) }], at(10.5))
    expect(due.mayBeOfNext(at(10.6))).toBe(false)
    expect(among(due, [9.4, 9.6, 10.4])).toEqual([9.4, 9.6, '|', '|', 10.4])
  })

  test('two ends: the lines of the run between are between them', () => {
    const due = new DueEvents()
    due.add([exited(9.5)], at(1))
    due.add([exited(12.5)], at(10.5))
    expect(among(due, [9.4, 10.6, 12.4, 12.6])).toEqual([9.4, '|', 10.6, 12.4, 12.6])
    expect(due.awaitsStart).toBe(true)
  })
})
