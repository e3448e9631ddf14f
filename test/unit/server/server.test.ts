import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type {
  CodeAction,
  CompletionList,
  Hover,
  SemanticTokens,
  SignatureHelp,
  SymbolInformation,
} from 'vscode-languageserver/node'
import { positionsOf } from '../../../src/language/lsp/positions.ts'
import { hashOf } from '../../../src/language/hash.ts'
import {
  bundleServer,
  startServer,
  type BundledServer,
  type LanguageServer,
  type StartOptions,
} from '../../support/language-server.ts'

let bundle: BundledServer | undefined
let server: LanguageServer | undefined
beforeAll(async () => {
  bundle = await bundleServer()
}, 60_000)
afterAll(() => bundle?.remove())
afterEach(async () => {
  await server?.stop()
  server = undefined
})

const uri = 'file:///ws/Dockerfile'
const start = async (options: StartOptions = {}): Promise<LanguageServer> =>
  (server = await startServer([bundle!.file], options))
const ask = (method: string, params: object): Promise<unknown> =>
  server!.connection.sendRequest(method, { textDocument: { uri }, ...params })
const at = (line: number, character: number): object => ({ position: { line, character } })
/** Whole numbers below a limit, the same ones in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
const codes = (found: readonly { code?: unknown }[]): unknown[] => found.map(({ code }) => code)

describe('the language server on stdio', { timeout: 30_000 }, () => {
  test('has nothing to complain of in this Node, and ends with its input', () => {
    const ended = spawnSync(process.execPath, [bundle!.file, '--stdio'], { input: '', encoding: 'utf8' })
    expect(ended).toMatchObject({ status: 1, stderr: '' })
  })

  test('finds, fixes, explains, completes and outlines', async () => {
    const { open, initialized } = await start({ options: { rulePages: 'https://x.invalid/rules/' } })
    expect(initialized.capabilities.hoverProvider).toBe(true)
    const found = await open(uri, 'dockerfile', 'FROM alpine as a\nMAINTAINER me\nEXPOSE 80/TCP\n')
    expect(codes(found)).toContain('maintainer-deprecated')
    const deprecated = found.find(({ code }) => code === 'maintainer-deprecated')!
    expect(deprecated).toMatchObject({
      source: 'quayside',
      codeDescription: { href: 'https://x.invalid/rules/maintainer-deprecated.md' },
      data: { aliases: ['MaintainerDeprecated', 'DL4000'] },
    })

    const actions = (await ask('textDocument/codeAction', {
      range: deprecated.range,
      context: { diagnostics: [] },
    })) as CodeAction[]
    expect(actions.some(({ kind, edit }) => kind === 'quickfix' && edit !== undefined)).toBe(true)
    const all = (await ask('textDocument/codeAction', {
      range: deprecated.range,
      context: { diagnostics: [], only: ['source.fixAll'] },
    })) as CodeAction[]
    expect(all.map(({ kind }) => kind)).toEqual(['source.fixAll.quayside'])

    const hover = (await ask('textDocument/hover', at(2, 1))) as Hover
    expect(JSON.stringify(hover.contents)).toContain('EXPOSE')
    const completion = (await ask('textDocument/completion', at(3, 0))) as CompletionList
    expect(completion.items.map(({ label }) => label)).toContain('HEALTHCHECK')
    const help = (await ask('textDocument/signatureHelp', at(2, 7))) as SignatureHelp
    expect(help.signatures[0]?.label).toMatch(/^EXPOSE port/)
    const symbols = (await ask('textDocument/documentSymbol', {})) as SymbolInformation[]
    expect(symbols.map(({ name }) => name)).toEqual(['a'])
    const { data } = (await ask('textDocument/semanticTokens/full', {})) as SemanticTokens
    expect(data.slice(0, 5)).toEqual([0, 0, 4, 0, 0])
  })

  test('is one byte a character for the engine that reads it', () => {
    expect(readFileSync(bundle!.file, 'utf8').match(/[^\0-\x7f]+/g)).toBeNull()
  })

  test('publishes the newest version only', async () => {
    const { open, change, published } = await start()
    await open(uri, 'dockerfile', 'FROM alpine\n')
    const texts = Array.from(
      { length: 20 },
      (_, index) => `FROM alpine\n${'MAINTAINER x\n'.repeat(index + 1)}`,
    )
    const results = texts.map((text, index) => change(uri, index + 2, text))
    await results.at(-1)
    const versions = published.map(({ version }) => version ?? 0)
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    expect(published.at(-1)!.diagnostics.filter(({ code }) => code === 'maintainer-deprecated')).toHaveLength(
      20,
    )
  })

  test('takes settings from the client, and new ones at once', async () => {
    let settings: unknown = { lint: { rules: { DL4000: 'off' } } }
    const { open, change, connection } = await start({
      settings: {},
      prepare: (each) => each.onRequest('workspace/configuration', () => [settings]),
    })
    const text = 'FROM alpine\nMAINTAINER me\n'
    expect(codes(await open(uri, 'dockerfile', text))).not.toContain('maintainer-deprecated')
    settings = { lint: { rules: { 'maintainer-deprecated': 'error' } } }
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
    const found = await change(uri, 2, text)
    expect(found.find(({ code }) => code === 'maintainer-deprecated')?.severity).toBe(1)
  })

  test('asks the client for files and images, and nobody else', async () => {
    const asked: string[] = []
    await start({
      options: { host: ['listFolder', 'images', 'stat', 'readFile'] },
      prepare: (connection) => {
        connection.onRequest('quayside/listFolder', ({ uri: folder }: { uri: string }) => {
          asked.push(folder)
          return [
            { name: 'src', kind: 'folder' },
            { name: 'app.py', kind: 'file', size: 10 },
            { name: 'secret.pem', kind: 'file', size: 1 },
          ]
        })
        connection.onRequest('quayside/images', () => [
          { name: 'my/image:1', id: 'sha256:1', size: 5_000_000, created: 0 },
        ])
        connection.onRequest('quayside/readFile', ({ uri: file }: { uri: string }) =>
          file.endsWith('/.dockerignore') ? '*.pem' : null,
        )
        connection.onRequest('quayside/stat', () => null)
      },
    })
    await server!.open(uri, 'dockerfile', 'FROM my\nCOPY \n')
    const images = (await ask('textDocument/completion', at(0, 7))) as CompletionList
    expect(images.items.map(({ label }) => label)).toContain('my/image:1')
    const paths = (await ask('textDocument/completion', at(1, 5))) as CompletionList
    const labels = paths.items.map(({ label }) => label)
    expect(labels).toEqual(expect.arrayContaining(['src/', 'app.py', '--from']))
    expect(labels).not.toContain('secret.pem')
    expect(asked).toEqual(['file:///ws'])
  })

  test('fetches nothing that a compose file names elsewhere, and calls nothing missing that it may not see', async () => {
    const asked: string[] = []
    const remember = ({ uri: file }: { uri: string }): null => {
      asked.push(file)
      return null
    }
    await start({
      options: { host: ['stat', 'readFile', 'listFolder'] },
      prepare: (connection) => {
        connection.onRequest('quayside/stat', remember)
        connection.onRequest('quayside/readFile', remember)
        connection.onRequest('quayside/listFolder', remember)
      },
    })
    const text = [
      'include:',
      '  - oci://registry.example/shop:1',
      '  - https://example.com/shop.git',
      '  - ../../elsewhere.yaml',
      'services:',
      '  a:',
      '    image: x:1',
      '    env_file: /etc/shadow',
      '    extends: { file: ../../base.yaml, service: b }',
      '    build: https://example.com/app.git',
      '',
    ].join('\n')
    const found = await server!.open('file:///ws/compose.yaml', 'dockercompose', text)
    expect(found.filter(({ severity }) => severity === 1)).toEqual([])
    expect(asked.filter((file) => !file.startsWith('file:///'))).toEqual([])
    expect(asked.filter((file) => /oci|https|\.git/.test(file))).toEqual([])
  })

  test('leaves long texts and those that once ended it alone', async () => {
    const poison = 'FROM alpine\nMAINTAINER me\n'
    const { open, change } = await start({ options: { quarantine: [hashOf(poison)] } })
    const found = await open(uri, 'dockerfile', poison)
    expect(found).toHaveLength(1)
    expect(found[0]!.severity).toBe(3)
    expect(await ask('textDocument/hover', at(0, 1))).toBeNull()
    expect(codes(await change(uri, 2, `${poison}\n`))).toContain('maintainer-deprecated')
    expect(await change(uri, 3, '# long\n'.repeat(200_000))).toHaveLength(1)
    expect(await change(uri, 4, 'BAD x\n'.repeat(2_000))).toHaveLength(500)
  })

  test('tells a client that keeps a quarantine which text each request looks at', async () => {
    const told: string[] = []
    const text = 'FROM alpine\n'
    const { open } = await start({
      options: { quarantine: [] },
      prepare: (connection) => {
        for (const word of ['busy', 'idle'])
          connection.onNotification(`quayside/${word}`, ({ hash }: { hash: string }) => {
            told.push(`${word} ${hash}`)
          })
      },
    })
    await open(uri, 'dockerfile', text)
    const [busy, idle] = [`busy ${hashOf(text)}`, `idle ${hashOf(text)}`]
    expect(told).toEqual([busy, idle])
    await ask('textDocument/hover', at(0, 1))
    await ask('textDocument/documentSymbol', {})
    expect(told).toEqual([busy, idle, busy, idle, busy, idle])
  })

  test('tells which texts a request about a project looks at, and leaves those alone that once ended it', async () => {
    const told: string[] = []
    const texts: Readonly<Record<string, string>> = {
      'file:///p/a.yaml': 'services: {a: {image: "x:1"}}\n',
      'file:///p/b.yaml': 'services: {b: {image: "x:1"}}\n',
      'file:///p/poison.yaml': 'services: {c: {image: "x:1"}}\n',
    }
    const [a, b, poison] = Object.keys(texts) as [string, string, string]
    const { connection } = await start({
      options: { quarantine: [hashOf(texts[poison]!)], host: ['readFile', 'stat'] },
      prepare: (each) => {
        for (const word of ['busy', 'idle'])
          each.onNotification(`quayside/${word}`, ({ hash }: { hash: string }) => {
            told.push(`${word} ${hash}`)
          })
        each.onRequest('quayside/readFile', ({ uri: file }: { uri: string }) => texts[file] ?? null)
        each.onRequest('quayside/stat', ({ uri: file }: { uri: string }) =>
          file in texts ? { kind: 'file' } : file === 'file:///p' ? { kind: 'folder' } : null,
        )
      },
    })
    const services = async (uris: readonly string[]): Promise<unknown> => {
      const graph = await connection.sendRequest<{ services: readonly { name: string }[] } | null>(
        'quayside/serviceGraph',
        { uris },
      )
      return graph?.services.map(({ name }) => name)
    }
    expect(await services([a])).toEqual(['a'])
    expect(await services([a, b])).toEqual(['a', 'b'])
    await expect(services([poison])).rejects.toThrow(/once ended while it read these compose files/)
    expect(
      await connection.sendRequest('quayside/mergedProject', { uris: [a], secrets: false }),
    ).not.toBeNull()
    const [one, both] = [hashOf(texts[a]!), hashOf(`${texts[a]!}\0${texts[b]!}`)]
    expect(told).toEqual([one, both, one].flatMap((hash) => [`busy ${hash}`, `idle ${hash}`]))
  })

  test('looks at one text at a time where the client cannot tell which one ended the server', async () => {
    const told: string[] = []
    let answer = (): void => undefined
    const answered = new Promise<null>((resolve) => (answer = () => resolve(null)))
    const { open, connection } = await start({
      options: { quarantine: [], oneAtATime: true, host: ['readFile'] },
      prepare: (each) => {
        for (const word of ['busy', 'idle'])
          each.onNotification(`quayside/${word}`, (text: { uri: string }) => {
            told.push(`${word} ${text.uri}`)
          })
        each.onRequest('quayside/readFile', () => answered)
      },
    })
    const other = 'file:///else/Dockerfile'
    const first = open(uri, 'dockerfile', 'FROM a:1\n')
    const second = open(other, 'dockerfile', 'FROM b:1\n')
    await expect.poll(() => told).toEqual([`busy ${uri}`])
    await connection.sendRequest('quayside/ping')
    expect(told).toEqual([`busy ${uri}`])
    answer()
    await Promise.all([first, second])
    expect(told).toEqual([`busy ${uri}`, `idle ${uri}`, `busy ${other}`, `idle ${other}`])
  })

  test('finds what it can when the client fails to tell of files and images', async () => {
    const { open } = await start({
      options: { host: ['readFile', 'images', 'buildContext', 'stat'] },
      prepare: (connection) => {
        for (const name of ['readFile', 'images', 'buildContext', 'stat'])
          connection.onRequest(`quayside/${name}`, () => Promise.reject(new Error('gone')))
      },
    })
    const found = await open(uri, 'dockerfile', 'FROM --platform=$BUILDPLATFORM alpine:3\nMAINTAINER me\n')
    expect(codes(found)).toContain('maintainer-deprecated')
  })

  test('knows a text after many small edits as well as one that is opened', async () => {
    const { open, connection } = await start()
    let text = 'FROM alpine AS a\nRUN <<E\necho $X\nE\nCOPY --from=a b c\n'
    await open(uri, 'dockerfile', text)
    const random = generator(7)
    const pieces = ['RUN ', '\n', '\\\n', '<<E', '"', '$X', '#', 'FROM b\r\n', '😀', '']
    for (let version = 2; version < 200; version++) {
      const start = random(text.length + 1)
      const end = Math.min(text.length, start + random(6))
      const newText = pieces[random(pieces.length)]!
      const positions = positionsOf(text)
      // An editor never puts the cursor between CR and LF.
      const range = positions.rangeOf({ start, end })
      const [from, to] = [positions.offsetAt(range.start), positions.offsetAt(range.end)]
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [
          { range: { start: positions.positionAt(from), end: positions.positionAt(to) }, text: newText },
        ],
      })
      text = text.slice(0, from) + newText + text.slice(to)
    }
    const tokens = (document: string): Promise<unknown> =>
      connection.sendRequest('textDocument/semanticTokens/full', { textDocument: { uri: document } })
    const fresh = 'file:///ws/Fresh'
    await open(fresh, 'dockerfile', text)
    expect(await tokens(uri)).toEqual(await tokens(fresh))
  })

  test('serves .dockerignore, and nothing for other languages', async () => {
    const { open, connection } = await start()
    const ignore = 'file:///ws/.dockerignore'
    expect(codes(await open(ignore, 'ignore', 'a\na/b\n[x\n'))).toEqual([
      'dockerignore-dead-line',
      'dockerignore-pattern',
    ])
    const other = 'file:///ws/x.txt'
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: other, languageId: 'plaintext', version: 1, text: 'FROM x' },
    })
    expect(
      await connection.sendRequest('textDocument/hover', {
        textDocument: { uri: other },
        position: { line: 0, character: 1 },
      }),
    ).toBeNull()
  })
})
