import { expect, test } from 'vitest'
import { lineStartsOf } from '../../../../src/language/dockerfile/lines.ts'
import { composeSilences } from '../../../../src/language/rules/compose-silence.ts'
import { applyEdits } from '../../../../src/shared/text-range.ts'

const write = (text: string): string[] => {
  const start = text.indexOf('version')
  const finding = { rule: 'no-version', aliases: ['no-version-field'], range: { start, end: start + 7 } }
  return composeSilences(text, lineStartsOf(text), finding).map((fix) => applyEdits(text, fix.edits))
}

test('a finding of a compose file is silenced on its line, by dclint too, or in the whole file', () => {
  expect(write('services:\n  a:\n    version: 3\n')).toEqual([
    'services:\n  a:\n    # quayside ignore=no-version\n    version: 3\n',
    'services:\n  a:\n    version: 3 # dclint disable-line no-version-field\n',
    '# quayside ignore-file=no-version\nservices:\n  a:\n    version: 3\n',
  ])
})

test('a line with a comment of its own gets no second one', () => {
  expect(write('version: 3 # old\r\n')).toEqual([
    '# quayside ignore=no-version\r\nversion: 3 # old\r\n',
    '# quayside ignore-file=no-version\r\nversion: 3 # old\r\n',
  ])
})
