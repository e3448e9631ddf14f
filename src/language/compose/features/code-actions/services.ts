import { t } from '../../../../shared/l10n.ts'
import type { CodeAction } from '../../../answers.ts'
import { scalarText } from '../../../rules/compose/edits.ts'
import { isHere, type ComposeDoc } from '../../doc.ts'
import { healthcheckEdit } from '../../healthcheck.ts'
import { indentStep } from '../../insert.ts'
import type { ListNode, MapNode } from '../../yaml/nodes.ts'
import { entryAtDepth, nodeAtDepth, rewrite, type ActionPlace } from './place.ts'
import { rewriteValue, type Piece } from './rewrite-value.ts'

/** From a list of services to the mapping that can hold conditions, and back where nothing would be lost. */
export function convertDependsOn(place: ActionPlace): readonly CodeAction[] {
  const { path, yaml } = place
  if (path[0] !== 'services' || path[2] !== 'depends_on') return []
  const entry = entryAtDepth(place, 3)
  const service = nodeAtDepth(place, 2)
  if (entry === undefined || service?.kind !== 'map') return []
  const { key, value } = entry
  if (value.kind !== 'list' && value.kind !== 'map') return []
  const step = ' '.repeat(indentStep(yaml))
  const pieces = value.kind === 'list' ? withConditions(value, step) : asList(value)
  const edit = pieces && rewriteValue(yaml, service, { key, value }, pieces)
  const title =
    value.kind === 'list' ? t('Write `depends_on` with conditions') : t('Write `depends_on` as a list')
  return edit === undefined ? [] : [rewrite(title, [edit])]
}

function withConditions({ items }: ListNode, step: string): readonly Piece[] | undefined {
  const pieces: Piece[] = []
  for (const item of items) {
    if (item.kind !== 'scalar' || item.anchor !== undefined) return undefined
    const lines = [`${scalarText(item.text)}:`, `${step}condition: service_started`]
    pieces.push({ start: item.start, end: item.end, lines })
  }
  return pieces
}

function asList({ entries }: MapNode): readonly Piece[] | undefined {
  const pieces: Piece[] = []
  for (const { key, value } of entries) {
    const isPlain =
      value.kind === 'map' &&
      value.anchor === undefined &&
      value.entries.every(
        (entry) =>
          entry.key.kind === 'scalar' &&
          entry.value.kind === 'scalar' &&
          (entry.key.text === 'condition'
            ? entry.value.text === 'service_started'
            : entry.key.text === 'required' && entry.value.text === 'true'),
      )
    if (key.kind !== 'scalar' || !isPlain) return undefined
    pieces.push({ start: key.start, end: value.end, lines: [`- ${scalarText(key.text)}`] })
  }
  return pieces
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
