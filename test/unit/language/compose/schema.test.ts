import { readFileSync } from 'node:fs'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { composeSchema } from '../../../../src/language/compose/schema-data.ts'
import type { Schema } from '../../../../src/language/compose/schema/schema.ts'
import { resolved } from '../../../../src/language/compose/schema/walk.ts'
import { readYaml } from '../../../../src/language/compose/yaml/read.ts'
import type { YamlNode } from '../../../../src/language/compose/yaml/nodes.ts'
import { resolveScalar } from '../../../../src/language/compose/yaml/scalars.ts'
import { schemaModule } from '../../../../scripts/gen-schema.ts'
import { structure } from '../../../../scripts/schema-overlay/structure.ts'
import { composeCases } from '../../../support/compose-cases.ts'
import { composeDoc } from './compose-doc.ts'

function everyProperty(visit: (path: string, schema: Schema) => void): void {
  const walk = (schema: Schema, path: string): void => {
    for (const [key, child] of Object.entries(schema.properties ?? {})) {
      visit(`${path}.${key}`, child)
      walk(child, `${path}.${key}`)
    }
    for (const [, child] of schema.patterns ?? []) walk(child, `${path}.*`)
    if (schema.items !== undefined) walk(schema.items, path)
    for (const child of schema.oneOf ?? []) walk(child, path)
  }
  walk(composeSchema.root, 'root')
  for (const [name, schema] of Object.entries(composeSchema.definitions)) walk(schema, name)
}

describe('the schema', () => {
  it('is generated from the specification and the overlay (npm run gen)', () => {
    expect(readFileSync('src/language/compose/schema-data.ts', 'utf8')).toBe(schemaModule())
  })

  it('explains every key', () => {
    const bare: string[] = []
    everyProperty((path, schema) => {
      if (resolved(schema).doc === undefined) bare.push(path)
    })
    expect(bare).toEqual([])
  })

  it('gives examples that read as the key they explain', () => {
    const wrong: string[] = []
    everyProperty((path, schema) => {
      if (schema.example === undefined) return
      const file = readYaml(schema.example)
      const root = file.documents[0]
      const key =
        root?.kind === 'map' && root.entries[0]?.key.kind === 'scalar' ? root.entries[0].key.text : undefined
      if (file.problems.length > 0 || key !== path.split('.').at(-1)) wrong.push(path)
    })
    expect(wrong).toEqual([])
  })

  it('refers only to definitions that exist', () => {
    const refs = JSON.stringify(composeSchema).matchAll(/"ref":"([^"]+)"/g)
    expect(
      [...refs]
        .map(([, name]) => name)
        .filter((name) => !Object.hasOwn(composeSchema.definitions, name ?? '')),
    ).toEqual([])
  })
})

/** Plain data as a JSON schema validator wants it. */
function plain(node: YamlNode): unknown {
  if (node.kind === 'scalar') {
    const value = resolveScalar(node)
    return 'fault' in value ? node.text : value.value
  }
  if (node.kind === 'list') return node.items.map(plain)
  if (node.kind === 'alias') return null
  return Object.fromEntries(
    node.entries.map((entry) => [entry.key.kind === 'scalar' ? entry.key.text : '', plain(entry.value)]),
  )
}

describe('our walk of the schema and a JSON schema validator', () => {
  const source = JSON.parse(
    readFileSync('node_modules/dclint/schemas/compose.schema.json', 'utf8'),
  ) as Record<string, unknown>
  for (const change of structure) {
    const target = change.at.reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], source)
    ;(target as Record<string, unknown>)[change.name] = change.schema
  }
  delete source['$schema']
  const validate = new Ajv({ strict: false, validateSchema: false }).compile(source)
  const ofSchema = new Set([
    'unknown-key',
    'wrong-type',
    'missing-key',
    'not-one-of',
    'bad-name',
    'bad-form',
    'out-of-range',
    'duplicate-item',
  ])
  // The validator sees the file as it is written: what the engine does before it looks is left out.
  const cases = composeCases(600, 11).filter(
    ({ files }) =>
      !/\$|extends|DATE|include|2024-|<<|version/.test(files['compose.yaml'] ?? '') &&
      !('compose.override.yaml' in files),
  )

  it('agree on made-up files', () => {
    expect(cases.length).toBeGreaterThan(200)
    const apart: string[] = []
    let refused = 0
    for (const { files, name } of cases) {
      const text = files['compose.yaml'] ?? ''
      const doc = composeDoc(text, files)
      const root = doc.yaml.documents[0]
      if (root === undefined || doc.yaml.problems.length > 0) continue
      const theirs = validate(plain(root))
      const mine = !doc.project.problems.some(
        (problem) => ofSchema.has(problem.code) && problem.severity === 'error',
      )
      if (!theirs) refused++
      // Repeated entries and numbers in quotes are put in order before the engine looks.
      const settled = doc.project.problems.some(
        ({ code }) => code === 'cast' || code.startsWith('bad-') || code === 'duplicate-key',
      )
      if (theirs !== mine && !settled && !/uniq/.test(JSON.stringify(validate.errors)))
        apart.push(`${name}\n${text}${JSON.stringify(validate.errors)}`)
    }
    expect(apart).toEqual([])
    expect(refused).toBeGreaterThan(30)
  })
})
