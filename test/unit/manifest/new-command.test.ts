import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { newCommand, newSetting } from '../../../scripts/new-command.ts'
import { newRule } from '../../../scripts/new-rule.ts'

const index = readFileSync('src/commands/index.ts', 'utf8')
const table = readFileSync('src/manifest/settings.ts', 'utf8')
const added = (before: string, after: string): string[] =>
  after.split('\n').filter((line) => !before.split('\n').includes(line))

test('a new command gets a file and its lines in the catalogue', () => {
  const made = newCommand('containers.blinkTwice', index)
  expect(made.file).toBe('src/commands/containers-blink-twice.ts')
  expect(made.text).toContain("title: 'Blink Twice'")
  expect(made.text).toContain("on: ['container']")
  expect(added(index, made.index)).toEqual([
    "import { containersBlinkTwiceCommands } from './containers-blink-twice.ts'",
    '  ...containersBlinkTwiceCommands,',
  ])
})

test('a command of an area without nodes is on none', () => {
  expect(newCommand('weather.show', index).text).toContain('viewCommand({')
})

test('a new setting stands with those of its section', () => {
  const after = newSetting('logs.sparkle', table)
  expect(added(table, after)).toEqual([
    "  'logs.sparkle': toggle(false, { section: 'logs', description: 'What it does, in a sentence.' }),",
  ])
  const ids = [...after.matchAll(/^ {2}'?([\w.]+)'?: /gm)].map((match) => match[1]!)
  expect(ids[ids.indexOf('logs.sparkle') - 1]).toMatch(/^logs\./)
  expect(ids[ids.indexOf('logs.sparkle') + 1]).not.toMatch(/^logs\./)
})

test('settings of editing go into its section', () => {
  expect(added(table, newSetting('lint.sparkle', table))[0]).toContain("section: 'editing'")
})

test('an id that is none, or taken, is refused', () => {
  expect(() => newCommand('Blink', index)).toThrow(/area\.verb/)
  expect(() => newSetting('logs', table)).toThrow(/section\.name/)
  expect(() => newSetting('engine.host', table)).toThrow(/already/)
})

test('what docs/CONTRIBUTING.md adds for an example can be added', () => {
  const rules = readFileSync('src/language/rules/dockerfile/index.ts', 'utf8')
  const examples = readFileSync('docs/CONTRIBUTING.md', 'utf8').matchAll(/`npm run new (\w+) ([\w.-]+)`/g)
  const make = {
    command: (id: string) => newCommand(id, index).text,
    rule: (id: string) => newRule('dockerfile', id, rules).text,
    setting: (id: string) => newSetting(id, table),
  }
  const made = [...examples].map(([, what, id]) => make[what as keyof typeof make](id!).includes(id!))
  expect(made).toEqual([true, true, true])
})
