import { expect, test } from 'vitest'
import { floatOf } from '../../../../src/language/compose/project/casts.ts'

test.each([
  ['1.5', 1.5],
  ['.5', 0.5],
  ['5.', 5],
  ['-1e3', -1000],
  ['1_23.50_0_0e+1_2', 1.235e14],
  ['0x_1_2.8p+0', 18.5],
  ['-0x1p-1', -0.5],
  ['inf', Infinity],
])('%s is a number', (text, expected) => {
  expect(floatOf(text)).toBe(expected)
})

test.each([
  '',
  '.',
  '1__2',
  '_1',
  '1_',
  '1_.5',
  '1._5',
  '1_e5',
  '1e_5',
  '1_f',
  'in_f',
  '0x1',
  '0x__1p0',
  '0x1_p0',
  '1,5',
])('%j is none', (text) => {
  expect(floatOf(text)).toBeUndefined()
})

test('a long text that is nearly a number is refused at once', () => {
  expect(floatOf(`1${'z'.repeat(40)}__`)).toBeUndefined()
  expect(floatOf(`1${'z'.repeat(100_000)}_`)).toBeUndefined()
  expect(floatOf(`${'1'.repeat(100_000)}x`)).toBeUndefined()
})
