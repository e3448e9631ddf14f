import { describe, expect, test } from 'vitest'
import { compilePattern, isError, type Pattern } from '../../../src/logs/pattern.ts'

const pattern = (text: string, more: Partial<Pattern> = {}): Pattern => ({
  text,
  regex: false,
  matchCase: false,
  wholeWord: false,
  ...more,
})

/** The text with its matches marked: `an «apple»`. */
function marked(text: string, looked: Pattern): string {
  const matcher = compilePattern(looked)
  if (isError(matcher)) return `error: ${matcher.error}`
  let result = ''
  let from = 0
  for (const [start, end] of matcher.ranges(text)) {
    result += `${text.slice(from, start)}«${text.slice(start, end)}»`
    from = end
  }
  if (from > 0) expect(matcher.test(text)).toBe(true)
  return result + text.slice(from)
}

describe('what is looked for', () => {
  test.each([
    ['an Apple, an apple', pattern('apple'), 'an «Apple», an «apple»'],
    ['an Apple, an apple', pattern('apple', { matchCase: true }), 'an Apple, an «apple»'],
    ['pineapple apple_1 apple', pattern('apple', { wholeWord: true }), 'pineapple apple_1 «apple»'],
    ['über bereit', pattern('ber', { wholeWord: true }), 'über bereit'],
    ['a.b a+b (a)', pattern('a.b'), '«a.b» a+b (a)'],
    ['a.b a+b (a)', pattern('(a)'), 'a.b a+b «(a)»'],
    ['id=12 id=345', pattern('id=(\\d+)', { regex: true }), '«id=12» «id=345»'],
    ['needless \\- escapes a-b', pattern('a\\-b', { regex: true }), 'needless \\- escapes «a-b»'],
    ['x', pattern('y*', { regex: true }), 'x'],
    ['cat category', pattern('cat|dog', { regex: true, wholeWord: true }), '«cat» category'],
    ['aaaa', pattern('aa'), '«aa»«aa»'],
    ['x', pattern('(', { regex: true }), 'error: Unterminated group'],
    ['x', pattern('x'.repeat(3000)), 'error: The expression is too long.'],
  ])('%s', (text, looked, expected) => {
    expect(marked(text, looked)).toBe(expected)
  })
})
