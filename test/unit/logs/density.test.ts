import { expect, test } from 'vitest'
import { densityOf } from '../../../src/logs/density.ts'
import { LineStore } from '../../../src/logs/line-store.ts'
import { LogView } from '../../../src/logs/view.ts'
import { newLine } from '../../support/log-lines.ts'

const at = (seconds: number) => newLine('line', { seconds, nanos: 0 })

test('how many lines fall into each stretch of time', () => {
  const store = new LineStore(1_000_000)
  for (const second of [100, 100, 101, 103]) store.append(at(second))
  const view = new LogView(store)
  view.update()
  expect(densityOf(store, view, 4)).toMatchObject({ from: 100, to: 104, lines: [2, 1, 0, 1] })
})

test('none while the lines that are shown have just left the memory', () => {
  const store = new LineStore(1_000_000)
  store.append(at(100))
  const view = new LogView(store)
  view.update()
  store.clear()
  expect(densityOf(store, view, 4)).toBeUndefined()
})
