import { t } from '../../shared/l10n.ts'
import type { TextRange } from '../../shared/text-range.ts'
import { lineAt } from '../dockerfile/lines.ts'
import { fixOf, insert } from './facts/edits.ts'
import { ignoreComment, type NamedRule } from './pragmas.ts'
import type { Finding, Fix } from './rule.ts'

/**
 * What the comments of a Compose file turn off: `# quayside ignore=<rule>` for the next line, `# quayside ignore-file=<rule>`,
 * and dclint's `# dclint disable-file`, `# dclint disable [rules]` (first line) and `# dclint disable-line [rules]`.
 */
export interface ComposePragmas {
  readonly silences: (rule: NamedRule, offset: number) => boolean
}

interface Names {
  readonly all: boolean
  readonly names: readonly string[]
}

const dclint = /#\s*dclint\s+disable(-file|-line)?(?:\s+([^#]*))?$/

export function composePragmas(text: string, lineStarts: readonly number[]): ComposePragmas {
  const ofFile: Names[] = []
  const ofLine = new Map<number, Names[]>()
  const add = (line: number, names: Names): void => {
    const list = ofLine.get(line)
    if (list) list.push(names)
    else ofLine.set(line, [names])
  }
  for (let line = 0; line < lineStarts.length; line++) {
    const content = lineOf(text, lineStarts, line)
    const at = content.indexOf('#')
    if (at < 0 || content.length > 10_000) continue
    const theirs = dclint.exec(content)
    if (theirs) {
      const names = (theirs[2] ?? '').split(/[\s,]+/).filter((name) => name !== '')
      const found = { all: names.length === 0, names }
      if (theirs[1] === '-line') add(line, found)
      else if (theirs[1] === '-file') ofFile.push({ all: true, names: [] })
      else if (line === 0) ofFile.push(found)
    }
    const own = content.slice(0, at).trim() === '' ? ignoreComment(content.slice(at + 1).trim()) : undefined
    if (own?.tool !== 'quayside') continue
    const found = { all: own.names.includes('all'), names: own.names }
    if (own.scope === 'file') ofFile.push(found)
    else add(nextLine(text, lineStarts, line), found)
  }
  return {
    silences(rule, offset) {
      const covers = ({ all, names }: Names): boolean =>
        all ||
        names.includes(rule.id) ||
        rule.aliases.some((alias) => names.includes(alias) || names.includes(alias.toLowerCase()))
      return ofFile.some(covers) || (ofLine.get(lineAt(lineStarts, offset)) ?? []).some(covers)
    },
  }
}

/** Changes that write a comment which turns a finding of a Compose file off. */
export function composeSilences(
  text: string,
  lineStarts: readonly number[],
  finding: Pick<Finding, 'rule' | 'aliases' | 'range'>,
): Fix[] {
  const line = lineAt(lineStarts, finding.range.start)
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
  const trimmed: TextRange = { start, end: start + content.trimEnd().length }
  if (theirs !== undefined && !content.includes('#'))
    fixes.push(
      fixOf(
        t('Ignore here with `# dclint disable-line {0}`', theirs),
        insert(trimmed.end, ` # dclint disable-line ${theirs}`),
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

/** The next line with something else than a comment. */
function nextLine(text: string, lineStarts: readonly number[], line: number): number {
  let next = line + 1
  while (next < lineStarts.length && /^\s*(#|$)/.test(lineOf(text, lineStarts, next))) next++
  return next
}
