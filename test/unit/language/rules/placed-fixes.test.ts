import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DockerfileDoc, Instruction } from '../../../../src/language/dockerfile/model.ts'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import type { DockerfileRule } from '../../../../src/language/rules/define-rule.ts'
import { dockerfileRules } from '../../../../src/language/rules/dockerfile/index.ts'
import { defaultHadolintConfig, type HadolintConfig } from '../../../../src/language/rules/hadolint-config.ts'
import { fixAllText, lint, type LintSettings } from '../../../../src/language/rules/lint.ts'
import { levelsIn } from '../../../../src/language/rules/levels-in.ts'
import { pragmasOf } from '../../../../src/language/rules/pragmas.ts'
import type { Finding, Fix, Level, RuleSettings } from '../../../../src/language/rules/rule.ts'
import { ignoreMatcher } from '../../../../src/shared/dockerignore/matcher.ts'
import { parseIgnoreFile } from '../../../../src/shared/dockerignore/parse.ts'
import { applyEdits, type TextEdit } from '../../../../src/shared/text-range.ts'
import { places } from '../../../support/runs.ts'
import { placements } from './placements.ts'
import { unmark } from './families.ts'

/** What can be said of every fix, wherever the place is that it mends. */
interface Case {
  readonly rule: DockerfileRule
  readonly text: string
  /** With the rule alone. */
  readonly settings: LintSettings
  readonly config: HadolintConfig
}

const off = Object.fromEntries(dockerfileRules.map(({ id }) => [id, 'off' as Level]))

const examples: readonly Case[] = dockerfileRules.flatMap((rule) =>
  rule.fixable === undefined
    ? []
    : rule.examples.map(({ bad, options }) => {
        const { dockerignore, images, config } = options ?? {}
        const settings: LintSettings = {
          rules: { ...off, [rule.id]: 'warning' },
          ...(dockerignore !== undefined && { ignoreFile: ignoreMatcher(parseIgnoreFile(dockerignore)) }),
          ...(images && { images: new Map(Object.entries(images)) }),
        }
        return {
          rule,
          text: unmark(bad).text,
          settings,
          config: config === undefined ? defaultHadolintConfig : { ...defaultHadolintConfig, ...config },
        }
      }),
)

/** The same text is looked at again and again, but only for a while. */
let documents = new Map<string, DockerfileDoc>()
function documentOf(text: string): DockerfileDoc {
  const known = documents.get(text) ?? parseDockerfile(text)
  if (documents.size > 20) documents = new Map()
  documents.set(text, known)
  return known
}

const found = ({ settings, config }: Case, text: string): Finding[] =>
  lint(documentOf(text), settings, config)

const asUsual: RuleSettings = {}
const withoutErrors = new WeakMap<readonly Level[], RuleSettings>()

/** Turns off the rules that have another level than error in this document; most have. */
function errorsAlone(doc: DockerfileDoc, config: HadolintConfig): RuleSettings {
  const levels = levelsIn(asUsual, config, pragmasOf(doc, !config.disableIgnorePragma))
  const known =
    withoutErrors.get(levels) ??
    Object.fromEntries(
      dockerfileRules
        .filter(({ aliasesDiffer }, index) => levels[index] !== 'error' && aliasesDiffer !== true)
        .map(({ id }) => [id, 'off' as Level]),
    )
  withoutErrors.set(levels, known)
  return known
}

function errorsIn({ settings, config }: Case, text: string): string[] {
  const doc = documentOf(text)
  return lint(doc, { ...settings, rules: errorsAlone(doc, config) }, config).flatMap(({ severity, rule }) =>
    severity === 'error' ? [rule] : [],
  )
}

/** What is wrong with a change, in words. */
function* faultsOf(
  each: Case,
  before: readonly Finding[],
  errors: readonly string[],
  { title, edits }: Fix,
): Generator<string> {
  const { text } = each
  const after = applyEdits(text, edits)
  const say = (what: string): string =>
    `${each.rule.id}, ${title}: ${what}\n${JSON.stringify(text)}\n${JSON.stringify(after)}`
  if (found(each, after).length >= before.length) yield say('the finding is still there')
  const fresh = errorsIn(each, after).filter((rule) => !errors.includes(rule))
  if (fresh.length > 0) yield say(`now there is ${fresh.join(', ')}`)
  for (const [comment] of text.matchAll(/# kept\d+/g))
    if (!after.includes(comment)) yield say(`${comment} is gone`)
  if (text.includes('\r\n') && /[^\r]\n/.test(after)) yield say('a line break of another kind')
  if (!isSubsequence(untouched(documentOf(text), edits), allOf(documentOf(after))))
    yield say('another instruction is changed')
}

const printed = ({ name, flags, logical, heredocs }: Instruction, text: string): string =>
  [name, flags.length, logical.text, ...heredocs.map(({ body }) => text.slice(body.start, body.end))].join(
    ' ',
  )

const allOf = ({ instructions, text }: DockerfileDoc): string[] =>
  instructions.map((each) => printed(each, text))

const untouched = ({ instructions, text }: DockerfileDoc, edits: readonly TextEdit[]): string[] =>
  instructions
    .filter(
      ({ range, fullRange }) =>
        !edits.some((edit) => edit.range.start <= fullRange.end && range.start <= edit.range.end),
    )
    .map((each) => printed(each, text))

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0
  for (const each of whole) if (each === part[at]) at++
  return at === part.length
}

/** The text after one fix after the other, the first first. */
function oneByOne(each: Case, before: readonly Finding[]): string {
  let text = each.text
  let findings = before
  for (let round = 0; round < 30; round++) {
    const fix = findings.find((finding) => finding.fix !== undefined)?.fix
    if (fix === undefined) break
    text = applyEdits(text, fix.edits)
    findings = found(each, text)
  }
  return text
}

describe.each(places(Object.entries(placements)))('%s', (_name, place) => {
  let cases: readonly { readonly each: Case; readonly before: readonly Finding[] }[] = []
  beforeAll(() => {
    cases = examples
      .flatMap((example) => place(example.text).map((text) => ({ ...example, text })))
      .map((each) => ({ each, before: found(each, each.text) }))
  })
  afterAll(() => void (cases = []))

  test('each fix and suggestion mends what it is for, and nothing else changes', () => {
    const faults: string[] = []
    let changes = 0
    for (const { each, before } of cases) {
      const offered = before.flatMap(({ fix, suggestions }) => [
        ...(fix ? [fix] : []),
        ...(suggestions ?? []),
      ])
      if (offered.length === 0) continue
      const errors = errorsIn(each, each.text)
      changes += offered.length
      for (const change of offered) faults.push(...faultsOf(each, before, errors, change))
    }
    expect(changes).toBeGreaterThan(5)
    expect(faults.join('\n\n')).toBe('')
  })

  test('all at once are as good as one after the other, and leave nothing to fix', () => {
    const faults: string[] = []
    for (const { each, before } of cases) {
      const all = fixAllText(each.text, each.settings, each.config)
      const single = oneByOne(each, before)
      const again = all === each.text ? all : fixAllText(all, each.settings, each.config)
      if (again !== all) faults.push(`${each.rule.id} again\n${all}\n---\n${again}`)
      if (single !== all)
        faults.push(`${each.rule.id} one by one\n${JSON.stringify(all)}\n${JSON.stringify(single)}`)
    }
    expect(faults.join('\n\n')).toBe('')
  })
})

test('all fixes of all rules together leave nothing to fix', () => {
  const rules = Object.fromEntries(dockerfileRules.map(({ id }) => [id, 'warning' as Level]))
  const faults: string[] = []
  for (const { settings, config, text } of examples) {
    const all = fixAllText(text, { ...settings, rules }, config)
    const again = fixAllText(all, { ...settings, rules }, config)
    if (again !== all) faults.push(`${text}\n---\n${all}\n---\n${again}`)
  }
  expect(faults.join('\n\n')).toBe('')
})
