import { expect, test } from 'vitest'
import { lineStartsOf } from '../../../../src/language/dockerfile/lines.ts'

test.each([
  ['', [0]],
  ['a', [0]],
  ['a\nb\n', [0, 2, 4]],
  ['a\r\nb\r\n', [0, 3, 6]],
  ['a\rb\r', [0, 2, 4]],
  ['\r\r\n\n\r', [0, 1, 3, 4, 5]],
  ['a\nb\r\nc\rd', [0, 2, 5, 7]],
])('the lines of %j start at %j', (text, starts) => {
  expect(lineStartsOf(text)).toEqual(starts)
})
