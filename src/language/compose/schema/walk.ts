import { composeSchema } from '../schema-data.ts'
import type { JsonType, Schema } from './schema.ts'

const targets = new WeakMap<Schema, Schema>()
const branches = new WeakMap<Schema, readonly Schema[]>()

/** The schema that stands behind a reference. */
export function resolved(schema: Schema): Schema {
  if (schema.ref === undefined) return schema
  const known = targets.get(schema)
  if (known !== undefined) return known
  const target = follow(schema)
  targets.set(schema, target)
  return target
}

function follow(schema: Schema): Schema {
  let current = schema
  for (let hops = 0; current.ref !== undefined && hops < 8; hops++) {
    const target: Schema = composeSchema.definitions[current.ref] ?? {}
    // Words at the place of the reference say more than those of the definition.
    const { doc = target.doc, example = target.example, since = target.since } = current
    current = {
      ...target,
      ...(doc === undefined ? {} : { doc }),
      ...(example === undefined ? {} : { example }),
      ...(since === undefined ? {} : { since }),
    }
  }
  return current
}

/** All forms a value may take here: the branches of `oneOf`, references followed. */
export function formsOf(schema: Schema): readonly Schema[] {
  const known = branches.get(schema)
  if (known !== undefined) return known
  const here = resolved(schema)
  const forms = here.oneOf === undefined ? [here] : here.oneOf.flatMap(formsOf)
  branches.set(schema, forms)
  return forms
}

/** The types a value may have here; undefined where any will do. */
export function typesOf(schema: Schema): ReadonlySet<JsonType> | undefined {
  const types = new Set<JsonType>()
  for (const form of formsOf(schema)) {
    if (form.type === undefined) return undefined
    for (const type of form.type) types.add(type)
  }
  return types
}

/** The form that describes values of a type. */
export function formFor(schema: Schema, type: 'object' | 'array'): Schema | undefined {
  return formsOf(schema).find((form) => form.type === undefined || form.type.includes(type))
}

const compiled = new Map<string, RegExp>()

export function patternOf(source: string): RegExp {
  let pattern = compiled.get(source)
  if (pattern === undefined) compiled.set(source, (pattern = new RegExp(source, 'u')))
  return pattern
}

/** What is said about a key of a mapping: undefined where the key is unknown. */
export function propertyOf(form: Schema, key: string): Schema | undefined {
  if (form.properties !== undefined && Object.hasOwn(form.properties, key)) return form.properties[key]
  for (const [pattern, schema] of form.patterns ?? []) if (patternOf(pattern).test(key)) return schema
  return undefined
}

/** The keys that are named in the schema. */
export function namedKeys(form: Schema): readonly string[] {
  return Object.keys(form.properties ?? {})
}

/** Every schema on the way: the root, then one for each key or list position. Ends at the first unknown key. */
export function schemasAlong(path: readonly (string | number)[]): readonly Schema[] {
  const found: Schema[] = [composeSchema.root]
  let current: Schema = composeSchema.root
  for (const step of path) {
    const form = formFor(current, typeof step === 'number' ? 'array' : 'object')
    const next = typeof step === 'number' ? form?.items : form && propertyOf(form, step)
    if (next === undefined) break
    found.push(next)
    current = next
  }
  return found
}

/** The schema at a path; undefined beyond what the schema knows. */
export function schemaAt(path: readonly (string | number)[]): Schema | undefined {
  const along = schemasAlong(path)
  return along.length === path.length + 1 ? along[path.length] : undefined
}
