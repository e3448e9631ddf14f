import { isWorkflowPath } from '../shared/compose-content.ts'
import { t } from '../shared/l10n.ts'
import type { TextRange } from '../shared/text-range.ts'
import type { CodeAction, Diagnostic } from './answers.ts'
import { dockerfileProvider } from './dockerfile/provider.ts'
import { dockerignoreProvider } from './dockerignore/provider.ts'
import type { Context, LanguageId, LanguageProvider, SourceDocument } from './provider.ts'
import { joinFixes } from './rules/lint.ts'
import type { Fix } from './rules/rule.ts'
import { nameOf } from './uri.ts'

/** What serves each language. What reads YAML is loaded when the first such file is open: a Dockerfile alone does not pay for it. */
const providers: Readonly<Record<LanguageId, () => LanguageProvider | Promise<LanguageProvider>>> = {
  dockerfile: () => dockerfileProvider,
  dockerignore: () => dockerignoreProvider,
  compose: async () => (await import('./compose/provider.ts')).composeProvider,
  dotenv: async () => (await import('./dotenv/provider.ts')).dotenvProvider,
}

/** Longer texts are not looked at, in UTF-16 units. */
export const longestText = 1_000_000
const mostDiagnostics = 500

/** The language of a document by the editor's id for it, and by its name where the editor has only a general one. */
export function languageOf(editorId: string, uri: string, text: string): LanguageId | undefined {
  const language = namedLanguage(editorId, uri)
  // A workflow can have the name of a compose file; it has no services at its top.
  const isOther = language === 'compose' && isWorkflowPath(uri) && !/^(["']?)services\1\s*:/m.test(text)
  return isOther ? undefined : language
}

function namedLanguage(editorId: string, uri: string): LanguageId | undefined {
  switch (editorId) {
    case 'dockerfile':
    case 'dockerignore':
    case 'dotenv':
      return editorId
    case 'dockercompose':
    case 'docker-compose':
    case 'compose':
      return 'compose'
    case 'yaml':
      return /^(?:docker-)?compose(?![a-z]).*\.ya?ml$/.test(nameOf(uri)) ? 'compose' : undefined
    case 'ignore':
      return nameOf(uri).endsWith('.dockerignore') ? 'dockerignore' : undefined
    default:
      return undefined
  }
}

/** What may be asked about a document: nothing of one that is too long. */
export function providerOf(doc: SourceDocument): LanguageProvider | Promise<LanguageProvider> {
  return doc.text.length > longestText ? {} : providers[doc.languageId]()
}

/** The findings of a document, at most 500, each with its page; then once more, where a slower program has something to add. */
export async function* diagnose(
  doc: SourceDocument,
  context: Context,
  pages?: string,
): AsyncGenerator<readonly Diagnostic[]> {
  if (doc.text.length > longestText) {
    yield [tooLong(doc.text)]
    return
  }
  const provider = await providers[doc.languageId]()
  const found = (await provider.diagnostics?.(doc, context)) ?? []
  yield finished(found, pages)
  const more = context.signal.aborted ? undefined : await provider.moreDiagnostics?.(doc, found, context)
  if (more !== undefined) yield finished(more, pages)
}

function finished(found: readonly Diagnostic[], pages: string | undefined): readonly Diagnostic[] {
  const kept = found.slice(0, mostDiagnostics)
  return pages === undefined
    ? kept
    : kept.map((each) =>
        each.url === undefined && hasPage(each.rule) ? { ...each, url: `${pages}${each.rule}.md` } : each,
      )
}

/** Findings of others (ShellCheck) and of the languages without rules have no page of ours. */
const hasPage = (rule: string): boolean => /^[a-z][a-z0-9-]*$/.test(rule) && !rule.startsWith('dockerignore-')

/** One finding at the first line, in place of all others. */
export function fileNotice(text: string, message: string): Diagnostic {
  const end = text.search(/[\r\n]/)
  return {
    rule: 'quayside',
    aliases: [],
    severity: 'information',
    range: { start: 0, end: Math.min(end < 0 ? text.length : end, 200) },
    message,
  }
}

function tooLong(text: string): Diagnostic {
  return fileNotice(
    text,
    t('This file is longer than {0} characters: it is not checked.', longestText.toLocaleString('en')),
  )
}

/** The fixes of the findings that touch a range. */
export function quickFixes(
  doc: SourceDocument,
  provider: LanguageProvider,
  range: TextRange,
  found: readonly Diagnostic[],
): CodeAction[] {
  const actions: CodeAction[] = []
  const touched = found.filter((each) => each.range.start <= range.end && range.start <= each.range.end)
  const several = new Set<string>()
  for (const diagnostic of touched) {
    const add = ({ title, edits }: Fix, preferred: boolean): void => {
      actions.push({ title, kind: 'quickfix', edits, diagnostic, ...(preferred && { preferred }) })
    }
    if (diagnostic.fix) add(diagnostic.fix, true)
    for (const fix of diagnostic.suggestions ?? []) add(fix, false)
    const same =
      diagnostic.fix === undefined
        ? []
        : found.filter(({ rule, fix }) => rule === diagnostic.rule && fix !== undefined)
    if (same.length > 1 && !several.has(diagnostic.rule)) {
      several.add(diagnostic.rule)
      const edits = joinFixes(same.flatMap(({ fix }) => fix ?? []))
      actions.push({
        title: t('Fix all {0} findings of {1}', same.length, diagnostic.rule),
        kind: 'quickfix',
        edits,
        diagnostic,
      })
    }
    for (const fix of provider.silences?.(doc, diagnostic) ?? []) add(fix, false)
  }
  return actions
}
