import { t } from '../../../../shared/l10n.ts'
import type { Completion } from '../../../answers.ts'
import { schemaAt, typesOf } from '../../schema/walk.ts'
import type { Path } from '../../yaml/tree.ts'
import type { Place } from './place.ts'

/**
 * `!reset` and `!override`, where a tag is being typed before the value of a key: what they stand before is cleared in the files that
 * this one is laid over. Undefined where no tag is being typed.
 */
export function tagItems(
  place: Place,
  path: Path,
  { text, step }: { readonly text: string; readonly step: string },
): readonly Completion[] | undefined {
  if (place.quote !== '' || !place.typed.startsWith('!')) return undefined
  const key = path.at(-1)
  // Entries of lists are not cleared one by one, and nothing is laid under what only this file reads.
  if (place.as === 'item' || typeof key !== 'string' || key === '<<' || String(path[0]).startsWith('x-'))
    return []
  const schema = schemaAt(path)
  const types = schema === undefined ? undefined : typesOf(schema)
  const [list, map] = [types?.has('array') ?? true, types?.has('object') ?? true]
  const bare = place.as === 'value' && !place.flow && !hasValue(text, place)
  const within = `\n${' '.repeat(place.column)}${step}`
  const { range } = place
  const item = (name: string, more: string, documentation: string): Completion => ({
    label: name,
    kind: 'keyword',
    edit: { range, newText: `${name}${more}` },
    filter: name,
    documentation,
    ...(/\s$/.test(more) ? { again: true } : {}),
  })
  const reset = item(
    '!reset',
    bare ? (list && !map ? ' []' : ' null') : '',
    t('Takes the value away that a file below gives: this file is laid over it without one.'),
  )
  // Scalars take the place of what is below without a word.
  if (!list && !map) return [reset]
  const override = item(
    '!override',
    bare ? `${within}${list && !map ? '- ' : ''}` : '',
    t('Puts this value in place of what a file below gives; nothing is merged.'),
  )
  return [reset, override]
}

/** True where the value that the tag is for stands already, behind the tag or on the lines below it. */
function hasValue(text: string, { range, column }: Place): boolean {
  const rest = text.slice(range.end, range.end + 2000)
  if (/^[^\S\r\n]*[^\s#]/.test(rest)) return true
  const next = /(?:\r\n|\r|\n)( *)([^\s#])/.exec(rest)
  if (next === null) return false
  const deep = next[1]!.length
  return deep > column || (deep === column && next[2] === '-')
}
