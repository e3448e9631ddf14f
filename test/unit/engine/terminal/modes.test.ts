import { expect, test } from 'vitest'
import { isReport, resetModes } from '../../../../src/engine/terminal/modes.ts'

test.each([
  ['where the cursor is', '\x1b[12;40R'],
  ['what terminal it is', '\x1b[?1;2c'],
  ['what terminal it is, in its other form', '\x1b[>0;276;0c'],
  ['that it works', '\x1b[0n'],
  ['a mode', '\x1b[?2026;2$y'],
  ['the focus', '\x1b[I'],
  ['the mouse', '\x1b[<35;10;4M'],
  ['the mouse let go', '\x1b[<0;10;4m'],
  ['a colour', '\x1b]11;rgb:0000/0000/0000\x1b\\'],
  ['a setting', '\x1bP1$r0m\x1b\\'],
])('a terminal that tells %s is no person', (_, input) => expect(isReport(input)).toBe(true))

test.each(['x', '\r', ' ', '\x03', '\x1b', '\x1b[A', '\x1b[3~', '\x1bOP', '漢', 'a paste of words'])(
  'a key is a key: %j',
  (input) => expect(isReport(input)).toBe(false),
)

test('what makes a terminal talk or hides what is said is taken back', () => {
  for (const mode of ['1000', '1002', '1003', '1004', '2004', '1047'])
    expect(resetModes).toContain(`?${mode}l`)
  expect(resetModes).toContain('\x1b[?25h')
})
