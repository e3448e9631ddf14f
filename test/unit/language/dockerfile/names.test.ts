import { describe, expect, test } from 'vitest'
import { dockerfileProvider } from '../../../../src/language/dockerfile/provider.ts'
import { applyEdits, type TextRange } from '../../../../src/shared/text-range.ts'
import { languageContext, memoryHost, sourceDocument, withCursor } from '../../../support/language-context.ts'

const context = languageContext()
const uri = 'file:///ws/Dockerfile'

/** The text with «marks» around ranges. */
function mark(text: string, ranges: readonly TextRange[]): string {
  let result = text
  for (const { start, end } of [...ranges].sort((a, b) => b.start - a.start))
    result = `${result.slice(0, start)}«${result.slice(start, end)}»${result.slice(end)}`
  return result
}

async function references(marked: string, includeDeclaration = true): Promise<string> {
  const { text, offset } = withCursor(marked)
  const found = await dockerfileProvider.references!(
    sourceDocument(text),
    offset,
    includeDeclaration,
    context,
  )
  return mark(
    text,
    found.map(({ range }) => range),
  )
}

async function definition(marked: string): Promise<string> {
  const { text, offset } = withCursor(marked)
  const found = await dockerfileProvider.definition!(sourceDocument(text), offset, context)
  return mark(
    text,
    found.map(({ range }) => range),
  )
}

async function rename(marked: string, newName: string): Promise<string | undefined> {
  const { text, offset } = withCursor(marked)
  const found = await dockerfileProvider.rename!(sourceDocument(text), offset, newName, context)
  if (found === undefined) return undefined
  return 'refused' in found ? `refused: ${found.refused}` : applyEdits(text, found.edits[uri] ?? [])
}

describe('stages', () => {
  const text =
    'FROM a AS Build\nFROM build AS two\nCOPY --from=build x y\nRUN --mount=type=bind,from=BUILD,target=/x z\nFROM c\nCOPY --from=0 x y\nCOPY --from=two x y\n'
  const at = (word: string): string => text.replace(word, `|${word}`)

  test('are followed by name and number', async () => {
    const all =
      'FROM a AS «Build»\nFROM «build» AS two\nCOPY --from=«build» x y\nRUN --mount=type=bind,from=«BUILD»,target=/x z\nFROM c\nCOPY --from=«0» x y\nCOPY --from=two x y\n'
    expect(await references(at('Build'))).toBe(all)
    expect(await references(at('BUILD'))).toBe(all)
    expect(await references(at('0 x'))).toBe(all)
    expect(await definition(at('0 x'))).toBe(text.replace('Build', '«Build»'))
    expect(await definition('FROM a AS b\nCOPY --from=|B x y')).toBe('FROM a AS «b»\nCOPY --from=B x y')
    expect(await definition(at('two x'))).toBe(text.replace('AS two', 'AS «two»'))
  })

  test('are renamed where they are named', async () => {
    expect(await rename(at('Build'), 'base')).toBe(
      'FROM a AS base\nFROM base AS two\nCOPY --from=base x y\nRUN --mount=type=bind,from=base,target=/x z\nFROM c\nCOPY --from=0 x y\nCOPY --from=two x y\n',
    )
    expect(await rename('FROM a AS b\nFROM b\nCOPY --from="|b" x y', 'c')).toBe(
      'FROM a AS c\nFROM c\nCOPY --from="|b" x y'.replace('"|b"', '"b"').replace('--from="b"', '--from=c'),
    )
  })

  test('of the same name count from the last one above', async () => {
    expect(await references('FROM a AS x\nFROM b AS x\nFROM |x\n')).toBe(
      'FROM a AS x\nFROM b AS «x»\nFROM «x»\n',
    )
  })

  test.each([
    ['FROM a AS |b', '1b', 'starts with a letter'],
    ['FROM a AS |b', 'scratch', 'reserved'],
    ['FROM a AS |b\nFROM c AS d', 'D', 'already called'],
    ['FROM a AS |b\nFROM c\nCOPY --from=nginx x y', 'nginx', 'would become this stage'],
  ])('%s to %s is refused', async (marked, newName, why) => {
    expect(await rename(marked, newName)).toContain(why)
  })

  test('images are none', async () => {
    expect(await references('FROM |a AS b')).toBe('FROM a AS b')
    expect(await rename('FROM |a AS b', 'c')).toBeUndefined()
    expect(await rename('FROM a\nFROM b\nCOPY --from=|0 x y', 'c')).toBeUndefined()
  })
})

describe('variables', () => {
  test.each([
    [
      'an ARG with its uses',
      'FROM a\nARG |V=1\nRUN echo $V "${V}" \'$V\' ${V:-$V}',
      'FROM a\nARG «V»=1\nRUN echo $«V» "${«V»}" \'$V\' ${«V»:-$«V»}',
    ],
    [
      'a global ARG with the stages that take it',
      'ARG |V=1\nFROM a:$V\nARG V\nRUN $V\nFROM b\nRUN $V',
      'ARG «V»=1\nFROM a:$«V»\nARG «V»\nRUN $«V»\nFROM b\nRUN $V',
    ],
    [
      'an ARG that only sets an ENV of its name',
      'FROM a\nARG |V=1\nENV V=$V\nRUN $V',
      'FROM a\nARG «V»=1\nENV V=$«V»\nRUN $V',
    ],
    [
      'an ENV set anew',
      'FROM a\nENV |P=1\nENV P=$P:2\nRUN $P',
      'FROM a\nENV «P»=1\nENV «P»=$«P»:2\nRUN $«P»',
    ],
    [
      'through stages',
      'FROM a AS s\nENV |V=1\nFROM s\nRUN $V\nFROM a\nRUN $V',
      'FROM a AS s\nENV «V»=1\nFROM s\nRUN $«V»\nFROM a\nRUN $V',
    ],
    [
      'what the shell sets itself is its own',
      'FROM a\nARG |V=1\nRUN V=${V#v} && echo $V\nRUN for V in a; do echo $V; done',
      'FROM a\nARG «V»=1\nRUN V=${«V»#v} && echo $V\nRUN for V in a; do echo $V; done',
    ],
    [
      'in heredocs',
      'FROM a\nENV |V=1\nRUN <<E\necho $V # $V\nE\nCOPY <<"F" /x\n$V\nF',
      'FROM a\nENV «V»=1\nRUN <<E\necho $«V» # $V\nE\nCOPY <<"F" /x\n$V\nF',
    ],
    ['from a use', 'FROM a\nENV V=1\nWORKDIR /$|V', 'FROM a\nENV «V»=1\nWORKDIR /$«V»'],
    [
      'over continued lines',
      'FROM a\nARG |V=1\nRUN a \\\n  # $V\n  $V',
      'FROM a\nARG «V»=1\nRUN a \\\n  # $V\n  $«V»',
    ],
    [
      'not set: uses in the same stage',
      'FROM a\nRUN $|HOME\nRUN $HOME\nFROM b\nRUN $HOME',
      'FROM a\nRUN $«HOME»\nRUN $«HOME»\nFROM b\nRUN $HOME',
    ],
  ])('%s', async (_, marked, expected) => {
    expect(await references(marked)).toBe(expected)
  })

  test('lead to what gives them their value', async () => {
    expect(await definition('ARG V=1\nFROM a\nARG V\nRUN $|V')).toBe('ARG V=1\nFROM a\nARG «V»\nRUN $V')
    expect(await definition('ARG V=1\nFROM a\nARG |V\nRUN $V')).toBe('ARG «V»=1\nFROM a\nARG V\nRUN $V')
    expect(await definition('ENV V=1\nUSER ${|V}')).toBe('ENV «V»=1\nUSER ${V}')
    expect(await definition('FROM a\nENV V=1\nENV V=2\nRUN $|V')).toBe('FROM a\nENV V=1\nENV «V»=2\nRUN $V')
  })

  test('are renamed', async () => {
    expect(await rename('ARG V=1\nFROM a:${V}\nARG |V\nRUN echo ${V:-x} $V', 'VERSION')).toBe(
      'ARG VERSION=1\nFROM a:${VERSION}\nARG VERSION\nRUN echo ${VERSION:-x} $VERSION',
    )
  })

  test.each([
    ['FROM a\nARG |V=1', '1X', 'does not start with a digit'],
    ['FROM a\nARG |V=1\nENV W=2\nRUN $V', 'W', 'already used'],
    ['FROM a\nARG |V=1\nRUN $V $W', 'W', 'already used'],
  ])('%s to %s is refused', async (marked, newName, why) => {
    expect(await rename(marked, newName)).toContain(why)
  })

  test('those that BuildKit fills by name, or that are not set, cannot be renamed', async () => {
    expect(await rename('FROM a\nARG |TARGETARCH\nRUN $TARGETARCH', 'X')).toBeUndefined()
    expect(await rename('FROM a\nRUN $|HOME', 'X')).toBeUndefined()
  })
})

describe('heredocs', () => {
  test('are renamed at both ends', async () => {
    expect(await rename('RUN <<-"E|OF"\nEOFX\n\tEOF\n', 'END')).toBe('RUN <<-"END"\nEOFX\n\tEND\n')
    expect(await rename('RUN <<EOF\nEND\nE|OF\n', 'END')).toContain('would end there')
    expect(await rename('RUN <<|EOF\nEOF\n', 'a b')).toContain('letters')
  })
})

test('a copied file is opened', async () => {
  const { text, offset } = withCursor('FROM a\nCOPY src/|app.py ./x /y/\n')
  const host = languageContext(memoryHost({ 'src/app.py': 'x' }))
  const found = await dockerfileProvider.definition!(sourceDocument(text), offset, host)
  expect(found.map(({ uri: target }) => target)).toEqual(['file:///ws/src/app.py'])
})

test('links lead to pages and files', async () => {
  const text =
    '# syntax=docker/dockerfile:1\nARG V=1\nFROM node:$V AS b\nFROM b\nCOPY app.py missing.txt /x/\nADD https://e.org/x.tgz /y\nCOPY --from=ghcr.io/a/b /c /d\n'
  const found = await dockerfileProvider.links!(
    sourceDocument(text),
    languageContext(memoryHost({ 'app.py': '' })),
  )
  expect(found.map(({ range, target }) => `${text.slice(range.start, range.end)} → ${target}`)).toEqual([
    'node:$V → https://hub.docker.com/_/node',
    'ghcr.io/a/b → https://github.com/a/b/pkgs/container/b',
    'docker/dockerfile:1 → https://hub.docker.com/r/docker/dockerfile',
    'app.py → file:///ws/app.py',
    'https://e.org/x.tgz → https://e.org/x.tgz',
  ])
})
