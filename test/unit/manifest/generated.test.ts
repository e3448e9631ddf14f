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

test('generated files are up to date', () => {
  const current = generated()
  const stale = [...current].filter(([path, text]) => present(path) !== text).map(([path]) => path)
  expect([...stale, ...obsolete(current)], 'run: npm run gen').toEqual([])
})

test('texts for the user are literals, so that they can be collected and translated', () => {
  expect(textsOfSources().computed).toEqual([])
})

test('texts are found in calls of t alone', () => {
  const source = [
    `const a = t('plain {0}', 1)`,
    `const b = t(many ? 'some' : ('one'))`,
    '// t("in a comment")',
    `const c = "t('in a string')"`,
    'const d = object.t("of another")',
    'const e = t(`no ${value}`)',
    'const f = t(\n  `back\\ttick`,\n)',
  ].join('\n')
  expect(textsOf(source)).toEqual({ texts: ['plain {0}', 'some', 'one', 'back\ttick'], computed: [6] })
})
