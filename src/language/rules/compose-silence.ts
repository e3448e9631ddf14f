import { t } from '../../shared/l10n.ts'
import { lineAt } from '../dockerfile/lines.ts'
import { fixOf, insert } from './facts/edits.ts'
import type { Finding, Fix } from './rule.ts'

/** Changes that write a comment which turns a finding of a Compose file off; `around` is the text of several lines that it is in. */
export function composeSilences(
  text: string,
  lineStarts: readonly number[],
  finding: Pick<Finding, 'rule' | 'aliases' | 'range'>,
  around?: { readonly start: number },
): Fix[] {
  const line = lineAt(lineStarts, around?.start ?? finding.range.start)
  const start = lineStarts[line]!
  const content = lineOf(text, lineStarts, line)
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
  const indent = /^[ \t]*/.exec(content)![0]
  const theirs = finding.aliases.find((alias) => /^[a-z]+(-[a-z]+)+$/.test(alias))
  const fixes = [
    fixOf(
      t('Ignore here with `# {0} ignore={1}`', 'quayside', finding.rule),
      insert(start, `${indent}# quayside ignore=${finding.rule}${lineBreak}`),
    ),
  ]
  if (theirs !== undefined && around === undefined && !content.includes('#'))
    fixes.push(
      fixOf(
        t('Ignore here with `# dclint disable-line {0}`', theirs),
        insert(start + content.trimEnd().length, ` # dclint disable-line ${theirs}`),
      ),
    )
  fixes.push(
    fixOf(
      t('Ignore `{0}` in this file', finding.rule),
      insert(0, `# quayside ignore-file=${finding.rule}${lineBreak}`),
    ),
  )
  return fixes
}

const lineOf = (text: string, lineStarts: readonly number[], line: number): string =>
  text.slice(lineStarts[line], lineStarts[line + 1] ?? text.length).replace(/[\r\n]+$/, '')
