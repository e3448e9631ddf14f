import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deadLines } from '../../../../src/language/dockerignore/dead-lines.ts'
import { ignoreMatcher } from '../../../../src/shared/dockerignore/matcher.ts'
import { parseIgnoreFile } from '../../../../src/shared/dockerignore/parse.ts'

const excludes = (text: string, path: string): boolean => ignoreMatcher(parseIgnoreFile(text)).excludes(path)

describe('what is left out', () => {
  test.each([
    ['a', 'a', true],
    ['a', 'a/b/c', true],
    ['a', 'b/a', false],
    ['/a', 'a', true],
    ['a/', 'a/b', true],
    ['./a/../b', 'b', true],
    ['../a', 'a', false],
    ['*.log', 'x.log', true],
    ['*.log', 'd/x.log', false],
    ['**/*.log', 'x.log', true],
    ['**/*.log', 'a/b/x.log', true],
    ['*/x', 'a/x', true],
    ['*/x', 'a/b/x', false],
    ['a/**', 'a/b', true],
    ['a/**', 'a', false],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/x/y/c', true],
    ['a/**/c', 'a/xc', false],
    ['**', 'any/thing', true],
    ['*', '.hidden', true],
    ['**/foo', 'foo', true],
    ['**/foo', 'a/foo/b', true],
    ['**foo', 'a/barfoo', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['[a-c]x', 'bx', true],
    ['[^a-c]x', 'bx', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a.b', 'axb', false],
    ['# a', '# a', false],
    [' a ', 'a', true],
    ['a\r', 'a', true],
    ['\uFEFFa', 'a', true],
    ['', 'a', false],
  ])('%j and %j: %s', (text, path, expected) => {
    expect(excludes(text, path)).toBe(expected)
  })

  test.each([
    ['*\n!a', 'a', false],
    ['*\n!a', 'a/b', false],
    ['*\n!a\na/b', 'a/b', true],
    ['*.md\n!README*.md\nREADME-secret.md', 'README-secret.md', true],
    ['*.md\n!README*.md\nREADME-secret.md', 'README.md', false],
    ['*.md\nREADME-secret.md\n!README*.md', 'README-secret.md', false],
    ['a\n!a/b', 'a/b/c', false],
    ['a\n! a/b', 'a/b', false],
    ['!a\na', 'a', true],
    ['a\n!/a', 'a', false],
  ])('exceptions %j and %j: %s', (text, path, expected) => {
    expect(excludes(text, path)).toBe(expected)
  })

  test('malformed patterns are told and count for nothing', () => {
    const { lines } = parseIgnoreFile('[a\na\\\n[]\n[a-]\n!\nok')
    expect(lines.map(({ compiled }) => compiled !== undefined)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ])
  })

  test('patterns that make regular expressions explode end at once', () => {
    expect(excludes(`${'**/a*'.repeat(30)}b`, 'a'.repeat(2_000))).toBe(false)
  })

  test('never throws, and a pattern without wildcards is a path', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab/*?[]\\!#. ^-\n') }),
        fc.constantFrom('a', 'a/b', 'b/a/b'),
        (text, path) => {
          excludes(text, path)
        },
      ),
      { seed: 7, numRuns: 2_000 },
    )
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c.d'), { minLength: 1, maxLength: 4 }), (parts) => {
        expect(excludes(parts.join('/'), parts.join('/'))).toBe(true)
        expect(excludes(parts.join('/'), `x/${parts.join('/')}`)).toBe(false)
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})

describe('lines that change nothing', () => {
  test.each([
    ['a\na', ['a covered']],
    ['a\na/b', ['a/b covered']],
    ['*\na', ['a covered']],
    ['*\n!a\na', []],
    ['**/x\ny/x', ['y/x covered']],
    ['a\na/*.c', ['a/*.c covered']],
    ['*.c\na.c\n!b.c', ['a.c covered']],
    ['!a\nb', ['a nothingToBringBack']],
    ['b\n!a', ['a nothingToBringBack']],
    ['a/b\n!a', []],
    ['a\n!a/b', []],
    ['**/*.log\n!logs', []],
    ['a\nb', []],
  ])('%j: %j', (text, expected) => {
    expect(deadLines(parseIgnoreFile(text)).map(({ line, why }) => `${line.pattern} ${why}`)).toEqual(
      expected,
    )
  })
})
