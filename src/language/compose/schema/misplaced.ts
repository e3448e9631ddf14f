import { t } from '../../../shared/l10n.ts'
import { get, type Value } from '../project/value.ts'
import type { Schema } from './schema.ts'
import { formFor, namedKeys, schemaAt } from './walk.ts'

const serviceKeys = (): Readonly<Record<string, Schema>> => formAt(['services', 'any'])?.properties ?? {}

function formAt(path: readonly string[]): Schema | undefined {
  const schema = schemaAt(path)
  return schema && formFor(schema, 'object')
}

/** Where a key belongs that is not allowed in `form`, which stands at `path`; undefined where no one place is known for it. */
export function homeOf(key: string, value: Value, form: Schema, path: readonly string[]): string | undefined {
  if (path.length === 0) {
    if (Object.hasOwn(serviceKeys(), key))
      return t('`{0}` belongs to a service: under `services` and a name.', key)
    const isService = get(value, 'image') !== undefined || get(value, 'build') !== undefined
    return isService ? t('The service `{0}` belongs under `services`.', key) : undefined
  }
  const below = namedKeys(form).filter((name) => {
    const inner = form.properties?.[name]
    const properties = (inner && formFor(inner, 'object')?.properties) ?? {}
    return Object.hasOwn(properties, key)
  })
  if (below.length === 1) return t('`{0}` belongs under `{1}`.', key, below[0] ?? '')
  const [section, , kind = ''] = path
  if (section !== 'services' || path.length < 2) return undefined
  const sections = formAt([])?.properties ?? {}
  if (path.length === 2) {
    const isSection = Object.hasOwn(sections, key) && key !== 'name' && key !== 'version'
    return isSection ? t('`{0}` belongs to the top level of the file.', key) : undefined
  }
  if (
    path.length === 4 &&
    Object.hasOwn(sections, kind) &&
    Object.hasOwn(formAt([kind, 'any'])?.properties ?? {}, key)
  )
    return t('`{0}` belongs under `{1}` at the top level of the file.', key, kind)
  return path.length === 3 && Object.hasOwn(serviceKeys(), key)
    ? t('`{0}` belongs to the service itself, not under `{1}`.', key, kind)
    : undefined
}
