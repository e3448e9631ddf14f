import { t } from '../../shared/l10n.ts'
import { lineAt } from '../dockerfile/lines.ts'
import type { Comment, DockerfileDoc } from '../dockerfile/model.ts'
import { checkOptions, checkValueLength } from './check-options.ts'
import { fixOf, insert, insertLineAbove, lineBreakOf } from './facts/edits.ts'
import { ignoreComment, type IgnoreComment, instructionAt, isBuildKitName, pragmasOf } from './pragmas.ts'
import type { Finding, Fix } from './rule.ts'

/** Changes that write a comment which turns a finding of a Dockerfile off, ours first, then the other tools' own. */
export function silencesOf(doc: DockerfileDoc, finding: Pick<Finding, 'rule' | 'aliases' | 'range'>): Fix[] {
  const names = [finding.rule, ...finding.aliases]
  const hadolint = names.find((name) => /^(DL|SC)\d+$/.test(name))
  const buildKit = names.find(isBuildKitName)
  const fixes: Fix[] = []
  if (doc.instructions.length > 0) {
    fixes.push(ignoreNext(doc, finding, 'quayside', finding.rule))
    if (hadolint !== undefined) fixes.push(ignoreNext(doc, finding, 'hadolint', hadolint))
  }
  fixes.push(
    fixOf(
      t('Ignore `{0}` in this file', finding.rule),
      insertBelowDirectives(doc, `# quayside ignore-file=${finding.rule}`),
    ),
  )
  // `skip` has no power over an experimental check that the file asks for.
  const asked = pragmasOf(doc).wants({ id: finding.rule, aliases: finding.aliases })
  if (buildKit !== undefined && !asked) fixes.push(skipCheck(doc, buildKit))
  return fixes
}

function ignoreNext(
  doc: DockerfileDoc,
  { range }: Pick<Finding, 'range'>,
  tool: IgnoreComment['tool'],
  name: string,
): Fix {
  const instruction = instructionAt(doc, range.start)!
  const title = t('Ignore here with `# {0} ignore={1}`', tool, name)
  const above = instruction.commentsAbove.at(-1)
  const existing = above && ignoreComment(above.text)
  const isHeeded = existing?.tool === tool && existing.scope === 'next' && existing.names.length > 0
  if (isHeeded && endsList(above!))
    return fixOf(
      title,
      insert(
        above!.range.start + doc.text.slice(above!.range.start, above!.range.end).trimEnd().length,
        `,${name}`,
      ),
    )
  return fixOf(title, insertLineAbove(doc, instruction, `# ${tool} ignore=${name}`))
}

/** Whether a name can be added at the end: no explanation follows the list. */
const endsList = ({ text }: Comment): boolean => /=\s*[\w-]+(\s*,\s*[\w-]+)*$/.test(text)

/** Directives must stay at the top; the line goes below them. */
function insertBelowDirectives(doc: DockerfileDoc, line: string): ReturnType<typeof insert> {
  const last = doc.directives.at(-1)
  const lineBreak = lineBreakOf(doc)
  if (!last) return insert(doc.text.startsWith('\uFEFF') ? 1 : 0, `${line}${lineBreak}`)
  const next = doc.lineStarts[lineAt(doc.lineStarts, last.range.start) + 1]
  return next === undefined
    ? insert(doc.text.length, `${lineBreak}${line}`)
    : insert(next, `${line}${lineBreak}`)
}

function skipCheck(doc: DockerfileDoc, name: string): Fix {
  const title = t('Skip `{0}` in this file with `# check=`', name)
  const directive = doc.directives.find((candidate) => candidate.name === 'check')
  if (!directive) return fixOf(title, insertBelowDirectives(doc, `# check=skip=${name}`))
  const { start } = directive.valueRange
  const skip = checkOptions(directive.value).findLast((option) => option.name === 'skip')
  if (!skip) return fixOf(title, insert(start + checkValueLength(directive.value), `;skip=${name}`))
  return fixOf(title, insert(start + skip.end, skip.value === '' ? name : `,${name}`))
}
