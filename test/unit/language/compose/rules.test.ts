import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lintCompose } from '../../../../src/language/rules/compose/lint.ts'
import { composeRules } from '../../../../src/language/rules/compose/index.ts'
import type { ComposeOptions, ComposeRule } from '../../../../src/language/rules/compose/define-rule.ts'
import { applyEdits, type TextEdit } from '../../../../src/shared/text-range.ts'
import { composeDoc, unmark } from './compose-doc.ts'

function reportsOf(rule: ComposeRule, text: string, options: ComposeOptions | undefined) {
  return [...rule.check(composeDoc(text, options?.files), undefined)]
}

function editsOf(rule: ComposeRule, text: string, options: ComposeOptions | undefined): TextEdit[] {
  return reportsOf(rule, text, options).flatMap((report) => [
    ...(rule.fixable === 'safe' ? (report.fix?.edits ?? []) : (report.suggestions?.[0]?.edits ?? [])),
  ])
}

describe.each(composeRules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  it('is told apart by words a user understands', () => {
    expect(rule.id).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
    expect(rule.summary).toMatch(/\.$/)
    expect(rule.why.length).toBeGreaterThan(40)
    expect(rule.examples.length).toBeGreaterThan(0)
  })

  it.each(rule.examples.map((example, index) => [index, example] as const))(
    'finds and mends what example %i shows',
    (_index, example) => {
      const bad = unmark(example.bad)
      const found = reportsOf(rule, bad.text, example.options)
      expect(found.map(({ range }) => bad.text.slice(range.start, range.end))).toEqual(
        bad.ranges.map((range) => bad.text.slice(range.start, range.end)),
      )
      expect(found.map(({ range }) => ({ start: range.start, end: range.end }))).toEqual(bad.ranges)
      expect(reportsOf(rule, example.good, example.options)).toEqual([])
      if (rule.fixable === undefined || example.fixed === false) return
      const fixed = applyEdits(bad.text, editsOf(rule, bad.text, example.options))
      expect(fixed).toBe(example.good.startsWith(fixed) ? fixed : example.good)
      expect(editsOf(rule, fixed, example.options)).toEqual([])
    },
  )
})

describe('the catalogue', () => {
  it('lists every rule file', () => {
    const others = new Set([
      'define-rule',
      'edits',
      'index',
      'lint',
      'order',
      'ordered',
      'pragmas',
      'scalars',
    ])
    const files = readdirSync('src/language/rules/compose')
      .map((file) => file.replace(/\.ts$/, ''))
      .filter((file) => !others.has(file))
    expect(composeRules.map((rule) => rule.id).sort()).toEqual(files.sort())
  })

  it('is silent about a good file', () => {
    const text = [
      'name: shop',
      'services:',
      '  web:',
      '    build: .',
      '    ports:',
      '      - "8080:3000"',
      '    depends_on:',
      '      db:',
      '        condition: service_healthy',
      '    environment:',
      '      DB_PASSWORD: ${DB_PASSWORD}',
      '  db:',
      '    image: postgres:16.4',
      '    restart: unless-stopped',
      '    volumes:',
      '      - data:/var/lib/postgresql/data',
      '    healthcheck:',
      '      test: ["CMD-SHELL", "pg_isready"]',
      'volumes:',
      '  data:',
      '',
    ].join('\n')
    const doc = composeDoc(text, { Dockerfile: 'FROM scratch\nEXPOSE 3000\n', '.env': 'DB_PASSWORD=x\n' })
    expect(lintCompose(doc)).toEqual([])
    expect(doc.project.problems).toEqual([])
  })
})

describe('silencing', () => {
  const text = (comment: string) => `${comment}services:\n  a:\n    image: nginx # dclint disable-line x\n`
  const found = (source: string) => lintCompose(composeDoc(source)).map((finding) => finding.rule)

  it('reports without a comment', () => expect(found(text(''))).toEqual(['explicit-image-tag']))
  it('takes our own words for the next line', () =>
    expect(found('services:\n  a:\n    # quayside ignore=explicit-image-tag\n    image: nginx\n')).toEqual(
      [],
    ))
  it('takes our own words for the file', () => expect(found(text('# quayside ignore-file\n'))).toEqual([]))
  it('takes what dclint calls it, on the line', () =>
    expect(
      found('services:\n  a:\n    image: nginx # dclint disable-line service-image-require-explicit-tag\n'),
    ).toEqual([]))
  it('takes dclint for the file, on its first line only', () => {
    expect(found(text('# dclint disable-file\n'))).toEqual([])
    expect(found(text('# dclint disable no-version-field service-image-require-explicit-tag\n'))).toEqual([])
    expect(found(text('\n# dclint disable-file\n'))).toEqual(['explicit-image-tag'])
  })
  it('takes the level of the settings', () => {
    const doc = composeDoc(text(''))
    expect(lintCompose(doc, { 'explicit-image-tag': 'off' })).toEqual([])
    expect(lintCompose(doc, { 'service-image-require-explicit-tag': 'error' })[0]?.severity).toBe('error')
  })
})

describe('what several services take from one anchor', () => {
  it('is found once', () => {
    const text = 'x-a: &a\n  build: ./gone\nservices:\n  one: *a\n  two: {<<: *a}\n  three: {<<: *a}\n'
    expect(lintCompose(composeDoc(text)).map(({ rule }) => rule)).toEqual(['build-file-missing'])
  })
})
