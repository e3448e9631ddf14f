import { describe, expect, test } from 'vitest'
import type { Completion } from '../../../../src/language/answers.ts'
import type { Host } from '../../../../src/language/host.ts'
import { dockerfileProvider } from '../../../../src/language/dockerfile/provider.ts'
import { dockerignoreProvider } from '../../../../src/language/dockerignore/provider.ts'
import { defaultSettings } from '../../../../src/language/settings.ts'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { languageContext, memoryHost, sourceDocument, withCursor } from '../../../support/language-context.ts'

async function items(marked: string, host: Partial<Host> = {}): Promise<readonly Completion[]> {
  const { text, offset } = withCursor(marked)
  return (await dockerfileProvider.completion!(sourceDocument(text), offset, languageContext(host))).items
}
const labels = async (marked: string, host: Partial<Host> = {}): Promise<string[]> =>
  (await items(marked, host)).map(({ label }) => label)
/** The text after the item with this label was taken. */
async function taken(marked: string, label: string, host: Partial<Host> = {}): Promise<string> {
  const item = (await items(marked, host)).find((each) => each.label === label)
  return item === undefined ? `no ${label}` : applyEdits(withCursor(marked).text, [item.edit])
}

describe('keywords', () => {
  test('only FROM and ARG before the first FROM', async () => {
    expect(await labels('|')).toEqual(['FROM', 'FROM … AS', 'ARG'])
    expect(await labels('ARG A\nF|')).toEqual(['FROM', 'FROM … AS', 'ARG'])
    expect(await labels('|\nFROM a')).toEqual(['FROM', 'FROM … AS', 'ARG'])
  })
  test('all of them below, without the deprecated one', async () => {
    const found = await labels('FROM a\n|')
    expect(found).toEqual(
      expect.arrayContaining(['RUN', 'RUN <<EOF', 'COPY --from', 'HEALTHCHECK NONE', 'SHELL']),
    )
    expect(found).not.toContain('MAINTAINER')
    expect(await labels('FROM a\nONBUILD |')).not.toContain('ONBUILD')
    expect(await labels('FROM a\nONBUILD |')).toContain('COPY')
  })
  test('as the file writes them', async () => {
    expect(await labels('from a\nrun b\n|')).toContain('copy')
    expect(await taken('from a\nexp|', 'expose')).toBe('from a\nexpose ${1:8080}')
  })
  test('not in heredocs, comments and arguments', async () => {
    expect(await labels('FROM a\nRUN <<E\n|\nE')).toEqual([])
    expect(await labels('FROM a\n# |')).toEqual([])
    expect(await labels('FROM a\nRUN a \\\n  b|')).toEqual([])
  })
  test('directives at the top', async () => {
    expect(await labels('# |')).toEqual(['syntax=', 'escape=', 'check='])
    expect(await labels('# syntax=|')).toEqual(['docker/dockerfile:1', 'docker/dockerfile:1-labs'])
    expect(await labels('# syntax=x\n# |')).toEqual(['escape=', 'check='])
    expect(await labels('FROM a\n# |')).toEqual([])
  })
  test('the checks that a directive can name', async () => {
    expect(await labels('# check=skip=|')).toEqual(expect.arrayContaining(['all', 'StageNameCasing']))
    expect(await labels('# check=error=true;experimental=|')).toEqual([
      'all',
      'CopyIgnoredFile',
      'InvalidDefinitionDescription',
    ])
    expect(await taken('# check=skip=FromAsCasing,Stage|', 'StageNameCasing')).toBe(
      '# check=skip=FromAsCasing,StageNameCasing',
    )
  })
})

describe('in the middle of a word', () => {
  /** The text after the item was taken in place of the whole word. */
  const replaced = async (marked: string, label: string): Promise<string> => {
    const item = (await items(marked)).find((each) => each.label === label)!
    const { range, newText } = item.edit
    return applyEdits(withCursor(marked).text, [
      { range: { start: range.start, end: item.wordEnd ?? range.end }, newText },
    ])
  }
  test.each([
    ['FROM a\nSTOPSIGNAL SIG|INT', 'SIGTERM', 'FROM a\nSTOPSIGNAL SIGTERM'],
    ['FROM no|de:20-x AS y', 'alpine', 'FROM alpine AS y'],
    ['FROM a\nCOPY --ch|own=x a b', '--from', 'FROM a\nCOPY --from=x a b'],
    ['FROM a\nRUN --mount=type=b|ind,target=/x y', 'cache', 'FROM a\nRUN --mount=type=cache,target=/x y'],
    ['FROM --platform=li|nux/386 a', 'linux/amd64', 'FROM --platform=linux/amd64 a'],
    ['FROM a\nARG FOO\nWORKDIR /${F|X}/$FOO', 'FOO', 'FROM a\nARG FOO\nWORKDIR /${FOO}/$FOO'],
    ['FROM a\nARG FOO\nWORKDIR ${F|X:-b}', 'FOO', 'FROM a\nARG FOO\nWORKDIR ${FOO:-b}'],
    ['FROM a\nARG FOO\nRUN a "${F|" b', 'FOO', 'FROM a\nARG FOO\nRUN a "${FOO}" b'],
    ['FROM a\nEX|POSE 80', 'VOLUME', 'FROM a\nVOLUME 80'],
    [
      'FROM a\nLABEL org.opencontainers.image.t|itle="x"',
      'org.opencontainers.image.vendor',
      'FROM a\nLABEL org.opencontainers.image.vendor="x"',
    ],
  ])('%s takes all of it with %s', async (marked, label, expected) => {
    expect(await replaced(marked, label)).toBe(expected)
  })
})

describe('flags', () => {
  test('of every instruction', async () => {
    expect(await labels('FROM a\nCOPY --|')).toEqual([
      '--from',
      '--chown',
      '--chmod',
      '--link',
      '--parents',
      '--exclude',
    ])
    expect(await labels('FROM a\nRUN --|')).toEqual(['--mount', '--network', '--security', '--device'])
    expect(await labels('FROM a\nADD --checksum=x --|')).toEqual([
      '--keep-git-dir',
      '--chown',
      '--chmod',
      '--link',
      '--unpack',
      '--exclude',
    ])
    expect(await labels('FROM --|')).toEqual(['--platform'])
    expect(await labels('FROM a\nHEALTHCHECK --|')).toContain('--start-interval')
    expect(await labels('FROM a\nONBUILD COPY --|')).toContain('--from')
    expect(await taken('FROM a\nCOPY --fr|', '--from')).toBe('FROM a\nCOPY --from=')
    expect(await labels('FROM a\nCOPY a --|')).not.toContain('--from')
  })
  test('not by themselves behind RUN, where a command is typed', async () => {
    const { text, offset } = withCursor('FROM a\nRUN |')
    const asked = async (typed?: string): Promise<number> =>
      (await dockerfileProvider.completion!(sourceDocument(text), offset, languageContext(), typed)).items
        .length
    expect(await asked(' ')).toBe(0)
    expect(await asked()).toBe(4)
  })
  test('and their values', async () => {
    expect(await labels('FROM --platform=|')).toContain('$BUILDPLATFORM')
    expect(await labels('FROM a\nRUN --network=|')).toEqual(['default', 'none', 'host'])
    expect(await labels('FROM a AS b\nFROM c\nCOPY --from=|')).toEqual(expect.arrayContaining(['b']))
    expect(await labels('FROM a\nFROM c\nCOPY --from=|')).toEqual(expect.arrayContaining(['0']))
    expect(await labels('FROM a\nCOPY --from=|')).not.toContain('scratch')
  })
  test('the parts of mounts', async () => {
    expect(await labels('FROM a\nRUN --mount=|')).toEqual(['type='])
    expect(await labels('FROM a\nRUN --mount=type=|')).toEqual(['bind', 'cache', 'secret', 'ssh', 'tmpfs'])
    expect(await labels('FROM a\nRUN --mount=type=secret,|')).toEqual([
      'id=',
      'target=',
      'env=',
      'required=',
      'mode=',
      'uid=',
      'gid=',
    ])
    expect(await labels('FROM a\nRUN --mount=type=secret,id=x,|')).not.toContain('id=')
    expect(await labels('FROM a\nRUN --mount=type=cache,sharing=|')).toEqual(['shared', 'private', 'locked'])
    expect(await labels('FROM a\nRUN --mount=type=cache,target=|')).toContain('/root/.npm')
    expect(await labels('FROM a AS b\nFROM c\nRUN --mount=type=bind,from=|')).toContain('b')
    expect(await labels('FROM a\nRUN --mount=type=bind,source=|', memoryHost({ 'src/a': '' }))).toEqual([
      'src/',
    ])
    expect(await taken('FROM a\nRUN --mount=type=ca|', 'cache')).toBe('FROM a\nRUN --mount=type=cache')
  })
})

describe('stages and images', () => {
  const images = (): ReturnType<Host['images']> =>
    Promise.resolve([
      { name: 'me/app:1', id: '1', size: 1, created: 0 },
      { name: 'me/app:2', id: '2', size: 1, created: 0 },
      { name: '<none>:<none>', id: '3', size: 1, created: 0 },
    ])
  test('in FROM', async () => {
    expect(await labels('FROM a AS one\nFROM |', { images })).toEqual(
      expect.arrayContaining(['one', 'me/app:1', 'alpine', 'scratch']),
    )
    expect(await labels('FROM |', { images })).not.toContain('<none>:<none>')
    expect(await labels('FROM me/app:|', { images })).toEqual(['me/app:1', 'me/app:2'])
    expect(await labels('FROM a AS one\nFROM me/app:|', { images })).toEqual(['me/app:1', 'me/app:2'])
    expect(await taken('FROM me/|', 'me/app:2', { images })).toBe('FROM me/app:2')
    expect(await labels('FROM a |')).toEqual(['AS'])
    expect(await labels('FROM a AS |')).toEqual([])
  })
  test('tags of registries only where they are allowed', async () => {
    let asked = 0
    const host: Partial<Host> = { registryTags: () => Promise.resolve([`t${++asked}`]) }
    expect(await labels('FROM node:|', host)).toEqual([])
    expect(asked).toBe(0)
    const { text, offset } = withCursor('FROM node:|')
    const settings = { ...defaultSettings, registryCompletion: true }
    const found = await dockerfileProvider.completion!(
      sourceDocument(text),
      offset,
      languageContext(host, { settings }),
    )
    expect(found.items.map(({ label }) => label)).toEqual(['node:t1'])
  })
})

describe('variables', () => {
  test('those that are seen there', async () => {
    expect(
      await labels('ARG G=1\nFROM a AS s\nARG A=2\nENV E=3\nFROM s\nENV F=4\nRUN echo $|\nENV L=5'),
    ).toEqual(['F', 'A', 'E', 'HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'])
    expect(await labels('ARG G=1\nFROM a:${|')).toEqual(expect.arrayContaining(['G', 'TARGETPLATFORM']))
    expect(await taken('ARG G=1\nFROM a:${|', 'G')).toBe('ARG G=1\nFROM a:${G}')
    expect(await taken('ARG G=1\nFROM a:${|}', 'G')).toBe('ARG G=1\nFROM a:${G}')
    expect(await labels('FROM a\nENV E=1\nRUN <<X\necho "$|\nX')).toContain('E')
  })
  test('what ARG may declare', async () => {
    expect(await labels('ARG G=1\nFROM a\nARG |')).toEqual(expect.arrayContaining(['G', 'TARGETARCH']))
    expect(await labels('ARG G=1\nFROM a\nARG G\nARG |')).not.toContain('G')
  })
})

describe('paths', () => {
  const files = {
    'src/app.py': '',
    'src/x.log': '',
    'a b': '',
    'requirements.txt': 'x',
    '.dockerignore': '**/*.log\nsecret\n',
    secret: '',
  }
  test('of the build context, without what is ignored', async () => {
    expect(
      (await labels('FROM a\nCOPY |', memoryHost(files))).filter((label) => !label.startsWith('--')),
    ).toEqual(['src/', 'requirements.txt', '.dockerignore'])
    expect(await labels('FROM a\nCOPY src/|', memoryHost(files))).toEqual(['app.py'])
    expect(await taken('FROM a\nCOPY ./src/a|', 'app.py', memoryHost(files))).toBe(
      'FROM a\nCOPY ./src/app.py',
    )
    expect(await labels('FROM a\nCOPY --from=b x|', memoryHost(files))).toEqual([])
  })
  test('in the JSON form', async () => {
    expect(await taken('FROM a\nCOPY ["src/a|", "/x"]', 'app.py', memoryHost(files))).toBe(
      'FROM a\nCOPY ["src/app.py", "/x"]',
    )
    expect(await taken('FROM a\nCOPY ["src/app.py","r|', 'requirements.txt', memoryHost(files))).toBe(
      'FROM a\nCOPY ["src/app.py","requirements.txt',
    )
    expect(await labels('FROM a\nCOPY ["src"|', memoryHost(files))).toEqual([])
  })
  test('the working directory as a destination', async () => {
    expect(await labels('FROM a\nWORKDIR /app\nCOPY x |', memoryHost(files))).toEqual(
      expect.arrayContaining(['./', '/app/']),
    )
  })
  test('the nearest folder above that has what the file copies', async () => {
    const { text, offset } = withCursor('FROM a\nCOPY package.json src ./\nCOPY |')
    const doc = sourceDocument(text, 'dockerfile', 'file:///ws/deploy/docker/Dockerfile')
    const host = memoryHost({ 'package.json': '', 'src/a': '', 'deploy/docker/Dockerfile': '' })
    const found = await dockerfileProvider.completion!(doc, offset, languageContext(host))
    expect(found.items.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['src/', 'package.json', 'deploy/']),
    )
  })
  test('a context of its own', async () => {
    const host = { ...memoryHost({ 'sub/x.txt': '' }), buildContext: () => Promise.resolve('file:///ws/sub') }
    expect(await labels('FROM a\nCOPY x|', host)).toEqual(['x.txt'])
  })
})

test('values of other instructions', async () => {
  expect(await labels('FROM a\nEXPOSE 80/|')).toEqual(['tcp', 'udp', 'sctp'])
  expect(await labels('FROM a\nSTOPSIGNAL |')).toContain('SIGQUIT')
  expect(await labels('FROM a\nHEALTHCHECK |')).toEqual(expect.arrayContaining(['CMD', 'NONE', '--interval']))
  expect(await labels('FROM a\nLABEL |')).toContain('org.opencontainers.image.source')
  expect(await labels('FROM a\nSHELL |')).toContain('["/bin/bash", "-o", "pipefail", "-c"]')
})

test('an ignore file: the entries of the folder, and what is usually left out', async () => {
  const { text, offset } = withCursor('# x\n!src/|')
  const doc = sourceDocument(text, 'dockerignore', 'file:///ws/.dockerignore')
  const host = memoryHost({ 'src/a[1].txt': '', 'src/b/c': '' })
  const found = await dockerignoreProvider.completion!(doc, offset, languageContext(host))
  expect(found.items.map(({ label, edit }) => [label, edit.newText])).toEqual([
    ['a[1].txt', 'a\\[1].txt'],
    ['b/', 'b/'],
  ])
  const start = await dockerignoreProvider.completion!(
    sourceDocument('', 'dockerignore'),
    0,
    languageContext(host),
  )
  expect(start.items.map(({ label }) => label)).toEqual(expect.arrayContaining(['src/', '**/node_modules']))
})
