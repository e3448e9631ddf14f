import { t } from '../../shared/l10n.ts'
import type { TextRange } from '../../shared/text-range.ts'
import type { InlayHint } from '../answers.ts'
import { plain } from '../../shared/sinks.ts'
import type { DockerfileDoc } from './model.ts'
import { scopesOf } from './scope.ts'
import { stageReferences } from './stage-names.ts'

/** What FROM makes of its variables, and the numbers of stages that are referred to by number. */
export function inlayHints(doc: DockerfileDoc, range: TextRange): InlayHint[] {
  const hints: InlayHint[] = []
  const scopes = scopesOf(doc)
  const shown = (at: number): boolean => range.start <= at && at <= range.end
  for (const { base, baseRange, from } of doc.stages) {
    const word = from.words[0]
    if (word === undefined || baseRange === undefined || !base.includes('$') || !shown(baseRange.end))
      continue
    const value = scopes.expand(from, word.at, word.end)
    if (value !== undefined && value !== '' && value !== base)
      hints.push({
        at: baseRange.end,
        label: `= ${plain(value, 80)}`,
        kind: 'value',
        tooltip: t('With the default values of the ARGs.'),
      })
  }
  const numbered = new Set<number>()
  for (const { text, range: place, stage } of stageReferences(doc)) {
    if (stage === undefined || !/^\d+$/.test(text)) continue
    numbered.add(stage.index)
    if (shown(place.end))
      hints.push({ at: place.end, label: plain(stage.name ?? stage.base, 40), kind: 'parameter' })
  }
  for (const stage of doc.stages)
    if (numbered.has(stage.index) && shown(stage.from.range.end))
      hints.push({ at: stage.from.range.end, label: t('stage {0}', stage.index), kind: 'parameter' })
  return hints.sort((a, b) => a.at - b.at)
}
