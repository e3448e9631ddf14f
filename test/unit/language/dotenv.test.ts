import { describe, expect, it } from 'vitest'
import { dotenvProvider } from '../../../src/language/dotenv/provider.ts'
import { evaluateEnv } from '../../../src/shared/dotenv/evaluate.ts'
import { parseEnv } from '../../../src/shared/dotenv/parse.ts'
import { applyEdits } from '../../../src/shared/text-range.ts'
import { languageContext, memoryHost, sourceDocument, withCursor } from '../../support/language-context.ts'

const values = (text: string) =>
  Object.fromEntries(
    [...evaluateEnv(parseEnv(text), (name) => (name === 'HOME' ? '/home/me' : undefined)).variables].map(
      ([name, { value }]) => [name, value],
    ),
  )

describe('reading files of variables', () => {
  it.each([
    ['A=b', { A: 'b' }],
    ['A = b', { A: 'b' }],
    ['export A=b', { A: 'b' }],
    ['A: b', { A: 'b' }],
    ['A=b # c', { A: 'b' }],
    ['A=b#c', { A: 'b#c' }],
    ['A="b c"', { A: 'b c' }],
    ['A="x\\ny"', { A: 'x\ny' }],
    ["A='x\\ny $B'", { A: 'x\\ny $B' }],
    ['A="line one\nline two"\nB=c', { A: 'line one\nline two', B: 'c' }],
    ['A=1\nB=${A}2', { A: '1', B: '12' }],
    ['A="\\$B"', { A: '$B' }],
    ['A=${B:-c}', { A: 'c' }],
    ['A=$HOME/x', { A: '/home/me/x' }],
    ['HOME\n', { HOME: '/home/me' }],
    ['# only\n\n', {}],
    ['A=1\nA=2', { A: '2' }],
    ['\ufeffA=b', { A: 'b' }],
    ['A="\\001 \\0101"', { A: '\\01 A' }],
  ])('%j', (text, expected) => expect(values(text)).toEqual(expected))

  it.each(['A B=c', 'A+B=c', 'A="b', "A='it's'", 'A=${', 'A=${B:?needed}', 'A=1\n\ufeffB=2'])(
    'refuses %j',
    (text) => {
      expect(evaluateEnv(parseEnv(`${text}\n`), () => undefined).faults.length).toBeGreaterThan(0)
    },
  )
})

const compose = 'services:\n  a:\n    image: x:${TAG}\n    command: ${CMD:-run}\n    environment: [TOKEN]\n'

function ask(
  marked: string,
  files: Readonly<Record<string, string>> = { 'compose.yaml': compose },
  name = '.env',
) {
  const { text, offset } = marked.includes('|') ? withCursor(marked) : { text: marked, offset: 0 }
  const context = languageContext(memoryHost({ ...files, [name]: text }))
  return { doc: sourceDocument(text, 'dotenv', `file:///ws/${name}`), offset, context }
}

async function found(
  marked: string,
  files?: Readonly<Record<string, string>>,
  name?: string,
): Promise<readonly string[]> {
  const { doc, context } = ask(marked, files, name)
  const all = (await dotenvProvider.diagnostics?.(doc, context)) ?? []
  return all.map(({ rule, range }) => `${rule} ${doc.text.slice(range.start, range.end)}`)
}

describe('.env', () => {
  it('marks what no compose file uses, what is set twice and what is not set', async () => {
    expect(await found('TAG=1\nTOKEN=x\nCOMPOSE_PROJECT_NAME=y\nOLD=z\n')).toEqual(['env-unused OLD'])
    expect(await found('TAG=1\nTAG=2\n')).toEqual(['env-duplicate TAG'])
    expect(await found('TAG=${NOPE}\n')).toEqual(['env-undefined NOPE'])
    expect(await found('A B=c\n')).toEqual(['env-syntax A B'])
  })
  it('marks nothing as unused where a service takes the whole file, or without a compose file', async () => {
    expect(
      await found('OLD=z\n', { 'compose.yaml': 'services:\n  a:\n    image: x\n    env_file: .env\n' }),
    ).toEqual([])
    expect(await found('OLD=z\n', {})).toEqual([])
    expect(await found('OLD=z\n', { 'compose.yaml': compose }, 'app.env')).toEqual([])
  })
  it('completes the names that compose files ask for', async () => {
    const { doc, offset, context } = ask('TAG=1\n|')
    const items = (await dotenvProvider.completion?.(doc, offset, context))?.items ?? []
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(['CMD', 'COMPOSE_PROFILES']))
    expect(items.map(({ label }) => label)).not.toContain('TAG')
  })
  it('shows the value, masked if it is a secret, and how often it is used', async () => {
    const { doc, offset, context } = ask('TA|G=1\n')
    const text = (await dotenvProvider.hover?.(doc, offset, context))?.markdown
    expect(text).toContain('`1`')
    expect(text).toContain('Used once')
    const secret = ask('API_KE|Y=abc\n')
    expect((await dotenvProvider.hover?.(secret.doc, secret.offset, secret.context))?.markdown).not.toContain(
      'abc',
    )
  })
  it('goes to the uses in compose files and renames them', async () => {
    const { doc, offset, context } = ask('TA|G=1\nB=${TAG}\n')
    const places = (await dotenvProvider.definition?.(doc, offset, context)) ?? []
    expect(places.map(({ uri, at }) => [uri, at?.start])).toEqual([
      ['file:///ws/compose.yaml', { line: 2, character: 15 }],
    ])
    const renamed = await dotenvProvider.rename?.(doc, offset, 'VERSION', context)
    if (renamed === undefined || 'refused' in renamed) throw new Error('refused')
    expect(applyEdits(doc.text, renamed.edits[doc.uri] ?? [])).toBe('VERSION=1\nB=${VERSION}\n')
    expect(applyEdits(compose, renamed.edits['file:///ws/compose.yaml'] ?? [])).toContain('x:${VERSION}')
  })
})
