import { expect, test } from 'vitest'
import { LogReader } from '../../../src/engine/logs/reader.ts'
import { densityOf, indexAtTime } from '../../../src/logs/density.ts'
import { LineReader } from '../../../src/logs/line-reader.ts'
import { LineStore } from '../../../src/logs/line-store.ts'
import { fullTime } from '../../../src/logs/time-text.ts'
import { LogView } from '../../../src/logs/view.ts'
import { at, framed, hour } from '../../support/log-bytes.ts'

test('the log of a whole day, a line each second: every line at its time, and any time is found', () => {
  const day = 86_400
  const records = Array.from({ length: day }, (_, second) => ({
    stream: second % 2 === 0 ? ('stdout' as const) : ('stderr' as const),
    stamp: at(second, second),
    text: `${second % 3600 === 0 ? 'ERROR' : 'INFO'} second ${second}\n`,
  }))
  const reader = new LogReader({ tty: false, pieceBytes: 16 * 1024 })
  const lines = new LineReader()
  const store = new LineStore(32 * 1024 * 1024)
  const bytes = framed(records)
  for (let from = 0; from < bytes.length; from += 65_521)
    for (const batch of reader.push(bytes.subarray(from, from + 65_521)))
      store.append({ batch, from: 0, to: batch.count, source: 0, flags: lines.read(batch, 0, batch.count) })
  expect(store.count).toBe(day)
  // From three in the morning over midnight.
  for (const second of [0, 75_599, 75_600, 86_399]) {
    expect(store.text(second)).toMatch(new RegExp(` second ${second}$`))
    expect(fullTime(store.line(second)!)).toBe(at(second, second))
  }
  const view = new LogView(store)
  view.update()
  expect(indexAtTime(store, view, hour + 43_200)).toBe(43_200)
  const density = densityOf(store, view, 240)!
  expect(density).toMatchObject({ from: hour, to: hour + day })
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)
  expect(sum(density.lines)).toBe(day)
  expect(sum(density.errors)).toBe(24)
  expect(Math.max(...density.lines) - Math.min(...density.lines)).toBeLessThanOrEqual(1)
})
