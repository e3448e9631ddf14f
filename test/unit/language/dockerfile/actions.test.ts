import { describe, expect, test } from 'vitest'
import { dockerfileProvider } from '../../../../src/language/dockerfile/provider.ts'
import type { Host } from '../../../../src/language/host.ts'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { languageContext, sourceDocument } from '../../../support/language-context.ts'

/** The text after the action whose title starts like this, at the place between two `|` or at the one `|`. */
async function act(marked: string, title: string, host: Partial<Host> = {}): Promise<string | undefined> {
  const [before = '', inside = '', after] = marked.split('|')
  const text = before + inside + (after ?? '')
  const range = { start: before.length, end: before.length + (after === undefined ? 0 : inside.length) }
  const actions = await dockerfileProvider.codeActions!(sourceDocument(text), range, languageContext(host))
  const action = actions.find((each) => each.title.startsWith(title))
  return action && applyEdits(text, action.edits)
}

describe('forms', () => {
  test.each([
    ['CMD| a "b c" \'d\'', 'CMD ["a", "b c", "d"]'],
    ['HEALTHCHECK| CMD a b', 'HEALTHCHECK CMD ["a", "b"]'],
    ['CMD| a $b', undefined],
    ['CMD| a && b', undefined],
    ['CMD| a > b', undefined],
    ['CMD| a *.c', undefined],
    ['CMD| cd x', undefined],
    ['CMD| A=1 b', undefined],
  ])('%s as JSON', async (marked, expected) => {
    expect(await act(marked, 'Write as a JSON array')).toBe(expected)
  })

  test.each([
    ['CMD| ["a", "b c", "it\'s"]', "CMD a 'b c' 'it'\\''s'"],
    ['CMD| ["sh", "-c", "a && b"]', 'CMD a && b'],
    ['CMD| []', undefined],
  ])('%s for the shell', async (marked, expected) => {
    expect(await act(marked, 'Write as a command for the shell')).toBe(expected)
  })
})

test.each([
  ['FROM a\n|RUN a \\\n  # why\n  b\nRUN \\\n  # too\n  c|\n', 'Merge'],
  ['FROM a\nRUN| a b # why, too\n', 'Write as a JSON array'],
  ['FROM a\nRUN| a # why \\\n  too\n', 'Write as a JSON array'],
  ['FROM a\nCMD| a \\\n  # why\n  # too\n  b\n', 'Write as a JSON array'],
  ['FROM a\nCMD| ["a", \\\n  # why\n  # too\n  "b"]\n', 'Write as a command for the shell'],
])('the comments in %j stay', async (marked, title) => {
  const text = await act(marked, title)
  for (const comment of text === undefined ? [] : ['why', 'too'])
    expect(text).toMatch(new RegExp(`# .*${comment}`))
})

describe('RUN', () => {
  test('is merged with the next one, comments kept', async () => {
    expect(await act('FROM a\nRUN b|\n# why\nRUN c\n', 'Merge with the next')).toBe(
      'FROM a\nRUN b \\\n    # why\n    && c\n',
    )
    expect(await act('FROM a\n|RUN b\nRUN c\nRUN d|\n', 'Merge the RUNs')).toBe(
      'FROM a\nRUN b \\\n    && c \\\n    && d\n',
    )
  })
  test.each([
    'RUN b|\nUSER x\nRUN c',
    'RUN b|\nRUN --network=none c',
    'RUN b || d|\nRUN c',
    'RUN <<E|\nE\nRUN c',
    'RUN b|\nRUN ["c"]',
    'RUN b|; d\nRUN c',
    'RUN cd b|\nRUN c',
    'RUN export A=b|\nRUN c',
    'SHELL ["powershell", "-Command"]\nRUN b|\nRUN c',
  ])('%j is not', async (text) => {
    expect(await act(`FROM a\n${text}`, 'Merge')).toBeUndefined()
  })
  test('is split at &&', async () => {
    expect(
      await act('FROM a\nRUN --network=none b &&| \\\n    c | d && e\n'.replace('c | d', 'c'), 'Split'),
    ).toBe('FROM a\nRUN --network=none b\nRUN --network=none c\nRUN --network=none e\n')
    expect(await act('FROM a\nRUN cd x &&| b\n', 'Split')).toBeUndefined()
    expect(await act('FROM a\nRUN b || c &&| d\n', 'Split')).toBeUndefined()
  })
  test('gets its packages sorted', async () => {
    expect(await act('FROM a\nRUN apt-get update && apt-get install -y| zlib curl git && x\n', 'Sort')).toBe(
      'FROM a\nRUN apt-get update && apt-get install -y \\\n    curl \\\n    git \\\n    zlib && x\n',
    )
    expect(await act('FROM a\nRUN apk add |\\\n  zlib \\\n  curl\n', 'Sort')).toBe(
      'FROM a\nRUN apk add \\\n  curl \\\n  zlib\n',
    )
    expect(await act('FROM a\nRUN apk add -t| .deps gcc g++\n', 'Sort')).toBe(
      'FROM a\nRUN apk add -t .deps \\\n    g++ \\\n    gcc\n',
    )
    expect(await act('FROM a\nRUN apk add| \\\n    a \\\n    b\n', 'Sort')).toBeUndefined()
    expect(await act('FROM a\nRUN apk add| \\\n    b \\\n    # why\n    a\n', 'Sort')).toBeUndefined()
  })
  test('gets a cache mount', async () => {
    expect(await act('FROM a\nRUN| pip install --no-cache-dir -r x\n', 'Cache what pip')).toBe(
      'FROM a\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r x\n',
    )
    expect(await act('FROM a\nRUN| npm ci\n', 'Cache what npm')).toBe(
      'FROM a\nRUN --mount=type=cache,target=/root/.npm npm ci\n',
    )
    expect(await act('FROM a\nRUN --mount=type=cache,target=/root/.npm| npm ci\n', 'Cache')).toBeUndefined()
    expect(await act('FROM a\nRUN| npm run x\n', 'Cache')).toBeUndefined()
    expect(await act('FROM a\nRUN| apk add --no-cache git\n', 'Cache what apk')).toBe(
      'FROM a\nRUN --mount=type=cache,target=/etc/apk/cache,sharing=locked apk add git\n',
    )
  })
  test('gets no second one beside that of a folder above, or of its own name', async () => {
    expect(
      await act('FROM a\nRUN --mount=type=cache,target=/root/.cache/| pip install x\n', 'Cache'),
    ).toBeUndefined()
    expect(
      await act('FROM a\nRUN --mount=type=cache,id=pnpm,target=/pnpm/store| pnpm install\n', 'Cache'),
    ).toBeUndefined()
    expect(await act('FROM a\nRUN --mount=type=bind,target=/npm| npm ci\n', 'Cache what npm')).toBe(
      'FROM a\nRUN --mount=type=cache,target=/root/.npm --mount=type=bind,target=/npm npm ci\n',
    )
  })
})

describe('stages', () => {
  test('are split, references going to the lower part', async () => {
    expect(
      await act('FROM a AS app\nRUN b\n# why\nRUN c|\nFROM x\nCOPY --from=app y z\n', 'Make what is above'),
    ).toBe('FROM a AS app-base\nRUN b\n\nFROM app-base AS app\n# why\nRUN c\nFROM x\nCOPY --from=app y z\n')
    expect(await act('FROM a\nRUN b\nRUN c|\n', 'Make what is above')).toBe(
      'FROM a AS base\nRUN b\n\nFROM base\nRUN c\n',
    )
  })
  test.each([
    'FROM a\nRUN b|\n',
    'FROM a\nARG V=1\nRUN b\nRUN $V|\n',
    'FROM a\nRUN b\nRUN c|\nFROM d\nCOPY --from=0 x y\n',
  ])('%j is not', async (marked) => {
    expect(await act(marked, 'Make what is above')).toBeUndefined()
  })
})

test('the digest of a local image is pinned', async () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const host: Partial<Host> = {
    images: () => Promise.resolve([{ name: 'node:20', id: 'x', size: 1, created: 0, digest }]),
  }
  expect(await act('FROM| node:20 AS b', 'Pin', host)).toBe(`FROM node:20@${digest} AS b`)
  expect(await act('FROM| docker.io/library/node:20', 'Pin', host)).toBe(
    `FROM docker.io/library/node:20@${digest}`,
  )
  expect(await act('FROM| node:$V', 'Pin', host)).toBeUndefined()
  expect(await act('FROM| alpine', 'Pin', host)).toBeUndefined()
})

test('a tag that the engine has is offered for an image without one, the newest first', async () => {
  const image = (name: string, created: number) => ({ name, id: name, size: 1, created })
  const images = [
    image('node:18', 1),
    image('docker.io/library/node:22-slim', 3),
    image('node:latest', 4),
    image('x/node:1', 5),
  ]
  const host: Partial<Host> = { images: () => Promise.resolve(images) }
  expect(await act('FROM| node AS b', 'Use the local tag', host)).toBe('FROM node:22-slim AS b')
  expect(await act('FROM| node:latest', 'Use the local tag `18`', host)).toBe('FROM node:18')
  for (const text of ['FROM| node:20', 'FROM| scratch', 'FROM| $N', 'FROM a AS node\nFROM| node'])
    expect(await act(text, 'Use the local tag', host)).toBeUndefined()
})
