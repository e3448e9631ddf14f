import { describe, expect, test } from 'vitest'
import type { Symbol } from '../../../../src/language/answers.ts'
import { dockerfileProvider } from '../../../../src/language/dockerfile/provider.ts'
import { languageContext, sourceDocument, withCursor } from '../../../support/language-context.ts'

const context = languageContext()

describe('outline', () => {
  const print = (symbols: readonly Symbol[], indent = ''): string[] =>
    symbols.flatMap(({ name, detail, kind, children }) => [
      `${indent}${name} (${kind})${detail === undefined || detail === '' ? '' : `: ${detail}`}`,
      ...print(children, `${indent}  `),
    ])

  test('stages with their instructions, pairs and heredocs', async () => {
    const text = 'ARG V=1\nFROM a AS b\nENV x=1 y=2\nCOPY <<E /d\nz\nE\nRUN c \\\n  d\nFROM b\nLABEL k=v\n'
    expect(print(await dockerfileProvider.symbols!(sourceDocument(text), context))).toEqual([
      'ARG (variable): V=1',
      'b (stage): a',
      '  ENV (variable): x=1 y=2',
      '    x (variable): 1',
      '    y (variable): 2',
      '  COPY (file): <<E /d',
      '    E (heredoc)',
      '  RUN (instruction): c d',
      'stage 1 (stage): b',
      '  LABEL (label): k=v',
      '    k (label): v',
    ])
  })
})

describe('folding', () => {
  test('stages, long instructions, heredocs, comments and regions', async () => {
    const text =
      '# a\n# b\nFROM a\nRUN b \\\n  c\n# region x\nRUN <<E\nd\nE\n# endregion\nCOPY <<F <<G /x\nf\nF\ng\nG\n'
    const found = await dockerfileProvider.folds!(sourceDocument(text), context)
    expect(
      found.map(
        ({ startLine, endLine, kind }) => `${startLine}–${endLine}${kind === undefined ? '' : ` ${kind}`}`,
      ),
    ).toEqual(['2–14', '3–4', '6–8', '10–11', '12–13', '0–1 comment', '5–9 region'])
  })
})

describe('selection', () => {
  test('grows from the word to the file', async () => {
    const { text, offset } = withCursor('FROM a\nRUN --mount=type=ca|che,target=/x foo \\\n  bar\nUSER x\n')
    const [ranges] = await dockerfileProvider.selections!(sourceDocument(text), [offset], context)
    expect(ranges!.map(({ start, end }) => text.slice(start, end))).toEqual([
      'cache',
      'type=cache',
      'type=cache,target=/x',
      '--mount=type=cache,target=/x',
      'RUN --mount=type=cache,target=/x foo \\\n  bar',
      'FROM a\nRUN --mount=type=cache,target=/x foo \\\n  bar\nUSER x',
      text,
    ])
  })
})

describe('semantic tokens', () => {
  const print = async (text: string): Promise<string[]> =>
    (await dockerfileProvider.tokens!(sourceDocument(text), context)).map(
      ({ range, type, modifiers }) =>
        `${text.slice(range.start, range.end)} ${[type, ...(modifiers ?? [])].join('.')}`,
    )

  test('tell stages from images, and variables from text', async () => {
    expect(
      await print('# syntax=x\nFROM --platform=$BUILDPLATFORM a:$V AS b\nFROM b\nCOPY --from=b x "$W" y\n'),
    ).toEqual([
      'syntax macro',
      'x string',
      'FROM keyword',
      '--platform parameter',
      '$ string',
      'BUILDPLATFORM variable.readonly',
      'a:$ namespace',
      'V variable',
      'AS keyword',
      'b class.declaration',
      'FROM keyword',
      'b class',
      'COPY keyword',
      '--from parameter',
      'b class',
      'W variable',
    ])
  })

  test('mounts, pairs, ports, heredocs, comments between lines', async () => {
    expect(
      await print(
        'RUN --mount=type=cache,from=a <<E\n$x\nE\nENV a=1 b="c \\\n  # no\n d"\nLABEL k=v\nEXPOSE 80\nMAINTAINER me\nCMD ["a"]\n',
      ),
    ).toEqual([
      'RUN keyword',
      '--mount parameter',
      'type property',
      'cache string',
      'from property',
      'a string',
      '<<E macro',
      'x variable',
      'E macro',
      'ENV keyword',
      'a variable.declaration',
      '1 string',
      'b variable.declaration',
      '"c \\ string',
      '# no comment',
      'd" string',
      'LABEL keyword',
      'k property',
      'v string',
      'EXPOSE keyword',
      '80 number',
      'MAINTAINER keyword.deprecated',
      'CMD keyword',
      '"a" string',
    ])
  })
})

describe('hints and lenses', () => {
  test('show what FROM becomes and which stage a number means', async () => {
    const text = 'ARG V=1\nFROM a:$V AS x\nFROM b\nCOPY --from=0 c d\n'
    const hints = await dockerfileProvider.inlayHints!(
      sourceDocument(text),
      { start: 0, end: text.length },
      context,
    )
    expect(hints.map(({ at, label }) => `${text.slice(0, at).split('\n').at(-1)}‹${label}›`)).toEqual([
      'FROM a:$V‹= a:1›',
      'FROM a:$V AS x‹stage 0›',
      'COPY --from=0‹x›',
    ])
  })

  test('offer what the client can do', async () => {
    const text = 'FROM a AS Base\nFROM b\nFROM c AS last\n'
    const lenses = async (...commands: string[]): Promise<unknown[]> =>
      (await dockerfileProvider.codeLenses!(sourceDocument(text), languageContext({}, { commands }))).map(
        ({ title, command, argument }) => [title, command, argument['target']],
      )
    expect(await lenses()).toEqual([])
    expect(await lenses('quayside.build.dockerfile', 'quayside.build.run')).toEqual([
      ['Build this stage', 'quayside.build.dockerfile', 'base'],
      ['Build', 'quayside.build.dockerfile', undefined],
      ['Run', 'quayside.build.run', undefined],
    ])
  })
})

describe('signature help', () => {
  const help = async (marked: string): Promise<string | undefined> => {
    const { text, offset } = withCursor(marked)
    const found = await dockerfileProvider.signatureHelp!(sourceDocument(text), offset, context)
    const signature = found?.signatures[found.active]
    const [start, end] = signature?.parameters[found!.activeParameter]?.label ?? [0, 0]
    return (
      signature &&
      `${signature.label.slice(0, start)}«${signature.label.slice(start, end)}»${signature.label.slice(end)}`
    )
  }

  test.each([
    ['FROM a\nCOPY a |', 'COPY [flags] source ... «dest»'],
    ['FROM a\nONBUILD COPY |', 'COPY [flags] «source» ... dest'],
    ['FROM a\nONBUILD |COPY a b', 'ONBUILD «INSTRUCTION»'],
    ['FROM a\nEXPOSE |', 'EXPOSE «port» ...'],
    ['FROM |', 'FROM «baseImage»'],
    ['FROM a\nRUN --mount=|', '--mount=«type=<type>»'],
    [
      'FROM a\nRUN --mount=type=secret,target=|',
      '--mount=type=secret,id=<id>,«target=<target>»,env=<env>,required=<required>,mode=<mode>,uid=<uid>,gid=<gid>',
    ],
    ['# escape=|`\nFROM a', 'escape=«\\»'],
  ])('%s', async (marked, expected) => {
    expect(await help(marked)).toBe(expected)
  })

  test('none in keywords and heredocs', async () => {
    expect(await help('FR|OM a')).toBeUndefined()
    expect(await help('FROM a\nRUN <<E\nx |\nE')).toBeUndefined()
  })
})
