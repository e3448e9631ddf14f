import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TextRange } from '../../../../src/shared/text-range.ts'
import type { Instruction } from '../../../../src/language/dockerfile/model.ts'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { scopesOf } from '../../../../src/language/dockerfile/scope.ts'
import { dockerfileText } from './arbitrary.ts'
import { runs } from '../../../support/runs.ts'

const settings = { seed: 20_240_611, numRuns: runs(1_500) }

function rangesOf(instruction: Instruction): TextRange[] {
  const { flags, words, pairs, heredocs, variables, comments, emptyLines, command, json, trigger } =
    instruction
  return [
    instruction.range,
    instruction.fullRange,
    instruction.keywordRange,
    instruction.args.range,
    ...flags.flatMap((flag) => [flag.range, flag.nameRange, flag.valueRange ?? flag.range]),
    ...words.map(({ range }) => range),
    ...pairs.flatMap((pair) => [pair.range, pair.keyRange, pair.valueRange ?? pair.range]),
    ...heredocs.flatMap((heredoc) => [
      heredoc.range,
      heredoc.nameRange,
      heredoc.body,
      heredoc.end ?? heredoc.body,
    ]),
    ...variables.flatMap((variable) => [
      variable.range,
      variable.nameRange,
      variable.wordRange ?? variable.range,
    ]),
    ...comments.map(({ range }) => range),
    ...emptyLines,
    ...(command ? [command.range] : []),
    ...(json ? [json.range] : []),
    ...(trigger ? rangesOf(trigger) : []),
  ]
}

test('all ranges are inside the text and the right way round', () => {
  fc.assert(
    fc.property(dockerfileText, (text) => {
      const doc = parseDockerfile(text)
      const ranges = [
        ...doc.instructions.flatMap(rangesOf),
        ...doc.comments.map(({ range }) => range),
        ...doc.directives.map(({ range }) => range),
        ...doc.problems.map(({ range }) => range),
        ...doc.stages.map(({ range }) => range),
      ]
      for (const { start, end } of ranges)
        if (!(0 <= start && start <= end && end <= text.length))
          throw new Error(`${start}…${end} in ${text.length}`)
    }),
    settings,
  )
})

test('the logical text is made of pieces of the document', () => {
  fc.assert(
    fc.property(dockerfileText, (text) => {
      for (const { logical } of parseDockerfile(text).instructions)
        expect(logical.pieces.map(({ start, length }) => text.slice(start, start + length)).join('')).toBe(
          logical.text,
        )
    }),
    settings,
  )
})

test('instructions and comments follow one another, and nothing but white space and escapes is between them', () => {
  fc.assert(
    fc.property(dockerfileText, (text) => {
      const doc = parseDockerfile(text)
      const inside = new Set(doc.instructions.flatMap(({ comments }) => comments))
      const covered = [
        ...doc.directives.map(({ range }) => range),
        ...doc.comments.filter((comment) => !inside.has(comment)).map(({ range }) => range),
        ...doc.instructions.map(({ fullRange }) => fullRange),
      ].sort((a, b) => a.start - b.start)
      let from = 0
      for (const { start, end } of [...covered, { start: text.length, end: text.length }]) {
        if (start < from) throw new Error(`${start} is before ${from}`)
        expect(text.slice(from, start)).toMatch(/^[\s\uFEFF\u0085\\`]*(?:#[^\n]*(?:\n|$)[\s\u0085\\`]*)*$/)
        from = end
      }
    }),
    settings,
  )
})

test('reading on from an earlier version gives what reading anew gives', () => {
  const edit = fc.tuple(fc.nat(1000), fc.nat(30), dockerfileText)
  fc.assert(
    fc.property(dockerfileText, dockerfileText, fc.array(edit, { maxLength: 4 }), (first, second, edits) => {
      let text = `${first}\n${second}`
      let doc = parseDockerfile(text)
      for (const [at, removed, inserted] of edits) {
        const start = at % (text.length + 1)
        text = text.slice(0, start) + inserted.slice(0, 40) + text.slice(start + removed)
        doc = parseDockerfile(text, doc)
        expect(doc).toEqual(parseDockerfile(text))
      }
    }),
    settings,
  )
})

test('what is in front of an edit is the same objects', () => {
  const before = parseDockerfile('FROM a\n# c\nRUN b\nRUN c\n')
  const after = parseDockerfile('FROM a\n# c\nRUN b\nRUN c d\n', before)
  expect(after.instructions[1]).toBe(before.instructions[1])
  expect(after.instructions[2]?.args.text).toBe('c d')
})

test('what is written below an instruction leaves that one as it is too, once its line has ended', () => {
  const kept = (text: string, added: string): boolean => {
    const before = parseDockerfile(text)
    return parseDockerfile(text + added, before).instructions[1] === before.instructions[1]
  }
  expect(kept('FROM a\nRUN b\n', '# c\n')).toBe(true)
  expect(kept('FROM a\nRUN b \r\n\r\n', 'EXPOSE 80')).toBe(true)
  expect(kept('FROM a\nRUN <<E\nb\nE\n', 'CMD c\n')).toBe(true)
  expect(kept('FROM a\nRUN b', ' c\n')).toBe(false)
  expect(kept('FROM a\nRUN b \\\n', '  c\n')).toBe(false)
  expect(kept('FROM a\nRUN <<E\n\n', 'c\nE\n')).toBe(false)
})

test('variables have values or none, but never throw', () => {
  fc.assert(
    fc.property(dockerfileText, (text) => {
      const doc = parseDockerfile(text)
      const scopes = scopesOf(doc)
      for (const instruction of doc.instructions) {
        scopes.visible(instruction)
        scopes.expand(instruction, instruction.args.at, instruction.args.end)
        for (const { name } of instruction.variables) scopes.lookup(name, instruction)
      }
    }),
    settings,
  )
})

test.each([
  ['words', `RUN ${'a '.repeat(50_000)}`],
  ['flags', `COPY ${'--x=1 '.repeat(20_000)}`],
  ['variables', `RUN ${'$v '.repeat(50_000)}`],
  ['nested substitutions', `ENV A=${'${a:-'.repeat(20_000)}`],
  ['nested commands', `RUN ${'$('.repeat(50_000)}`],
  ['quotes', `ENV A=${'"'.repeat(100_001)}`],
  ['heredocs', 'RUN <<E\n$x\nE\n'.repeat(5_000)],
  ['heredocs of one line', `COPY ${'<<a '.repeat(10_000)}x\n`],
  ['ONBUILD', 'ONBUILD '.repeat(20_000)],
  ['spaces', `RUN <<${' '.repeat(100_000)}<`],
  ['continuations', 'RUN a\\\n'.repeat(50_000)],
  ['comments', '# x\n'.repeat(50_000)],
  ['JSON', `CMD ${'['.repeat(50_000)}`],
  [
    'stages built upon one another',
    Array.from({ length: 5_000 }, (_, i) => `FROM s${i} AS s${i + 1}\nENV A$i=1\n`).join(''),
  ],
])('many %s end', (_, text) => {
  const doc = parseDockerfile(text)
  expect(doc.instructions.length).toBeLessThanOrEqual(text.length)
  scopesOf(doc)
})
