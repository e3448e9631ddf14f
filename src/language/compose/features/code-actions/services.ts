import { t } from '../../../../shared/l10n.ts'
import type { CodeAction } from '../../../answers.ts'
import { scalarText } from '../../../rules/compose/edits.ts'
import { isHere, type ComposeDoc } from '../../doc.ts'
import { healthcheckEdit } from '../../healthcheck.ts'
import { columnOf, indentStep, lineBreakOf } from '../../insert.ts'
import { nodeAtDepth, rewrite, type ActionPlace } from './place.ts'

/** From a list of services to the mapping that can hold conditions, and back where nothing would be lost. */
export function convertDependsOn(place: ActionPlace): readonly CodeAction[] {
  const { path, yaml } = place
  if (path[0] !== 'services' || path[2] !== 'depends_on') return []
  const node = nodeAtDepth(place, 3)
  const eol = lineBreakOf(yaml.text)
  const step = ' '.repeat(indentStep(yaml))
  if (node?.kind === 'list') {
    const names = node.items.map((item) => (item.kind === 'scalar' ? item.text : undefined))
    const service = nodeAtDepth(place, 2)
    if (names.includes(undefined) || names.length === 0 || service?.kind !== 'map' || service.flow) return []
    const indent = ' '.repeat(columnOf(yaml.text, service.start)) + step
    const lines = names.flatMap((name) => [
      `${indent}${scalarText(name ?? '')}:`,
      `${indent}${step}condition: service_started`,
    ])
    return [
      rewrite(t('Write `depends_on` with conditions'), [
        { range: afterKey(place, node.start, node.end), newText: eol + lines.join(eol) },
      ]),
    ]
  }
  if (node?.kind !== 'map' || node.flow || node.entries.length === 0) return []
  const names: string[] = []
  for (const { key, value } of node.entries) {
    const plain =
      value.kind === 'map' &&
      value.entries.every(
        (entry) =>
          entry.key.kind === 'scalar' &&
          entry.value.kind === 'scalar' &&
          (entry.key.text === 'condition'
            ? entry.value.text === 'service_started'
            : entry.key.text === 'required' && entry.value.text === 'true'),
      )
    if (key.kind !== 'scalar' || !plain) return []
    names.push(key.text)
  }
  const indent = ' '.repeat(columnOf(yaml.text, node.start))
  const lines = names.map((name) => `${indent}- ${scalarText(name)}`)
  return [
    rewrite(t('Write `depends_on` as a list'), [
      { range: afterKey(place, node.start, node.end), newText: eol + lines.join(eol) },
    ]),
  ]
}

/** From behind the colon of the key to the end of its value. */
function afterKey({ yaml, spot }: ActionPlace, start: number, end: number): { start: number; end: number } {
  const service = spot.chain[2]
  const entry =
    service?.kind === 'map' ? service.entries.find(({ value }) => value.start === start) : undefined
  const from = entry === undefined ? start : yaml.text.indexOf(':', entry.key.end) + 1
  return { start: Math.max(from, 0), end }
}

export function addHealthcheck(doc: ComposeDoc, place: ActionPlace): readonly CodeAction[] {
  const [section, name] = place.path
  if (section !== 'services' || typeof name !== 'string' || place.path.length > 3) return []
  const service = doc.project.services.get(name)
  if (service === undefined || service.value.entries.has('healthcheck') || !isHere(doc, service.item.key))
    return []
  const fix = healthcheckEdit(doc, service)
  return fix === undefined ? [] : [rewrite(fix.title, fix.edits)]
}
