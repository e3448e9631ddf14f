import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/language/answers.ts'
import { cachedHost } from '../../../src/language/cached-host.ts'
import { hashOf } from '../../../src/language/hash.ts'
import { noHost, type Host } from '../../../src/language/host.ts'
import { dockerfileProvider } from '../../../src/language/dockerfile/provider.ts'
import { dockerignoreProvider } from '../../../src/language/dockerignore/provider.ts'
import { diagnose, languageOf, quickFixes } from '../../../src/language/service.ts'
import { defaultSettings, readSettings, rulesFor } from '../../../src/language/settings.ts'
import { decodePath, folderOf, join, nameOf, relativePath } from '../../../src/language/uri.ts'
import { formatSize } from '../../../src/language/units.ts'
import { applyEdits } from '../../../src/shared/text-range.ts'
import { languageContext, memoryHost, sourceDocument } from '../../support/language-context.ts'

async function looks(
  text: string,
  host: Partial<Host> = {},
  settings = defaultSettings,
): Promise<readonly Diagnostic[][]> {
  const all: Diagnostic[][] = []
  const doc = sourceDocument(text, 'dockerfile', 'file:///ws/a/b/Dockerfile')
  for await (const found of diagnose(doc, languageContext(host, { settings }))) all.push([...found])
  return all
}
const rules = (found: readonly Diagnostic[] | undefined): string[] => (found ?? []).map(({ rule }) => rule)

describe('findings', () => {
  const text = 'FROM alpine:3\nMAINTAINER me\n'

  test('take their levels from the settings, per file too', async () => {
    const of = async (lint: object): Promise<string[]> =>
      (await looks(text, {}, readSettings({ lint })))[0]!.map(({ rule, severity }) => `${rule} ${severity}`)
    expect(await of({})).toContain('maintainer-deprecated warning')
    expect(await of({ rules: { DL4000: 'error' } })).toContain('maintainer-deprecated error')
    expect(
      await of({ overrides: [{ files: 'Dockerfile', rules: { 'maintainer-deprecated': 'hint' } }] }),
    ).toContain('maintainer-deprecated hint')
    expect(
      await of({ overrides: [{ files: '**/c/*', rules: { 'maintainer-deprecated': 'hint' } }] }),
    ).toContain('maintainer-deprecated warning')
    expect(await of({ enabled: false })).toEqual([])
  })

  test('honour a .hadolint.yaml in a folder above', async () => {
    const host = memoryHost({ 'a/.hadolint.yaml': 'ignored: [DL4000]' })
    expect(rules((await looks(text, host))[0])).not.toContain('maintainer-deprecated')
    const nearer = memoryHost({
      'a/.hadolint.yaml': 'ignored: [DL4000]',
      'a/b/.hadolint.yml': 'ignored: [DL3006]',
    })
    expect(rules((await looks(text, nearer))[0])).toContain('maintainer-deprecated')
    const off = readSettings({ lint: { hadolintConfig: false } })
    expect(rules((await looks(text, host, off))[0])).toContain('maintainer-deprecated')
  })

  test('know what .dockerignore leaves out', async () => {
    const copy = 'FROM alpine:3\nCOPY secret.pem /x\n'
    expect(rules((await looks(copy, memoryHost({ 'a/b/.dockerignore': '**/*.pem' })))[0])).toContain(
      'copy-ignored-file',
    )
    expect(
      rules(
        (
          await looks(
            copy,
            memoryHost({ 'a/b/Dockerfile.dockerignore': 'x', 'a/b/.dockerignore': '**/*.pem' }),
          )
        )[0],
      ),
    ).not.toContain('copy-ignored-file')
  })

  test('tell of a base image on the engine that is for another platform', async () => {
    const asked: string[] = []
    const host: Partial<Host> = {
      images: () => Promise.resolve([{ name: 'alpine:3', id: 'sha256:1', size: 1, created: 0 }]),
      imagePlatform: (id) => {
        asked.push(id)
        return Promise.resolve('linux/amd64')
      },
    }
    const arm = 'ARG V=3\nFROM --platform=linux/arm64 alpine:$V\nFROM --platform=linux/arm64 debian:12\n'
    const [found] = await looks(arm, host)
    expect(rules(found)).toContain('invalid-base-image-platform')
    expect(found!.filter(({ rule }) => rule === 'invalid-base-image-platform')).toHaveLength(1)
    expect(asked).toEqual(['sha256:1'])
    const [amd] = await looks(arm.replaceAll('arm64', 'amd64'), host)
    expect(rules(amd)).not.toContain('invalid-base-image-platform')
    // A stage hides the image of its name.
    const [stage] = await looks('FROM x:1 AS alpine\nFROM --platform=linux/arm64 alpine\n', {
      ...host,
      images: () => Promise.resolve([{ name: 'alpine:latest', id: 'sha256:1', size: 1, created: 0 }]),
    })
    expect(rules(stage)).not.toContain('invalid-base-image-platform')
    expect(await looks('FROM alpine:3\n', { images: () => Promise.reject(new Error('asked')) })).toHaveLength(
      1,
    )
  })

  test('come again with those of ShellCheck, where it answers', async () => {
    const script = 'FROM alpine:3\nRUN echo $X && \\\n  ls $(pwd)\n'
    const comment = {
      file: '-',
      line: 1,
      endLine: 1,
      column: 6,
      endColumn: 8,
      level: 'info',
      code: 2086,
      message: 'Quote it.',
      fix: null,
    }
    const asked: string[] = []
    const shellCheck: Host['shellCheck'] = (request) => {
      if (request.script === '') return Promise.resolve('{"comments":[]}')
      asked.push(request.script)
      const offset = request.script.split('\n').findIndex((line) => line.includes('echo')) + 1
      return Promise.resolve(JSON.stringify({ comments: [{ ...comment, line: offset, endLine: offset }] }))
    }
    const [first, second] = await looks(script, { shellCheck })
    expect(rules(first)).not.toContain('SC2086')
    expect(rules(second)).toContain('SC2086')
    const { range } = second!.find(({ rule }) => rule === 'SC2086')!
    expect(script.slice(range.start, range.end)).toBe('$X')
    expect(asked).toHaveLength(1)
    // What is typed elsewhere does not take it away until the program has answered again.
    const [next] = await looks(`${script}EXPOSE 80\n`, { shellCheck })
    expect(rules(next)).toContain('SC2086')
    expect(await looks(script)).toHaveLength(1)
    expect(await looks(script, { shellCheck }, readSettings({ lint: { shellCheck: false } }))).toHaveLength(1)
  })

  test('bring their fixes, one for all of a kind, and comments that turn them off', async () => {
    const [found] = await looks('FROM alpine:3\nEXPOSE 80/TCP\nEXPOSE 81/UDP\n')
    const doc = sourceDocument('FROM alpine:3\nEXPOSE 80/TCP\nEXPOSE 81/UDP\n')
    const mine = found!.filter(({ rule }) => rule === 'expose-proto-casing')
    expect(mine).toHaveLength(2)
    const actions = quickFixes(doc, dockerfileProvider, mine[0]!.range, mine)
    expect(actions.map(({ edits }) => applyEdits(doc.text, edits).split('\n').slice(1).join('|'))).toEqual(
      expect.arrayContaining([
        'EXPOSE 80/tcp|EXPOSE 81/UDP|',
        'EXPOSE 80/tcp|EXPOSE 81/udp|',
        '# quayside ignore=expose-proto-casing|EXPOSE 80/TCP|EXPOSE 81/UDP|',
      ]),
    )
    expect(actions[0]!.preferred).toBe(true)
  })

  test('are mended all at once', async () => {
    const doc = sourceDocument('FROM alpine:3\nMAINTAINER me\nEXPOSE 80/TCP\n')
    const edits = await dockerfileProvider.fixAll!(doc, languageContext())
    expect(applyEdits(doc.text, edits)).toBe(
      'FROM alpine:3\nLABEL org.opencontainers.image.authors="me"\nEXPOSE 80/tcp\n',
    )
  })
})

describe('an ignore file', () => {
  test('says what a line leaves out of the context', async () => {
    const doc = sourceDocument('**/*.log\n!keep.log\nnone\n', 'dockerignore', 'file:///ws/.dockerignore')
    const host = memoryHost({
      'a.log': 'x'.repeat(1_500),
      'd/b.log': 'x'.repeat(500),
      'keep.log': '',
      'app.py': 'xx',
      '.dockerignore': '',
    })
    const hover = async (offset: number): Promise<string | undefined> =>
      (await dockerignoreProvider.hover!(doc, offset, languageContext(host)))?.markdown
    expect(await hover(1)).toContain('leaves out 2 files, 2kB')
    expect(await hover(1)).toContain('The build context: 3 files, 2B')
    expect(await hover(10)).toContain('brings back 1 file, 0B')
    expect(await hover(20)).toContain('leaves out 0 files')
  })
})

describe('languages', () => {
  test.each([
    ['dockerfile', 'file:///Dockerfile', 'dockerfile'],
    ['dockercompose', 'file:///compose.yml', 'compose'],
    ['yaml', 'file:///x/docker-compose.prod.yaml', 'compose'],
    ['yaml', 'file:///x/compose-dev.yml', 'compose'],
    ['yaml', 'file:///x/composer.yml', undefined],
    ['yaml', 'file:///x/composer-install.yml', undefined],
    ['yaml', 'file:///x/values.yaml', undefined],
    ['ignore', 'file:///x/.dockerignore', 'dockerignore'],
    ['ignore', 'file:///x/.gitignore', undefined],
    ['plaintext', 'file:///x/Dockerfile', undefined],
  ])('%s %s', (id, uri, expected) => {
    expect(languageOf(id, uri, '')).toBe(expected)
  })

  test('a workflow with the name of a compose file is none; a compose file in its folder is one', () => {
    const uri = 'file:///x/.github/workflows/docker-compose.yml'
    const workflow = 'on: push\njobs:\n  a:\n    runs-on: x\n    services:\n      db:\n        image: x\n'
    for (const id of ['yaml', 'dockercompose']) {
      expect(languageOf(id, uri, workflow)).toBeUndefined()
      expect(languageOf(id, uri, 'services:\n  a: {image: x}\n')).toBe('compose')
    }
    expect(languageOf('dockercompose', 'file:///x/docker-compose.yml', workflow)).toBe('compose')
  })
})

describe('settings', () => {
  test('of the wrong type keep their default', () => {
    expect(readSettings(null)).toEqual(defaultSettings)
    expect(
      readSettings({
        lint: { enabled: 'yes', rules: { a: 'loud', b: 'off' }, overrides: [{}, 1] },
        format: { keywordCase: 1 },
      }),
    ).toEqual({ ...defaultSettings, lint: { ...defaultSettings.lint, rules: { b: 'off' } } })
    const hostile = JSON.parse('{"lint":{"rules":{"__proto__":"off"}}}') as unknown
    expect(Object.getPrototypeOf(rulesFor(readSettings(hostile), 'file:///x'))).toBe(Object.prototype)
  })
})

describe('addresses', () => {
  test('are joined and taken apart', () => {
    expect(folderOf('file:///c%3A/a/b.txt')).toBe('file:///c%3A/a')
    expect(nameOf('file:///a/b%20c')).toBe('b c')
    expect(join('file:///a/b', '../c d/./e')).toBe('file:///a/c%20d/e')
    expect(join('file:///a', '../../x')).toBeUndefined()
    expect(join('file:///a', 'b\ud800😀')).toBe('file:///a/b%EF%BF%BD%F0%9F%98%80')
    expect(join('vscode-remote://host+x/a', 'b')).toBe('vscode-remote://host+x/a/b')
    expect(relativePath('file:///a', 'file:///a/b%20c')).toBe('b c')
    expect(relativePath('file:///a', 'file:///ab')).toBeUndefined()
    expect(decodePath('file:///a%2Fb')).toBe('/a/b')
  })
})

test('sizes are written as the docker CLI does', () => {
  expect([0, 999, 1_000, 1_234_567, 123_456_789, 5e12].map(formatSize)).toEqual([
    '0B',
    '999B',
    '1kB',
    '1.23MB',
    '123MB',
    '5TB',
  ])
})

test('a text is known again by its hash', () => {
  expect(hashOf('a')).toBe(hashOf('a'))
  expect(new Set(['', 'a', 'b', 'ab', 'ba', 'a\0'].map(hashOf)).size).toBe(6)
})

test('the host is asked once for the same thing, until its answer is old or cleared', async () => {
  let now = 0
  let asked = 0
  const host = cachedHost({ ...noHost, readFile: () => Promise.resolve(String(++asked)) }, () => now)
  const { signal } = new AbortController()
  expect([await host.readFile('a', signal), await host.readFile('a', signal)]).toEqual(['1', '1'])
  now += 60_000
  expect(await host.readFile('a', signal)).toBe('2')
  host.clear()
  expect(await host.readFile('a', signal)).toBe('3')
  const failing = cachedHost({ ...noHost, stat: () => Promise.reject(new Error('gone')) }, () => now)
  await expect(failing.stat('a', signal)).rejects.toThrow('gone')
})

test('a registry that does not tell is asked again before long, one that does is not', async () => {
  let now = 0
  let asked = 0
  const answers = [undefined, ['1']]
  const registryTags = (): Promise<readonly string[] | undefined> => Promise.resolve(answers[asked++])
  const host = cachedHost({ ...noHost, registryTags }, () => now)
  const { signal } = new AbortController()
  expect(await host.registryTags('a', signal)).toBeUndefined()
  now += 10_000
  expect(await host.registryTags('a', signal)).toBeUndefined()
  expect(asked).toBe(1)
  now += 25_000
  expect(await host.registryTags('a', signal)).toEqual(['1'])
  now += 200_000
  expect(await host.registryTags('a', signal)).toEqual(['1'])
  expect(asked).toBe(2)
})

test('a script that somebody gave up is checked anew for the next one', async () => {
  const answers: ((output: string) => void)[] = []
  const shellCheck: Host['shellCheck'] = () => new Promise((resolve) => answers.push(resolve))
  const host = cachedHost({ ...noHost, shellCheck }, () => 0)
  const script = { script: 'a', shell: 'sh', exclude: [] } as const
  const first = new AbortController()
  const given = host.shellCheck(script, first.signal)
  first.abort()
  const { signal } = new AbortController()
  const wanted = host.shellCheck(script, signal)
  expect(answers).toHaveLength(2)
  answers.forEach((answer, index) => {
    answer(String(index))
  })
  expect([await given, await wanted]).toEqual(['0', '1'])
  expect(await host.shellCheck(script, signal)).toBe('1')
})

test('a script that two wait for is checked to the end when one of them gives up, and no longer when both do', async () => {
  const asked: { readonly signal: AbortSignal; readonly answer: (output: string) => void }[] = []
  const shellCheck: Host['shellCheck'] = (_script, signal) =>
    new Promise((answer) => asked.push({ signal, answer }))
  const host = cachedHost({ ...noHost, shellCheck }, () => 0)
  const script = { script: 'a', shell: 'sh', exclude: [] } as const
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()]
  void host.shellCheck(script, first.signal)
  const wanted = host.shellCheck(script, second.signal)
  first.abort()
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([false])
  const joined = host.shellCheck(script, third.signal)
  asked[0]!.answer('findings')
  expect([await wanted, await joined]).toEqual(['findings', 'findings'])
  second.abort()
  expect(await host.shellCheck(script, third.signal)).toBe('findings')
  expect(asked).toHaveLength(1)

  const other = { ...script, script: 'b' }
  const both = [new AbortController(), new AbortController()]
  for (const { signal } of both) void host.shellCheck(other, signal)
  for (const each of both) each.abort()
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([false, true])
})
