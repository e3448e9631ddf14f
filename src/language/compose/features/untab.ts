import { t } from '../../../shared/l10n.ts'
import type { Fix } from '../../rules/rule.ts'
import type { ComposeDoc } from '../doc.ts'
import { indentStep } from '../insert.ts'
import type { Problem } from '../project/problem.ts'

/** Blanks for the tabs that lines begin with, in the whole file, where one of them is what the reader stops at. */
export function untab(doc: ComposeDoc, { code, start }: Problem): readonly Fix[] {
  if (code !== 'yaml-syntax' || doc.text[start] !== '\t') return []
  // A tab counts as one column.
  const step = ' '.repeat(Math.max(2, indentStep(doc.yaml)))
  const edits = [...doc.text.matchAll(/^\t+(?=[^\s])/gm)].map(({ index, 0: tabs }) => ({
    range: { start: index, end: index + tabs.length },
    newText: step.repeat(tabs.length),
  }))
  return edits.length === 0 ? [] : [{ title: t('Indent with spaces'), edits }]
}
