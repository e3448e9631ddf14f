import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readYaml } from '../../../../src/language/compose/yaml/read.ts'
import { rereadYaml } from '../../../../src/language/compose/yaml/reread.ts'
import { composeTexts } from '../../../support/compose-texts.ts'
import { runs } from '../../../support/runs.ts'

const shop = `name: shop # the name
x-log: &log
  driver: json-file
services:
  # the first
  web:
    image: nginx:1.27
    logging: *log
    command: >
      one
      two

  # the second
  db: &db
    image: "postgres:16"
    ports: ["80:80", { target: 81 }]
    labels: |+
      a

      b

  copy:
    <<: *db
    environment:
      - A=1
      - B=2
networks:
  back: !reset
  front:
    driver: bridge
# the end
`

const pieces = [
  '\n',
  '  ',
  ' ',
  '#',
  ':',
  ': ',
  '- ',
  '"',
  "'",
  '{',
  '}',
  '[',
  '|',
  '>',
  '&x ',
  '*db',
  '*log',
  '!reset ',
  '---\n',
  '...\n',
]
const words = [
  'x',
  'image: y\n',
  '    image: y\n',
  '  new:\n',
  '  new:\n    image: z\n',
  '\t',
  '%',
  '\ufeff',
  '\u0007',
  '\r\n',
  'services:\n',
  '? ',
]

/** `toEqual` takes much longer to say yes than to say what differs. */
function same(one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other)
}

describe('reading a changed text again', () => {
  it('reads of one that is typed in only the lines of the service', () => {
    const before = readYaml(shop)
    const text = shop.replace('16"', '17.2"')
    const after = rereadYaml(before, text)
    expect(after).toEqual(readYaml(text))
    const services = (file: typeof before): readonly unknown[] => {
      const root = file.documents[0]
      const value = root?.kind === 'map' ? root.entries[2]?.value : undefined
      return value?.kind === 'map' ? value.entries : []
    }
    expect(services(after!)[0]).toBe(services(before)[0])
    expect(services(after!)[1]).not.toBe(services(before)[1])
  })

  it('keeps the other services as they were while a line is half typed', () => {
    const before = readYaml(shop)
    const text = shop.replace('    ports:', '    por\n    ports:')
    const after = readYaml(text, before)
    expect(after.problems).toEqual(readYaml(text).problems)
    expect(after.problems).toHaveLength(1)
    // What is recovered ends blocks and tags a character elsewhere.
    const written = (file: typeof after): unknown =>
      JSON.parse(
        JSON.stringify(file.documents, (key, value: unknown) => (/^(?:start|end)$/.test(key) ? 0 : value)),
      )
    expect(written(after)).toEqual(written(readYaml(text)))
  })

  it('gives what reading it whole gives of a long text, wherever it is changed', () => {
    const services = Array.from({ length: 120 }, (_, index) => `  s${index}:\n    image: a:${index}\n`).join(
      '',
    )
    const long = `services:\n${services}`
    const before = readYaml(long)
    for (let at = 0; at < long.length; at += 311)
      for (const changed of [
        `${long.slice(0, at)}x${long.slice(at)}`,
        long.slice(0, at) + long.slice(at + 1),
        long.slice(0, at) + long.slice(at + 1500),
        long.slice(0, at) + long.slice(Math.max(at - 1200, 0)),
      ])
        same(rereadYaml(before, changed) ?? readYaml(changed), readYaml(changed))
  })

  it('gives what reading it whole gives, whatever is changed', () => {
    const texts = [
      shop,
      shop.replaceAll('\n', '\r\n'),
      `\ufeff${shop}`,
      ...composeTexts.map(({ files }) => files['compose.yaml'] ?? ''),
    ]
    const edit = fc.record({
      text: fc.nat(texts.length * 2),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.oneof(fc.constant(0), fc.nat(12)),
      added: fc.array(fc.constantFrom(...pieces, ...words), { maxLength: 3 }),
    })
    let reused = 0
    fc.assert(
      fc.property(edit, ({ text: index, at, removed, added }) => {
        const text = texts[index] ?? shop
        const from = Math.floor(at * text.length)
        const changed = text.slice(0, from) + added.join('') + text.slice(from + removed)
        const before = readYaml(text)
        const after = readYaml(changed, before)
        const whole = readYaml(changed)
        same(after.problems, whole.problems)
        same(after.comments, whole.comments)
        if (whole.problems.length > 0) return
        same(after.documents, whole.documents)
        if (rereadYaml(before, changed) !== undefined) reused++
      }),
      { numRuns: runs(1_500) },
    )
    expect(reused).toBeGreaterThan(runs(250))
  })
})
