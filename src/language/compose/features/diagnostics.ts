import { t } from '../../../shared/l10n.ts'
import { applyEdits, type TextEdit } from '../../../shared/text-range.ts'
import type { Diagnostic } from '../../answers.ts'
import { lineStartsOf } from '../../dockerfile/lines.ts'
import type { Context, SourceDocument } from '../../provider.ts'
import { composeSilences } from '../../rules/compose-silence.ts'
import { composeRules } from '../../rules/compose/index.ts'
import { lintCompose } from '../../rules/compose/lint.ts'
import { composePragmas } from '../../rules/compose/pragmas.ts'
import { joinFixes } from '../../rules/lint.ts'
import type { Finding, Fix, Level } from '../../rules/rule.ts'
import { rulesFor } from '../../settings.ts'
import type { ComposeDoc } from '../doc.ts'
import { readProject, type OpenProject } from '../open.ts'
import { yamlOf } from '../gather.ts'
import { decode, nameOf } from '../project/paths.ts'
import type { Problem } from '../project/problem.ts'
import { longTextAt } from '../yaml/tree.ts'
import { problemFixes } from './problem-fixes.ts'

/** What any YAML editor with the schema finds too. */
const inSchema = new Set([
  'yaml-syntax',
  'duplicate-key',
  'unknown-key',
  'wrong-type',
  'not-one-of',
  'missing-key',
  'bad-name',
  'bad-form',
  'out-of-range',
  'duplicate-item',
  'newer-key',
])

export function docOf(open: OpenProject): ComposeDoc {
  return {
    uri: open.doc.uri,
    text: open.doc.text,
    yaml: open.yaml,
    source: open.source,
    project: open.project,
    files: open.files,
  }
}

/** Everything wrong with a document: what the engine refuses and what the rules find. */
export async function diagnostics(doc: SourceDocument, context: Context): Promise<readonly Diagnostic[]> {
  const open = await readProject(doc, context)
  let found = lint(open, context)
  // Rules about Dockerfiles ask for them; they are read then.
  while (await open.files.fetch()) found = lint(open, context)
  return [...problemDiagnostics(open, context), ...found].sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end,
  )
}

/** Many findings of one text can be asked about at once. */
const lineStarts = new WeakMap<SourceDocument, readonly number[]>()

/** Changes that write a comment which turns a finding off. What the engine refuses cannot be turned off by one. */
export function silences(doc: SourceDocument, finding: Diagnostic): readonly Fix[] {
  if (finding.severity === 'error' && !composeRules.some(({ id }) => id === finding.rule)) return []
  const starts = lineStarts.get(doc) ?? lineStartsOf(doc.text)
  lineStarts.set(doc, starts)
  const around = longTextAt(yamlOf(doc.uri, doc.text), finding.range.start)
  return composeSilences(doc.text, starts, finding, around)
}

function lint(open: OpenProject, { settings }: Context): readonly Finding[] {
  return settings.lint.enabled ? lintCompose(docOf(open), rulesFor(settings, open.doc.uri)) : []
}

function problemDiagnostics(open: OpenProject, context: Context): readonly Diagnostic[] {
  const composeDoc = docOf(open)
  const pragmas = composePragmas(composeDoc)
  const rules = rulesFor(context.settings, open.doc.uri)
  const result: Diagnostic[] = []
  for (const problem of open.project.problems) {
    if (problem.source.uri !== open.doc.uri) continue
    const level: Level = Object.hasOwn(rules, problem.code)
      ? (rules[problem.code] ?? problem.severity)
      : problem.severity
    if (level === 'off') continue
    if (level !== 'error' && pragmas.silences({ id: problem.code, aliases: [] }, problem.start)) continue
    const suggestions = problemFixes(composeDoc, problem)
    result.push({
      rule: problem.code,
      aliases: [],
      severity: level,
      range: { start: problem.start, end: problem.end },
      message: problem.message,
      url: pageOf(problem.code),
      ...(inSchema.has(problem.code) ? { inSchema: true } : {}),
      ...(suggestions.length === 0 ? {} : { suggestions }),
    })
  }
  return [...result, ...elsewhere(open)]
}

/** An error in another file stops this one too, and so does what is left alone there: it is shown where that file is named. */
function elsewhere(open: OpenProject): readonly Diagnostic[] {
  const { doc, project } = open
  const firsts = new Map<string, Problem>()
  for (const problem of project.problems) {
    const isError = problem.severity === 'error'
    const { uri } = problem.source
    if (uri === doc.uri || (!isError && problem.code !== 'too-long')) continue
    const first = firsts.get(uri)
    if (first === undefined || (isError && first.severity !== 'error')) firsts.set(uri, problem)
  }
  const result: Diagnostic[] = []
  for (const [uri, problem] of firsts) {
    const reference = referenceTo(open, uri)
    // The files beside it in the same project show their problems themselves.
    if (reference === undefined) continue
    const line = problem.source.yaml.text.slice(0, problem.start).split(/\r\n|\r|\n/).length
    result.push({
      rule: problem.code,
      aliases: [],
      severity: problem.severity,
      range: reference,
      message: t('`{0}`, line {1}: {2}', decode(nameOf(uri)), line, problem.message),
      url: pageOf(problem.code),
    })
  }
  return result
}

/** Where a document names a file, or the file through which it gets there. */
function referenceTo(open: OpenProject, target: string): { start: number; end: number } | undefined {
  const seen = new Set<string>([target])
  const queue = [target]
  for (let uri = queue.shift(); uri !== undefined; uri = queue.shift())
    for (const reference of open.project.references) {
      if (reference.uri !== uri || reference.kind === 'env_file' || reference.kind === 'label_file') continue
      const from = reference.origin.source.uri
      if (from === open.doc.uri) return { start: reference.origin.node.start, end: reference.origin.node.end }
      if (!seen.has(from)) {
        seen.add(from)
        queue.push(from)
      }
    }
  return undefined
}

const pages: readonly (readonly [RegExp, string])[] = [
  [/interpolation|variable/, 'interpolation/'],
  [/^include/, 'include/'],
  [/extends/, 'services/#extends'],
  [/^(?:alias|merge|unknown-anchor|duplicate-key|yaml)/, 'fragments/'],
  [/network/, 'networks/'],
  [/volume|mount/, 'volumes/'],
  [/secret|file-object/, 'secrets/'],
  [/config/, 'configs/'],
  [/service|depend|disabled/, 'services/#depends_on'],
  [/merge/, 'merge/'],
  [/profile/, 'profiles/'],
]

function pageOf(code: string): string {
  const page = pages.find(([pattern]) => pattern.test(code))?.[1] ?? 'services/'
  return `https://docs.docker.com/reference/compose-file/${page}`
}

/** All safe fixes, and those they make possible, as one list of edits of the text. */
export async function fixAll(doc: SourceDocument, context: Context): Promise<readonly TextEdit[]> {
  let text = doc.text
  for (let pass = 0; pass < 10; pass++) {
    const open = await readProject({ ...doc, text }, context)
    const edits = joinFixes(lint(open, context).flatMap(({ fix }) => (fix === undefined ? [] : [fix])))
    const next = applyEdits(text, edits)
    if (next === text) break
    text = next
  }
  return text === doc.text ? [] : [replacement(doc.text, text)]
}

/** The one edit that makes a text into another: the part between what both begin and end with. */
export function replacement(before: string, after: string): TextEdit {
  const limit = Math.min(before.length, after.length)
  let start = 0
  while (start < limit && before[start] === after[start]) start++
  let same = 0
  while (same < limit - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++
  return { range: { start, end: before.length - same }, newText: after.slice(start, after.length - same) }
}
