import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { newRule } from '../../../../scripts/new-rule.ts'

const index = readFileSync('src/language/rules/dockerfile/index.ts', 'utf8')

test('a new rule gets a file and its place in the index', () => {
  const made = newRule('dockerfile', 'no-test-rule', index)
  expect(made.file).toBe('src/language/rules/dockerfile/no-test-rule.ts')
  expect(made.text).toContain("id: 'no-test-rule'")
  const added = made.index.split('\n').filter((line) => !index.split('\n').includes(line))
  expect(added).toEqual(["import noTestRule from './no-test-rule.ts'", '  noTestRule,'])
  const ids = [...made.index.matchAll(/from '\.\/([a-z0-9-]+\.ts)'/g)].map((match) => match[1])
  expect(ids).toEqual([...ids].sort())
  const names = [...made.index.matchAll(/^ {2}(\w+),$/gm)].map((match) => match[1])
  expect(names.indexOf('noTestRule')).toBe(ids.indexOf('no-test-rule.ts'))
})

test('an id that is none, or taken, is refused', () => {
  expect(() => newRule('dockerfile', 'NoSudo', index)).toThrow(/kebab-case/)
  expect(() => newRule('dockerfile', 'no-sudo', index)).toThrow(/already/)
})
