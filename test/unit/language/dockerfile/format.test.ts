import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { formatDockerfile } from '../../../../src/language/dockerfile/format/format.ts'
import { formatOnType } from '../../../../src/language/dockerfile/format/on-type.ts'
import type { Instruction } from '../../../../src/language/dockerfile/model.ts'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { defaultSettings } from '../../../../src/language/settings.ts'
import { dockerfileText } from './arbitrary.ts'
import { runs } from '../../../support/runs.ts'

const options = { tabSize: 4, insertSpaces: true }
const format = (text: string): string =>
  applyEdits(text, formatDockerfile(parseDockerfile(text), undefined, defaultSettings.format, options))

describe('formatting', () => {
  test.each([
    ['case of keywords', 'from a as b\nrun x\nonbuild copy . .\n', 'FROM a AS b\nRUN x\nONBUILD COPY . .\n'],
    ['unknown keywords stay', 'form a\n', 'form a\n'],
    [
      'spaces between words',
      'FROM   a \t AS  b\nCOPY  --link   --from=b  x   y\nENV a=1   b="x  y"\n',
      'FROM a AS b\nCOPY --link --from=b x y\nENV a=1 b="x  y"\n',
    ],
    ['spaces inside a command stay', 'RUN   echo  "a  b"  c\n', 'RUN echo  "a  b"  c\n'],
    ['the old form of ENV', 'ENV   a    b  c\n', 'ENV a b  c\n'],
    ['JSON', 'CMD [ "a" ,"b"]\nCMD ["a",\\\n"b"]\n', 'CMD ["a", "b"]\nCMD ["a",\\\n    "b"]\n'],
    ['space in front and behind', '  FROM a  \n# x \t\nRUN b \\  \n  c\n', 'FROM a\n# x\nRUN b \\\n    c\n'],
    ['continued lines', 'RUN a && \\\nb && \\\n      c\n', 'RUN a && \\\n    b && \\\n          c\n'],
    [
      'continued lines move together',
      'RUN if a; then \\\n        b; \\\n            c; \\\n        fi\n',
      'RUN if a; then \\\n    b; \\\n        c; \\\n    fi\n',
    ],
    ['tabs', 'RUN a \\\n\tb \\\n\t\tc\n', 'RUN a \\\n    b \\\n        c\n'],
    [
      'comments between them',
      'RUN a \\\n# why\n  b \\\n      # how\n   c\n',
      'RUN a \\\n# why\n    b \\\n    # how\n    c\n',
    ],
    ['empty lines between them', 'RUN a \\\n\n  \n    b\n', 'RUN a \\\n    b\n'],
    ['lines inside quotes stay', "RUN echo 'a \\\n  b' \\\n  c\n", "RUN echo 'a \\\n  b' \\\n    c\n"],
    [
      'values with spaces stay',
      'ENV a b \\\n  c\nWORKDIR /a \\\n  b\n',
      'ENV a b \\\n  c\nWORKDIR /a \\\n  b\n',
    ],
    ['heredocs stay', 'RUN <<E\n  a  \n\n\n\nb\nE\n', 'RUN <<E\n  a  \n\n\n\nb\nE\n'],
    ['empty lines', '\n\nFROM a\n\n\n\nRUN b\n\n\n', 'FROM a\n\nRUN b\n'],
    [
      'empty lines in front of what would be a directive stay',
      '\n# escape=`\nFROM a\n',
      '\n# escape=`\nFROM a\n',
    ],
    [
      'stages',
      'FROM a\nRUN b\nFROM c\n# about d\n# more\nFROM d\n',
      'FROM a\nRUN b\n\nFROM c\n\n# about d\n# more\nFROM d\n',
    ],
    [
      'stages of a FROM alone stay together',
      'FROM a AS x\nRUN b\nFROM x AS y\nFROM x AS z\nFROM z-$TARGETOS\n',
      'FROM a AS x\nRUN b\n\nFROM x AS y\nFROM x AS z\nFROM z-$TARGETOS\n',
    ],
    ['the end of the file', 'FROM a', 'FROM a\n'],
    ['CRLF', 'from a\r\nRUN b \\\r\nc', 'FROM a\r\nRUN b \\\r\n    c\r\n'],
    ['backtick as escape', '# escape=`\nFROM a\nRUN b `\nc', '# escape=`\nFROM a\nRUN b `\n    c\n'],
    ['a lone escape above', '\\\n\n\nFROM a\n', '\\\n\nFROM a\n'],
    ['nothing', '', ''],
  ])('%s', (_, text, expected) => {
    expect(format(text)).toBe(expected)
  })

  test('of a range touches its lines only', () => {
    const text = 'from a\nrun b\nrun c\n'
    const doc = parseDockerfile(text)
    const edits = formatDockerfile(doc, { start: 7, end: 12 }, defaultSettings.format, options)
    expect(applyEdits(text, edits)).toBe('from a\nRUN b\nrun c\n')
  })

  test('while typing a line break', () => {
    const typed = (text: string): string =>
      applyEdits(text, formatOnType(parseDockerfile(text), text.length, options))
    expect(typed('RUN a \\\n')).toBe('RUN a \\\n    ')
    expect(typed('RUN a \\\n  ')).toBe('RUN a \\\n  ')
    expect(typed('RUN a \\\n    b\n    ')).toBe('RUN a \\\n    b\n')
    expect(typed('RUN <<E\n    ')).toBe('RUN <<E\n    ')
    expect(typed('RUN a \\\\\n')).toBe('RUN a \\\\\n')
    expect(typed('RUN a \\\n    if b; then \\\n    ')).toBe('RUN a \\\n    if b; then \\\n        ')
    expect(typed('RUN a \\\n    case $b in \\\n    ')).toBe('RUN a \\\n    case $b in \\\n        ')
    expect(typed('RUN a \\\n    if b; then \\\n        ')).toBe('RUN a \\\n    if b; then \\\n        ')
    expect(typed('RUN <<E\nfor a in b; do\n')).toBe('RUN <<E\nfor a in b; do\n    ')
    expect(typed('RUN <<E\n  f() {\n  ')).toBe('RUN <<E\n  f() {\n      ')
    expect(typed('RUN <<E\n  a\n  ')).toBe('RUN <<E\n  a\n  ')
    expect(typed('COPY <<E /x\nif a {\n')).toBe('COPY <<E /x\nif a {\n')
  })
})

describe('on any text', () => {
  const settings = { seed: 41, numRuns: runs(1_500) }

  test('formatting twice changes nothing more', () => {
    fc.assert(
      fc.property(dockerfileText, (text) => {
        const once = format(text)
        expect(format(once)).toBe(once)
      }),
      settings,
    )
  })

  test('a build sees the same', () => {
    fc.assert(
      fc.property(dockerfileText, (text) => {
        expect(meaning(format(text))).toEqual(meaning(text))
      }),
      settings,
    )
  })
})

/** What BuildKit makes of a text, where white space that separates words counts for nothing. */
function meaning(text: string): unknown {
  const doc = parseDockerfile(text)
  return {
    escape: doc.escape,
    directives: doc.directives.map(({ name, value }) => `${name}=${value}`),
    comments: doc.comments.map((comment) => comment.text),
    instructions: doc.instructions.map((instruction) => of(text, instruction)),
  }
}

function of(text: string, instruction: Instruction): unknown {
  const { name, known, keyword, flags, words, pairs, json, heredocs, trigger, command, args } = instruction
  return {
    name: known ? name : keyword,
    flags: flags.map((flag) => `${flag.name}=${flag.value}`),
    words:
      name === 'FROM'
        ? words.map((word, index) => (index === 1 ? word.text.toLowerCase() : word.text))
        : words.map((word) => word.text),
    pairs: pairs.map(({ key, value }) => [key, value]),
    json: json?.state,
    heredocs: heredocs.map((heredoc) => [
      heredoc.name,
      text.slice(heredoc.body.start, heredoc.body.end).trimEnd(),
    ]),
    trigger: trigger && of(text, trigger),
    command: command === undefined || json?.state === 'valid' ? '' : outsideQuotes(command.text),
    unknown: known ? '' : args.text.replace(/\s+/g, ' '),
  }
}

/** Runs of white space outside quotes as one space. */
function outsideQuotes(text: string): string {
  return text.replace(/"(?:[^"\\`]|[\\`][\s\S])*"|'[^']*'|[\\`][\s\S]|\s+/g, (part) =>
    /^\s+$/.test(part) ? ' ' : part,
  )
}
