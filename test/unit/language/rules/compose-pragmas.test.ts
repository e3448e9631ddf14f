import { expect, test } from 'vitest'
import { lineStartsOf } from '../../../../src/language/dockerfile/lines.ts'
import { composePragmas, composeSilences } from '../../../../src/language/rules/compose-pragmas.ts'
import { applyEdits } from '../../../../src/shared/text-range.ts'

const rule = { id: 'no-version', aliases: ['no-version-field'] }
const silenced = (text: string, needle = 'version'): boolean =>
  composePragmas(text, lineStartsOf(text)).silences(rule, text.lastIndexOf(needle))

test.each([
  ['version: 3\n', false],
  ['# quayside ignore=no-version\nversion: 3\n', true],
  ['# quayside ignore=no-version\n\n# more\nversion: 3\n', true],
  ['# quayside ignore=other\nversion: 3\n', false],
  ['# quayside ignore=no-version\na: 1\nversion: 3\n', false],
  ['a: 1\n# quayside ignore-file=no-version-field\nversion: 3\n', true],
  ['version: 3 # dclint disable-line\n', true],
  ['version: 3 # dclint disable-line no-version-field\n', true],
  ['version: 3 # dclint disable-line other-rule\n', false],
  ['# dclint disable-file\nversion: 3\n', true],
  ['# dclint disable no-version-field\na: 1\nversion: 3\n', true],
  ['a: 1\n# dclint disable no-version-field\nversion: 3\n', false],
])('%s', (text, expected) => {
  expect(silenced(text)).toBe(expected)
})

test('each written comment silences the finding', () => {
  const text = 'services:\n  a:\n    version: 3\n'
  const start = text.indexOf('version')
  const results = composeSilences(text, lineStartsOf(text), {
    rule: rule.id,
    aliases: rule.aliases,
    range: { start, end: start + 7 },
  }).map((fix) => applyEdits(text, fix.edits))
  expect(results).toEqual([
    'services:\n  a:\n    # quayside ignore=no-version\n    version: 3\n',
    'services:\n  a:\n    version: 3 # dclint disable-line no-version-field\n',
    '# quayside ignore-file=no-version\nservices:\n  a:\n    version: 3\n',
  ])
  for (const result of results) expect(silenced(result, 'version:')).toBe(true)
})
