import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visibleText } from '../../../src/logs/ansi.ts'
import { LineStore } from '../../../src/logs/line-store.ts'
import { compilePattern, isError, type Pattern } from '../../../src/logs/pattern.ts'
import { compileQuery, scanSlice, type LineQuery } from '../../../src/logs/search.ts'
import { newLine } from '../../support/log-lines.ts'
import { runs } from '../../support/runs.ts'

function found(lines: readonly string[], query: LineQuery, from = 0, to = lines.length): readonly string[] {
  const store = new LineStore(0)
  for (const line of lines) store.append(newLine(line))
  const [block] = store.blocks
  const { buffer, first } = block!
  return scanSlice({ buffer, first, from, to }, compileQuery(query)).map((seq) => lines[seq]!)
}

const pattern = (text: string, more: Partial<Pattern> = {}): Pattern => ({
  text,
  regex: true,
  matchCase: false,
  wholeWord: false,
  ...more,
})

test.each([
  ['beginnings and ends are those of lines', '^a.*c$', ['abc', 'xabc', 'abcx', 'ac'], ['abc', 'ac']],
  ['a negation does not reach into the next line', 'a[^x]*c', ['ab', 'bc', 'abc'], ['abc']],
  ['nor does white space', 'a\\sb', ['a', 'b', 'a b'], ['a b']],
  ['what must not follow is looked for in the line', 'a(?!\\s)', ['a', 'a b'], ['a']],
  ['nothing is in every line, the empty ones too', 'x*', ['', 'a', ''], ['', 'a', '']],
  ['a line end is in no line', '\\n|b', ['a', 'b'], ['b']],
  ['colours do not part words', 'ab', ['a\u001b[31mb', 'a', 'ab'], ['a\u001b[31mb', 'ab']],
  ['what Unicode calls a line end is none', '^b', ['a\u2028b', 'b'], ['b']],
])('%s', (_name, text, lines, expected) => {
  expect(found(lines, { include: pattern(text) })).toEqual(expected)
})

test('of lines that match those are left out that match the other', () => {
  const lines = ['GET /a 200', 'GET /b 500', 'POST /a 500', 'GET /c 500']
  expect(found(lines, { include: pattern('^GET'), exclude: pattern('/b') })).toEqual([
    'GET /a 200',
    'GET /c 500',
  ])
  expect(found(lines, { exclude: pattern('500') })).toEqual(['GET /a 200'])
  expect(found(lines, { include: pattern('GET') }, 1, 3)).toEqual(['GET /b 500'])
  expect(found(lines, { include: pattern('GET') }, 2, 2)).toEqual([])
})

test('many lines at once are searched as each of them is', () => {
  const letters = fc.constantFrom(
    'a',
    'b',
    'B',
    ' ',
    '-',
    '1',
    'é',
    '日',
    '.',
    '\t',
    '\r',
    '\u001b[1m',
    '\u2028',
  )
  const lines = fc.array(
    fc.array(letters, { maxLength: 6 }).map((all) => all.join('')),
    { minLength: 1, maxLength: 12 },
  )
  const parts = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '\\s',
    '\\d',
    '\\w',
    '\\b',
    '^',
    '$',
    'a*',
    '(?:a|b)',
    '(?!b)',
    '[ -~]+',
    'é',
    ' ',
  )
  const texts = fc.array(parts, { minLength: 1, maxLength: 4 }).map((all) => all.join(''))
  fc.assert(
    fc.property(
      lines,
      texts,
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (all, text, regex, matchCase, wholeWord) => {
        const include = { text, regex, matchCase, wholeWord }
        const one = compilePattern(include)
        if (isError(one)) return
        expect(found(all, { include })).toEqual(all.filter((line) => one.test(visibleText(line))))
      },
    ),
    { seed: 4, numRuns: runs(2_000) },
  )
})
