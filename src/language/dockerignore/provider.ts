import { t } from '../../shared/l10n.ts'
import { markdownCode } from '../../shared/sinks.ts'
import type { CompletionList, Diagnostic, Hover } from '../answers.ts'
import { lineStartBefore } from '../dockerfile/lines.ts'
import type { Context, LanguageProvider, SourceDocument } from '../provider.ts'
import { countFiles, formatSize } from '../units.ts'
import { folderOf } from '../uri.ts'
import { completeIgnoreLine } from './completion.ts'
import { walkContext, type ContextFile } from './context-walk.ts'
import { deadLines } from './dead-lines.ts'
import { ignoreMatcher } from '../../shared/dockerignore/matcher.ts'
import { parseIgnoreFile, type IgnoreDoc, type IgnoreLine } from '../../shared/dockerignore/parse.ts'

const cache = new WeakMap<SourceDocument, IgnoreDoc>()

function parsed(doc: SourceDocument): IgnoreDoc {
  const known = cache.get(doc)
  if (known !== undefined) return known
  const made = parseIgnoreFile(doc.text)
  cache.set(doc, made)
  return made
}

export const dockerignoreProvider: LanguageProvider = {
  diagnostics: (doc, { settings }) => (settings.lint.enabled ? findings(parsed(doc)) : []),
  hover: (doc, offset, context) => hoverLine(doc, offset, context),
  completion: (doc, offset, context): Promise<CompletionList> => completeIgnoreLine(doc, offset, context),
}

function findings(doc: IgnoreDoc): Diagnostic[] {
  const found: Diagnostic[] = []
  for (const { pattern, patternRange, range, compiled } of doc.lines)
    if (compiled === undefined)
      found.push({
        rule: 'dockerignore-pattern',
        aliases: [],
        severity: 'error',
        range,
        message:
          pattern === ''
            ? t('A lone `!` brings nothing back: the build stops here.')
            : t(
                'The pattern {0} is malformed: the build stops here.',
                doc.text.slice(patternRange.start, patternRange.end),
              ),
      })
  for (const { line, why, by } of deadLines(doc))
    found.push({
      rule: 'dockerignore-dead-line',
      aliases: [],
      severity: 'hint',
      range: line.range,
      tag: 'unnecessary',
      message:
        why === 'covered'
          ? t('This line changes nothing: an earlier one already leaves all of it out.')
          : t('This line changes nothing: no line above leaves out anything that it brings back.'),
      ...(by && { related: [{ range: by.range, message: t('The earlier line') }] }),
      suggestions: [
        { title: t('Remove the line'), edits: [{ range: wholeLine(doc.text, line), newText: '' }] },
      ],
    })
  return found.sort((a, b) => a.range.start - b.range.start)
}

function wholeLine(text: string, { range }: IgnoreLine): { start: number; end: number } {
  const feed = text.indexOf('\n', range.end)
  return { start: lineStartBefore(text, range.start), end: feed < 0 ? text.length : feed + 1 }
}

async function hoverLine(doc: SourceDocument, offset: number, context: Context): Promise<Hover | undefined> {
  const ignore = parsed(doc)
  const line = ignore.lines.find(({ range }) => range.start <= offset && offset <= range.end)
  if (line?.compiled === undefined) return undefined
  const { files, cut } = await walkContext(context.host, folderOf(doc.uri), context.signal)
  const matcher = ignoreMatcher(ignore)
  const mine: ContextFile[] = []
  let sent = 0
  let sentBytes = 0
  for (const file of files) {
    const decision = matcher.decide(file.path)
    if (decision?.line === line) mine.push(file)
    if (decision?.excluded !== true) {
      sent++
      sentBytes += file.size
    }
  }
  const bytes = formatSize(mine.reduce((sum, { size }) => sum + size, 0))
  const count = countFiles(mine.length)
  const texts = [
    line.exception
      ? t('This line brings back {0}, {1}.', count, bytes)
      : t('This line leaves out {0}, {1}.', count, bytes),
    t('The build context: {0}, {1}.', countFiles(sent), formatSize(sentBytes)),
  ]
  if (mine.length > 0)
    texts.push(
      mine
        .slice(0, 5)
        .map(({ path }) => `- ${markdownCode(path, 100)}`)
        .join('\n'),
    )
  if (cut) texts.push(t('There are more files than were counted.'))
  return { markdown: texts.join('\n\n'), range: line.range }
}
