import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generated, obsolete } from '../../../scripts/generated.ts'
import { textsOf, textsOfSources } from '../../../scripts/l10n-texts.ts'

const present = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const found = textsOfSources()

test('generated files are up to date', () => {
  const current = generated()
  const stale = [...current].filter(([path, text]) => present(path) !== text).map(([path]) => path)
  expect([...stale, ...obsolete(current)], 'run: npm run gen').toEqual([])
})

test('texts for the user are literals, so that they can be collected and translated', () => {
  expect(found.computed).toEqual([])
})

test('what is counted has a text for one', () => {
  const ofConstants = [
    'Longer than {0} characters: this file is not checked.',
    'The first {0} lines; type to narrow them down',
    'The language server of Quayside did not answer for {0} seconds and was started again. A text that keeps it from answering is left alone until it changes.',
    'The language server of Quayside ended {0} times and is not started again in this window. The log tells why.',
    'This file is longer than {0} characters: it is not checked.',
  ]
  const ofSeveral = [
    'Fix all {0} findings of {1}',
    '{0} of {1} containers are plotted; tick those you want to see.',
  ]
  const ofNames = ['{0} changed files', 'No file of this workspace is {0}, which {1} names.']
  const known = [...ofConstants, ...ofSeveral, ...ofNames]
  expect(found.onlyPlural.filter((text) => !known.includes(text))).toEqual([])
})

test('texts are found in calls of t and plural alone', () => {
  const source = [
    `const a = t('plain {0}', 1)`,
    `const b = t(many ? 'some' : ('one'))`,
    '// t("in a comment")',
    `const c = "t('in a string')"`,
    'const d = object.t("of another")',
    'const e = t(`no ${value}`)',
    'const f = t(\n  `back\\ttick`,\n)',
    `const g = plural(n, '1 line', '{0} lines')`,
    `const h = t('{0} lines', n)`,
    `const i = n === 1 ? 'one' : t('{0} large files', n)`,
  ].join('\n')
  expect(textsOf(source)).toEqual({
    texts: ['plain {0}', 'some', 'one', 'back\ttick', '1 line', '{0} lines', '{0} lines', '{0} large files'],
    computed: [6],
    onlyPlural: ['{0} lines'],
  })
})
