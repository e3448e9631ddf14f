import type { ComposeDoc } from '../../compose/doc.ts'
import { longTextAt } from '../../compose/yaml/tree.ts'
import { lineAt, lineStartsOf } from '../../dockerfile/lines.ts'
import { ignoreComment } from '../pragmas.ts'
import type { AnyRule } from '../rule.ts'

/** What the comments of a compose file turn off: our own words and dclint's. */
export interface ComposePragmas {
  /** True where a finding of the rule at the offset is not wanted. */
  silences(rule: Pick<AnyRule, 'id' | 'aliases'>, offset: number): boolean
}

const dclint = /^dclint\s+disable(-file|-line)?(?:\s+(.*))?$/

export function composePragmas(doc: ComposeDoc): ComposePragmas {
  const known = pragmas.get(doc.yaml)
  if (known !== undefined) return known
  const made = readPragmas(doc)
  pragmas.set(doc.yaml, made)
  return made
}

const pragmas = new WeakMap<ComposeDoc['yaml'], ComposePragmas>()

const nothing: ComposePragmas = { silences: () => false }

function readPragmas(doc: ComposeDoc): ComposePragmas {
  const { text } = doc
  // Most files have none.
  if (!/dclint|quayside/.test(text)) return nothing
  const lines = lineStartsOf(text)
  const nextLine = contentAfter(text, lines)
  const ofFile: ReadonlySet<string>[] = []
  const ofLine = new Map<number, ReadonlySet<string>[]>()
  const add = (line: number, names: readonly string[]): void => {
    const list = ofLine.get(line)
    const set = new Set(names)
    if (list === undefined) ofLine.set(line, [set])
    else list.push(set)
  }
  for (const comment of doc.yaml.comments) {
    const words = text.slice(comment.start + 1, comment.end).trim()
    const line = lineAt(lines, comment.start)
    const alone = text.slice(lines[line] ?? 0, comment.start).trim() === ''
    const theirs = dclint.exec(words)
    if (theirs !== null) {
      const names = (theirs[2] ?? '').split(/[\s,]+/).filter((name) => name !== '')
      if (theirs[1] === '-line') add(line, names.length === 0 ? ['all'] : names)
      else if (line === 0) ofFile.push(new Set(names.length === 0 ? ['all'] : names))
      continue
    }
    const own = ignoreComment(words)
    if (own?.tool !== 'quayside') continue
    if (own.scope === 'file') ofFile.push(new Set(own.names))
    else add(alone ? nextLine(line) : line, own.names)
  }
  const covers = (set: ReadonlySet<string>, names: readonly string[]): boolean =>
    set.has('all') || names.some((name) => set.has(name) || set.has(name.toLowerCase()))
  return {
    silences(rule, offset) {
      const names = [rule.id, ...rule.aliases]
      if (ofFile.some((set) => covers(set, names))) return true
      const isOff = (at: number): boolean =>
        (ofLine.get(lineAt(lines, at)) ?? []).some((set) => covers(set, names))
      return ofLine.size > 0 && (isOff(offset) || isOff(longTextAt(doc.yaml, offset)?.start ?? offset))
    },
  }
}

/** Tells the next line that is neither empty nor a comment, and the line itself where there is none; for lines asked in their order. */
function contentAfter(text: string, lines: readonly number[]): (from: number) => number {
  let next = 0
  return (from) => {
    if (next <= from) next = from + 1
    for (; next < lines.length; next++) {
      const content = text.slice(lines[next], lines[next + 1] ?? text.length).trim()
      if (content !== '' && !content.startsWith('#')) return next
    }
    return from
  }
}
