import { describe, expect, it } from 'vitest'
import { readYaml } from '../../../../src/language/compose/yaml/read.ts'
import { resolveScalar } from '../../../../src/language/compose/yaml/scalars.ts'
import type { YamlNode } from '../../../../src/language/compose/yaml/nodes.ts'
import { effectivePath, spotAt } from '../../../../src/language/compose/yaml/tree.ts'

/** Nodes as plain data; texts stay texts. */
function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined
  if (node.kind === 'scalar') return node.text
  if (node.kind === 'alias') return `*${node.name}`
  if (node.kind === 'list') return node.items.map(plain)
  return Object.fromEntries(node.entries.map(({ key, value }) => [String(plain(key)), plain(value)]))
}

function first(text: string): unknown {
  const file = readYaml(text)
  expect(file.problems).toEqual([])
  return plain(file.documents[0])
}

describe('reading YAML', () => {
  it.each([
    ['a: b', { a: 'b' }],
    ['a:\n- b\n- c', { a: ['b', 'c'] }],
    ['a: [b, c, {d: e}]', { a: ['b', 'c', { d: 'e' }] }],
    ['a: "x\\ty"', { a: 'x\ty' }],
    ["a: 'it''s'", { a: "it's" }],
    ['a: |\n  one\n   two\n\n', { a: 'one\n two\n' }],
    ['a: >-\n  one\n  two\n\n  three\n', { a: 'one two\nthree' }],
    ['a: one\n  two', { a: 'one two' }],
    ['a:\n  - b: c\n    d: e\n  -\n    - f', { a: [{ b: 'c', d: 'e' }, ['f']] }],
    ['a: http://x:80/#y', { a: 'http://x:80/#y' }],
    ['? a\n: b', { a: 'b' }],
    ['a: &x b\nc: *x', { a: 'b', c: '*x' }],
    ['{a: b, c}', { a: 'b', c: '' }],
    ['a:', { a: '' }],
    ['a: # c\n  b', { a: 'b' }],
  ])('reads %j', (text, expected) => expect(first(text)).toEqual(expected))

  it('gives every node the offsets it is written at', () => {
    const text = 'services:\n  web:\n    image: "x" # c\n'
    const spot = spotAt(readYaml(text), text.indexOf('"x"') + 1)
    expect(spot?.path).toEqual(['services', 'web', 'image'])
    expect(text.slice(spot?.node.start, spot?.node.end)).toBe('"x"')
  })

  it('counts lines as the editor does: a lone carriage return ends one', () => {
    expect(first('a:\r  b: c\rd: e')).toEqual({ a: { b: 'c' }, d: 'e' })
  })

  it('passes over a byte order mark', () => expect(first('\ufeffa: b')).toEqual({ a: 'b' }))

  it.each([
    ['a: "b', 'a quote'],
    ['a: [b', 'a bracket'],
    ['a: b: c', 'two colons'],
    ['\ta: b', 'a tab'],
    ['a: *b', 'an alias of nothing'],
    ['a: @b', 'a sign that is kept for later'],
    ['a:\n  b\n c: d', 'indentation'],
    ['a: "\\q"', 'an escape'],
    ['a: b\u0000', 'a control character'],
  ])('stops at %j: %s', (text) => {
    const { problems } = readYaml(text)
    expect(problems.length).toBe(1)
    expect(problems[0]?.start).toBeLessThanOrEqual(text.length)
    expect(problems[0]?.end).toBeGreaterThanOrEqual(problems[0]?.start ?? 0)
  })

  it('keeps what it can of a broken text', () => {
    const file = readYaml('services:\n  web:\n    image: x\n    command: "a\n')
    expect(JSON.stringify(plain(file.documents[0]))).toContain('"image":"x"')
  })

  it('keeps what stands before the fault of a long broken text', () => {
    const long = `a: b\nlong: ${'x'.repeat(300_000)}\n`
    const keys = (text: string) => {
      const [root] = readYaml(text).documents
      return root?.kind === 'map' ? root.entries.map(({ key }) => text.slice(key.start, key.end)) : root
    }
    expect(keys(`${long}c: {d: "\\q"}\ne: f\n`)).toEqual(['a', 'long'])
    expect(keys(`c: {d: "\\q"}\n${long}`)).toEqual(undefined)
    expect(keys('a: b\nc: {d: "\\q"}\ne: f\n')).toContain('e')
  })

  it.each(['[', '{a: ', '- ', '? '])('refuses 1,000 levels of %j at once', (part) => {
    const file = readYaml(part.repeat(1000))
    expect(file.problems[0]?.code).toBe('too-deep')
    expect(file.documents).toEqual([])
  })

  it('does not read a text of more than a million characters', () => {
    expect(readYaml('a: b\n'.repeat(250_000)).problems[0]?.code).toBe('too-long')
  })
})

describe('scalars', () => {
  const of = (text: string) => {
    const node = readYaml(`a: ${text}`).documents[0]
    const value = node?.kind === 'map' ? node.entries[0]?.value : undefined
    return value?.kind === 'scalar' ? resolveScalar(value) : undefined
  }
  it.each([
    ['5', 'int', 5],
    ['0o17', 'int', 15],
    ['017', 'int', 15],
    ['0x1F', 'int', 31],
    ['1_000', 'int', 1000],
    ['1.50', 'float', 1.5],
    ['1e3', 'float', 1000],
    ['true', 'bool', true],
    ['yes', 'string', 'yes'],
    ['12:30', 'string', '12:30'],
    ['~', 'null', null],
    ['2024-02-29', 'timestamp', '2024-02-29'],
    ['2023-02-29', 'string', '2023-02-29'],
    ['"5"', 'string', '5'],
    ['!!str 5', 'string', '5'],
    ['!mine 5', 'string', '5'],
    ['!!float 5', 'float', 5],
  ])('%s is %s', (text, type, value) => expect(of(text)).toEqual({ type, value }))
  it.each(['!!int x', '!!bool 5', '!!binary "%%"'])('%s does not fit', (text) =>
    expect(of(text)).toHaveProperty('fault'),
  )
})

describe('fragments', () => {
  it('stand where they are used', () => {
    const text = 'x-a: &a\n  logging: &l\n    driver: x\nservices:\n  web:\n    <<: *a\n'
    const yaml = readYaml(text)
    const spot = spotAt(yaml, text.indexOf('driver') + 1)
    expect(spot && effectivePath(yaml, spot.path, spot.chain)).toEqual([
      'services',
      'web',
      'logging',
      'driver',
    ])
  })
})
