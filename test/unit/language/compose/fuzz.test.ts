import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeProvider } from '../../../../src/language/compose/provider.ts'
import { dotenvProvider } from '../../../../src/language/dotenv/provider.ts'
import type { LanguageProvider } from '../../../../src/language/provider.ts'
import { languageContext, memoryHost, sourceDocument } from '../../../support/language-context.ts'
import { composeCases, randomFrom } from '../../../support/compose-cases.ts'
import { runs } from '../../../support/runs.ts'

const files = {
  '.env': 'A=1\nB=${A}\n',
  'base.yaml': 'services: {base: {image: x}}\n',
  Dockerfile: 'FROM scratch AS a\nARG X\n',
}

/** Asks for everything at some offsets; whatever the text, nothing is thrown and every range lies in it. */
async function askAll(
  provider: LanguageProvider,
  language: 'compose' | 'dotenv',
  text: string,
  offsets: readonly number[],
): Promise<void> {
  const name = language === 'compose' ? 'compose.yaml' : '.env'
  const doc = sourceDocument(text, language, `file:///ws/${name}`)
  const commands = ['quayside.compose.up', 'quayside.compose.down', 'quayside.compose.build']
  const context = languageContext(memoryHost({ ...files, [name]: text }), { commands })
  const within = (range: { start: number; end: number } | undefined): void => {
    if (range === undefined) return
    const { start, end } = range
    if (!(start >= 0 && end >= start && end <= text.length))
      expect.fail(`${start} to ${end} of ${text.length} in ${JSON.stringify(text.slice(0, 2_000))}`)
  }
  for (const { range, fix, suggestions = [] } of (await provider.diagnostics?.(doc, context)) ?? []) {
    within(range)
    for (const each of [...(fix === undefined ? [] : [fix]), ...suggestions])
      for (const edit of each.edits) within(edit.range)
  }
  for (const { range } of (await provider.links?.(doc, context)) ?? []) within(range)
  for (const { range } of (await provider.symbols?.(doc, context)) ?? []) within(range)
  let end = 0
  for (const { range } of (await provider.tokens?.(doc, context)) ?? []) {
    within(range)
    if (range.start < end) expect.fail(`a token at ${range.start} begins before ${end}, where one ends`)
    end = range.end
  }
  await provider.folds?.(doc, context)
  await provider.codeLenses?.(doc, context)
  for (const { at } of (await provider.inlayHints?.(doc, { start: 0, end: text.length }, context)) ?? [])
    within({ start: at, end: at })
  for (const { range } of (await provider.format?.(
    doc,
    undefined,
    { tabSize: 2, insertSpaces: true },
    context,
  )) ?? [])
    within(range)
  for (const offset of offsets) {
    within((await provider.hover?.(doc, offset, context))?.range)
    for (const item of (await provider.completion?.(doc, offset, context))?.items ?? [])
      within(item.edit.range)
    await provider.definition?.(doc, offset, context)
    await provider.references?.(doc, offset, true, context)
    await provider.highlights?.(doc, offset, context)
    within(await provider.prepareRename?.(doc, offset, context))
    await provider.rename?.(doc, offset, 'other', context)
    for (const ranges of (await provider.selections?.(doc, [offset], context)) ?? []) ranges.forEach(within)
    for (const action of (await provider.codeActions?.(doc, { start: offset, end: offset }, context)) ?? [])
      for (const edit of action.edits) within(edit.range)
  }
}

const pieces = [
  'services:',
  'a:',
  '  ',
  '    ',
  '\n',
  '\r\n',
  '\r',
  '- ',
  'image: x',
  'ports: ["80:80"]',
  'volumes:',
  'x:/y',
  '&a ',
  '*a',
  '<<: *a',
  '!reset ',
  '!override ',
  '${A',
  '${A:-b}',
  '$',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  ': ',
  '#',
  '|',
  '>',
  '%',
  '---',
  '...',
  '\t',
  'extends: {file: base.yaml, service: base}',
  'include: [compose.yaml]',
  '__proto__: {a: b}',
  'constructor: x',
  'depends_on: [a]',
  'networks:',
  'build: .',
  '\ufeff',
  '\u0000',
  '\ud800',
  '😀',
  '\u2028',
  'env_file: .env',
  '? ',
  '~',
  '2024-01-01',
  '`',
]

/** `QUAYSIDE_FUZZ_RUNS` and `QUAYSIDE_FUZZ_SEED` make the search longer and another. */
const many = (usual: number): number => Number(process.env['QUAYSIDE_FUZZ_RUNS'] ?? runs(usual))
const seed = (usual: number): number => Number(process.env['QUAYSIDE_FUZZ_SEED'] ?? usual)
const patience = 60_000 + 20 * many(0)

describe('whatever is typed', () => {
  it(
    'is answered without a fault: pieces of compose files',
    async () => {
      const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''))
      await fc.assert(
        fc.asyncProperty(text, fc.nat(), async (source, at) => {
          await askAll(composeProvider, 'compose', source, [at % (source.length + 1), source.length])
        }),
        { seed: seed(4711), numRuns: many(150) },
      )
    },
    patience,
  )

  it(
    'is answered without a fault: any characters',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (source) => {
          await askAll(composeProvider, 'compose', source, [0, source.length])
          await askAll(dotenvProvider, 'dotenv', source, [0, source.length])
        }),
        { seed: seed(815), numRuns: many(100) },
      )
    },
    patience,
  )

  it(
    'is answered without a fault: sound files cut and changed anywhere',
    async () => {
      const random = randomFrom(seed(99))
      for (const { files: made } of composeCases(many(25), seed(5))) {
        let text = made['compose.yaml'] ?? ''
        for (let count = 1 + random(3); count > 0; count--) {
          const at = random(text.length + 1)
          text = text.slice(0, at) + pieces[random(pieces.length)]! + text.slice(at + random(8))
        }
        await askAll(composeProvider, 'compose', text, [random(text.length + 1), random(text.length + 1)])
      }
    },
    patience,
  )

  it(
    'is answered without a fault: .env files',
    async () => {
      const parts = [
        'A',
        '=',
        'b',
        '"',
        "'",
        '\n',
        '\r\n',
        ' #',
        '$',
        '${',
        '}',
        'export ',
        '\\',
        ' ',
        ':-',
        'é',
        '\t',
      ]
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...parts), { maxLength: 30 }), async (all) => {
          const text = all.join('')
          await askAll(dotenvProvider, 'dotenv', text, [0, text.length])
        }),
        { seed: seed(3), numRuns: many(300) },
      )
    },
    patience,
  )
})

describe('what is made to be slow or to break', () => {
  const deep = (part: string, close = ''): string => part.repeat(2000) + close
  const services = (count: number, body: string): string =>
    `services:\n${Array.from({ length: count }, (_, index) => `  s${index}:\n${body.replaceAll('#', String(index))}`).join('')}`
  const cases: Readonly<Record<string, string>> = {
    'brackets 2,000 deep': deep('['),
    'dashes 2,000 deep': deep('- '),
    'question marks': deep('? '),
    'an alias within itself': `a: &a [${'*a, '.repeat(400)}]`,
    'an alias bomb': `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(10)}]\n`).join('')}services: {}\n`,
    'a long chain of aliases': `${Array.from({ length: runs(1_500) }, (_, index) => `x-${index + 1}: &a${index + 1} {k: ${index === 0 ? 'x' : `*a${index}`}}\n`).join('')}services: {a: {image: x}}\n`,
    'one anchor merged by thousands': `x-a: &a {image: x}\n${services(runs(2_000), '    <<: *a\n')}`,
    'thousands of keys in brackets': `services: {${Array.from({ length: runs(4_000) }, (_, index) => `s${index}: {image: x}`).join(', ')}}`,
    'bad escapes': `a: "${'\\q'.repeat(runs(20_000))}"`,
    'services that wait in a row': services(runs(2_000), '    image: x\n    depends_on: [s#0]\n'),
    'thousands of ports': `services:\n  a:\n    image: x\n    ports:\n${Array.from({ length: runs(20_000) }, (_, index) => `      - "${index + 1}:80"\n`).join('')}`,
    'ranges of all ports': services(50, '    image: x\n    ports: ["1-65535:1-65535"]\n'),
    'defaults within defaults': `services: {a: {image: "${'${A:-'.repeat(3000)}${'}'.repeat(3000)}"}}`,
    'variables without end': `services: {a: {image: "${'${A'.repeat(30_000)}"}}`,
    quotes: `a: ${'"'.repeat(runs(50_000))}`,
    colons: `a${':'.repeat(50_000)}`,
    spaces: `a:${' '.repeat(100_000)}b`,
    'empty lines': `services:${'\n'.repeat(runs(900_000))}  a: {image: x}\n`,
    'a key below a long line': `services:\n  a:\n    image: ${'a'.repeat(300_000)}\n      b: c\n`,
    'a half-typed key of a long line': `services:\n  ${'a'.repeat(300_000)}\n  b: c\n`,
    'comments that turn something off': '# quayside ignore=x\n'.repeat(runs(30_000)),
    'thousands of documents': '---\nservices: {a: {image: x}}\n'.repeat(runs(5_000)),
    'tabs for indentation': `services:\n${'\ta:\n\t\timage: x\n'.repeat(runs(5_000))}`,
    'keys half typed': services(1000, '    imag\n    ports:\n      - \n    depends_on: [\n'),
    'extends in a row': services(runs(1_000), '    extends: {service: s#0}\n'),
    'extends of itself and an include of itself':
      'include: [compose.yaml]\nservices: {a: {extends: {service: a}}}\n',
    '10 MB': `services:\n${'  a: {image: x}\n'.repeat(600_000)}`,
    'thousands of dates': `x:\n${'- 2024-01-01\n'.repeat(runs(30_000))}services: {a: {image: x}}\n`,
  }
  it.each(Object.keys(cases))(
    'is answered without a fault: %s',
    async (name) => {
      const text = cases[name]!
      await askAll(composeProvider, 'compose', text, [text.length >> 1])
    },
    60_000,
  )

  it('is answered without a fault: one name by hundreds of thousands in a file of variables', async () => {
    const text = 'x\n'.repeat(runs(400_000))
    await askAll(dotenvProvider, 'dotenv', text, [text.length >> 1])
  }, 60_000)

  it('answers a large file as fully as a small one', async () => {
    const sizes = [400, 1600].map((count) =>
      services(
        count,
        '    image: x\n    ports: ["#:80"]\n    environment: {A: "${B:-c}"}\n    networks: [n]\n',
      ),
    )
    const found: number[] = []
    for (const text of sizes) {
      const doc = sourceDocument(text, 'compose', 'file:///ws/compose.yaml')
      found.push((await composeProvider.diagnostics?.(doc, languageContext()))?.length ?? 0)
    }
    expect(found[0]).toBeGreaterThan(0)
    expect(found[1]).toBeGreaterThanOrEqual(found[0]!)
  })

  it('keeps keys like __proto__ to itself', async () => {
    const text =
      'services:\n  __proto__:\n    image: x\n  constructor:\n    image: y\n    environment:\n      __proto__: z\n'
    await askAll(composeProvider, 'compose', text, [20])
    expect(({} as Record<string, unknown>)['image']).toBeUndefined()
  })

  it('stays within the schema file it was made from', () => {
    expect(readFileSync('src/language/compose/schema-data.ts', 'utf8').length).toBeLessThan(80_000)
  })
})
