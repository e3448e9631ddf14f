import { t } from '../../../../shared/l10n.ts'
import { looksSecret, masked, maskText } from '../../../../shared/masking.ts'
import { plain } from '../../../../shared/sinks.ts'
import type { Completion } from '../../../answers.ts'
import type { OpenProject } from '../../open.ts'
import { variableNote } from '../effective.ts'
import type { Place } from './place.ts'

/** The variables a project knows, behind `$` or `${`. Undefined where no variable is being typed. */
export function variableItems(
  text: string,
  offset: number,
  open: OpenProject,
): readonly Completion[] | undefined {
  const before = text.slice(Math.max(0, offset - 200), offset)
  const match = /(\$+)(\{?)([A-Za-z_]\w*)?$/.exec(before)
  // An even number of dollars is a plain one.
  if (match === null || (match[1]?.length ?? 0) % 2 === 0) return undefined
  const typed = match[3] ?? ''
  const braced = match[2] === '{'
  const closed = /^\w*\}/.test(text.slice(offset, offset + 200))
  let end = offset
  while (/\w/.test(text[end] ?? '')) end++
  const range = { start: offset - typed.length, end }
  const names = new Set([
    ...open.project.environment.keys(),
    ...open.project.variables.map(({ name }) => name),
  ])
  if (typed !== '' && !open.project.environment.has(typed)) names.delete(typed)
  return [...names].map((name) => {
    const value = open.project.environment.get(name)
    const shown =
      value === undefined ? t('not set') : looksSecret(name) ? masked : plain(maskText(value.value), 60)
    return {
      label: name,
      kind: 'variable' as const,
      edit: { range, newText: braced && !closed ? `${name}}` : name },
      detail: shown,
      documentation: variableNote(open, name),
      sort: `${value === undefined ? '1' : '0'}${name}`,
    }
  })
}

/** The names of the variables that a file sets, for what takes the name of one. */
export function variableNameItems(place: Place, open: OpenProject): readonly Completion[] {
  return [...open.project.environment]
    .filter(([, { from }]) => from !== undefined)
    .map(([name]) => ({
      label: name,
      kind: 'variable' as const,
      edit: { range: place.range, newText: name },
      documentation: variableNote(open, name),
    }))
}

/** Names for `environment`: variables of the project that the service does not have yet. */
export function environmentItems(place: Place, open: OpenProject): readonly Completion[] {
  const items: Completion[] = []
  for (const [name, variable] of open.project.environment) {
    if (variable.from === undefined || place.present.has(name)) continue
    const newText = place.as === 'key' ? `${name}: \${${name}}` : `${name}=\${${name}}`
    items.push({
      label: name,
      kind: 'variable',
      edit: { range: place.range, newText },
      documentation: variableNote(open, name),
      sort: `1${name}`,
    })
  }
  return items
}
