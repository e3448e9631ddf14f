import { t } from '../../../shared/l10n.ts'
import { looksSecret, masked, maskText } from '../../../shared/masking.ts'
import { plain } from '../../../shared/sinks.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import type { InlayHint } from '../../answers.ts'
import { dockerfileOf } from '../build-files.ts'
import { docOf } from './diagnostics.ts'
import { isHere, servicesHere } from '../doc.ts'
import type { OpenProject } from '../open.ts'
import { get, stringOf } from '../project/value.ts'
import { variableNote } from './effective.ts'

const longest = 40

/** The value a variable has behind its use, and what a build argument is in the Dockerfile where it is not set. */
export function inlayHints(open: OpenProject, range: TextRange): readonly InlayHint[] {
  const hints: InlayHint[] = []
  for (const place of open.project.variables) {
    if (place.origin.source.uri !== open.doc.uri || place.start < range.start || place.end > range.end)
      continue
    const value = open.project.environment.get(place.name)
    if (value === undefined || value.value === '' || value.from === undefined) continue
    const shown = looksSecret(place.name) ? masked : plain(maskText(value.value), longest)
    hints.push({ at: place.end, label: `= ${shown}`, tooltip: variableNote(open, place.name), kind: 'value' })
  }
  const doc = docOf(open)
  for (const service of servicesHere(doc)) {
    const args = get(service.value, 'build', 'args')
    if (args?.kind !== 'list') continue
    const dockerfile = dockerfileOf(open.files, service)
    if (dockerfile === undefined) continue
    for (const item of args.items) {
      const name = stringOf(item)
      const { node } = item.origin
      if (name === undefined || name.includes('=') || !isHere(doc, item.origin)) continue
      if (node.start < range.start || node.end > range.end) continue
      for (const instruction of dockerfile.instructions) {
        const pair =
          instruction.name === 'ARG' ? instruction.pairs.find(({ key }) => key === name) : undefined
        if (pair?.value === undefined) continue
        hints.push({
          at: node.end,
          label: t('or {0}', plain(pair.value, longest)),
          tooltip: t('The default of the Dockerfile.'),
          kind: 'value',
        })
        break
      }
    }
  }
  return hints.sort((a, b) => a.at - b.at)
}
