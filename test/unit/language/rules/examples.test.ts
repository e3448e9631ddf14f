import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { joinFixes } from '../../../../src/language/rules/lint.ts'
import type { Fix, Report } from '../../../../src/language/rules/rule.ts'
import { families, inOrder, mark, unmark } from './families.ts'

const fixesOf = (reports: readonly Report[]): Fix[] => reports.flatMap(({ fix }) => (fix ? [fix] : []))
const suggestionsOf = (reports: readonly Report[]): Fix[] =>
  reports.flatMap(({ suggestions }) => suggestions?.slice(0, 1) ?? [])

for (const { name, folder, rules, others } of families)
  describe(`${name} rules`, () => {
    test('the index lists each file of the folder once, in order', () => {
      const files = readdirSync(folder).filter(
        (file) => file.endsWith('.ts') && ![...others, 'index.ts'].includes(file),
      )
      expect(rules.map(({ rule }) => `${rule.id}.ts`)).toEqual(files.sort())
    })

    test('aliases are unique, but for codes that stand for several faults', () => {
      const broad = ['DL1000', 'DL3022', 'DL3064']
      const seen = new Map<string, string>()
      const doubled: string[] = []
      for (const { rule } of rules)
        for (const alias of rule.aliases) {
          if (seen.has(alias) && !broad.includes(alias))
            doubled.push(`${alias}: ${seen.get(alias)}, ${rule.id}`)
          seen.set(alias, rule.id)
        }
      expect(doubled).toEqual([])
    })

    describe.each(rules.map((entry) => [entry.rule.id, entry] as const))('%s', (_id, { rule, run }) => {
      test('is described', () => {
        expect(rule.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
        expect(rule.summary).toMatch(/^[A-Z`]/)
        expect(rule.why).toMatch(/\.$/)
        expect(rule.examples.length).toBeGreaterThan(0)
      })

      test('has a fix or a suggestion in an example exactly if it says so', () => {
        const reports = rule.examples.flatMap(({ bad, options }) => run(unmark(bad).text, options))
        expect(fixesOf(reports).length > 0).toBe(rule.fixable === 'safe')
        if (rule.fixable !== 'safe')
          expect(suggestionsOf(reports).length > 0).toBe(rule.fixable === 'suggestion')
      })

      test.each(rule.examples.map((example) => [example.bad, example] as const))('%s', (_bad, example) => {
        const { options, good } = example
        const { text, ranges } = unmark(example.bad)
        const reports = run(text, options)
        expect(mark(text, inOrder(reports.map(({ range }) => range)))).toBe(mark(text, ranges))
        expect(ranges.length).toBeGreaterThan(0)
        for (const { message } of reports) expect(message).toMatch(/^[A-Z`'"$]/)

        expect(run(good, options)).toEqual([])
        if (example.fixed === false) return
        const fixes = fixesOf(reports)
        const changes = fixes.length > 0 ? fixes : suggestionsOf(reports)
        if (changes.length > 0) {
          const changed = applyEdits(text, joinFixes(changes))
          // `good` may go on with more that is let pass.
          expect(good.startsWith(changed) ? changed : good).toBe(changed)
          expect(run(changed, options)).toEqual([])
        } else expect(rule.fixable).toBeUndefined()
      })
    })
  })
