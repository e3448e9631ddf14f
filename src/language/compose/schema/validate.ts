import { t } from '../../../shared/l10n.ts'
import { isEmptyNode } from '../yaml/nodes.ts'
import type { Problems } from '../project/problem.ts'
import {
  sameValue,
  type Item,
  type ListValue,
  type MapValue,
  type Origin,
  type ScalarValue,
  type Value,
} from '../project/value.ts'
import { composeSchema } from '../schema-data.ts'
import { homeOf } from './misplaced.ts'
import { newerKeys } from './newer-keys.ts'
import type { JsonType, Schema } from './schema.ts'
import { slipIn } from './slips.ts'
import { formsOf, namedKeys, patternOf, propertyOf, typesOf } from './walk.ts'

/** Checks a whole model against the Compose Specification. Every problem lies where the value was written. */
export function validateSchema(model: MapValue, problems: Problems): void {
  checkValue(model, composeSchema.root, model.origin, [], problems)
}

function typeOf(value: Value): JsonType | 'date' | 'unknown' {
  if (value.kind === 'map') return 'object'
  if (value.kind === 'list') return 'array'
  switch (value.type) {
    case 'string':
      return 'string'
    case 'bool':
      return 'boolean'
    case 'null':
      return 'null'
    case 'int':
      return 'integer'
    case 'float':
      return Number.isInteger(value.value) ? 'integer' : 'number'
    case 'timestamp':
      return 'date'
    case 'unknown':
      return 'unknown'
  }
}

function admits(schema: Schema, type: JsonType | 'date'): boolean {
  if (schema.type === undefined) return true
  if (type === 'date') return false
  return schema.type.includes(type) || (type === 'integer' && schema.type.includes('number'))
}

/** `at` is underlined where the value itself is empty: its key. */
function checkValue(value: Value, schema: Schema, at: Origin, path: string[], problems: Problems): void {
  const type = typeOf(value)
  if (type === 'unknown') return
  let form: Schema | undefined
  for (const candidate of formsOf(schema))
    if (admits(candidate, type)) {
      form = candidate
      break
    }
  if (form === undefined) {
    const wanted = typesOf(schema) ?? new Set()
    const half = slipIn(value, wanted, path)
    const message = half?.message ?? typeMessage(value, type, wanted, path)
    const fixes = half === undefined ? [] : [half.fix]
    problems.add('wrong-type', message, placed(value, at), fixes.length === 0 ? {} : { data: { fixes } })
    return
  }
  if (value.kind === 'map') checkMap(value, form, at, path, problems)
  else if (value.kind === 'list') checkList(value, form, path, problems)
  else checkScalar(value, form, at, problems)
}

function placed(value: Value, at: Origin): Origin {
  return isEmptyNode(value.origin.node) ? at : value.origin
}

/** `path` is one for the whole walk. */
function checkMap(value: MapValue, form: Schema, at: Origin, path: string[], problems: Problems): void {
  for (const [key, item] of value.entries) {
    const schema = propertyOf(form, key)
    if (schema !== undefined) {
      path.push(key)
      checkValue(item.value, schema, item.key, path, problems)
      path.pop()
    } else if (form.closed === true) unknownKey(key, item, form, path, problems)
  }
  for (const key of form.required ?? [])
    if (!value.entries.has(key))
      problems.add('missing-key', t('The key `{0}` is required here.', key), emptyPlace(value, at))
}

function emptyPlace(value: MapValue, at: Origin): Origin {
  return at.source === value.origin.source ? at : value.origin
}

function unknownKey(
  key: string,
  { key: origin, value }: Item,
  form: Schema,
  path: readonly string[],
  problems: Problems,
): void {
  const names = namedKeys(form)
  if (names.length === 0) {
    problems.add(
      'bad-name',
      t('`{0}` is no name: only letters, digits, `.`, `_` and `-` are allowed.', key),
      origin,
    )
    return
  }
  const newer = newerKeys.get([...path.map((step, index) => (index === 1 ? '*' : step)), key].join('.'))
  if (newer !== undefined) {
    problems.add('newer-key', t('`{0}` needs Compose {1} or newer.', key, newer), origin)
    return
  }
  const home = problems.list.length < 50 ? homeOf(key, value, form, path) : undefined
  if (home !== undefined) {
    problems.add('unknown-key', home, origin)
    return
  }
  const meant = problems.closest(key, names)
  if (meant === undefined) problems.add('unknown-key', t('`{0}` is not allowed here.', key), origin)
  else
    problems.add('unknown-key', t('`{0}` is not allowed here. Did you mean `{1}`?', key, meant), origin, {
      data: { candidates: [meant] },
    })
}

function checkList(value: ListValue, form: Schema, path: string[], problems: Problems): void {
  const { items } = form
  if (items !== undefined) {
    path.push('[]')
    for (const item of value.items) checkValue(item, items, item.origin, path, problems)
    path.pop()
  }
  if (form.unique !== true) return
  const scalars = new Map<string, true>()
  const others: Value[] = []
  for (const item of value.items) {
    let twice: boolean
    if (item.kind === 'scalar') {
      if (item.type === 'unknown') continue
      const key = `${typeof item.value}:${String(item.value)}`
      twice = scalars.has(key)
      scalars.set(key, true)
    } else {
      twice = others.length < 200 && others.some((other) => sameValue(other, item))
      others.push(item)
    }
    if (twice) problems.add('duplicate-item', t('This entry stands twice in the list.'), item.origin)
  }
}

function checkScalar(value: ScalarValue, form: Schema, at: Origin, problems: Problems): void {
  const place = placed(value, at)
  const text = String(value.value)
  if (form.enum !== undefined && !form.enum.includes(text)) {
    const meant = problems.closest(text, form.enum)
    problems.add('not-one-of', t('`{0}` is not one of: {1}.', text, form.enum.join(', ')), place, {
      data: { candidates: meant === undefined ? form.enum : [meant] },
    })
  }
  if (value.type === 'string' && form.pattern !== undefined && !patternOf(form.pattern).test(text))
    problems.add('bad-form', formMessage(text, form.pattern), place)
  if (typeof value.value !== 'number') return
  if (form.minimum !== undefined && value.value < form.minimum)
    problems.add('out-of-range', t('This must be {0} or more.', form.minimum), place)
  if (form.maximum !== undefined && value.value > form.maximum)
    problems.add('out-of-range', t('This must be {0} or less.', form.maximum), place)
}

function formMessage(text: string, pattern: string): string {
  return pattern.includes('every_')
    ? t('`{0}` is no pull policy: write a time as in `every_12h`.', text)
    : t('`{0}` is no name of a container: it takes two or more letters, digits, `_`, `.` and `-`.', text)
}

function typeMessage(
  value: Value,
  type: JsonType | 'date',
  wanted: ReadonlySet<JsonType>,
  path: readonly string[],
): string {
  const names = [...wanted].filter((name) => !(name === 'integer' && wanted.has('number'))).map(typeName)
  const list =
    names.length > 1 ? t('{0} or {1}', names.slice(0, -1).join(', '), names.at(-1) ?? '') : names.join('')
  if (path.length === 2 && path[0] === 'services' && type === 'null')
    return t('The service `{0}` is empty.', path[1] ?? '')
  if (type === 'null') return t('This is empty and must be {0}.', list)
  if (type === 'date') return t('The engine takes this for a date: put it in quotes.')
  if (wanted.has('string') && (type === 'boolean' || type === 'number' || type === 'integer'))
    return t(
      'This must be {0}: put `{1}` in quotes.',
      list,
      String(value.kind === 'scalar' ? value.value : ''),
    )
  return t('This must be {0}, not {1}.', list, typeName(type))
}

export function typeName(type: JsonType): string {
  switch (type) {
    case 'object':
      return t('a mapping')
    case 'array':
      return t('a list')
    case 'string':
      return t('a text')
    case 'number':
      return t('a number')
    case 'integer':
      return t('a whole number')
    case 'boolean':
      return t('true or false')
    case 'null':
      return t('nothing')
  }
}
