import { expect, test } from 'vitest'
import { quarantine } from '../../../../src/host/language/quarantine.ts'

function kept() {
  let texts: readonly string[] = []
  return quarantine({ load: () => texts, save: (saved) => (texts = saved) })
}

test('the text that was looked at alone when the server ended is left alone', () => {
  const suspects = kept()
  suspects.busy('innocent')
  suspects.idle('innocent')
  suspects.busy('guilty')
  suspects.ended()
  expect([suspects.texts(), suspects.isDoubtful()]).toEqual([['guilty'], false])
  suspects.ended()
  expect(suspects.texts()).toEqual(['guilty'])
})

test('of several texts none is left alone for the fault of one: they are looked at one at a time', () => {
  const suspects = kept()
  for (const hash of ['innocent', 'guilty']) suspects.busy(hash)
  suspects.ended()
  expect([suspects.texts(), suspects.isDoubtful()]).toEqual([[], true])
  suspects.busy('guilty')
  suspects.ended()
  expect([suspects.texts(), suspects.isDoubtful()]).toEqual([['guilty'], true])
})

test('only so many texts are remembered', () => {
  const suspects = kept()
  for (let index = 0; index < 60; index++) {
    suspects.busy(`${index}`)
    suspects.ended()
  }
  expect([suspects.texts().length, suspects.texts().at(-1)]).toEqual([50, '59'])
})
