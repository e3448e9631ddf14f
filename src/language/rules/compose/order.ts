import { t } from '../../../shared/l10n.ts'
import type { YamlFile, YamlNode } from '../../compose/yaml/nodes.ts'
import { walkNodes } from '../../compose/yaml/tree.ts'
import type { Report } from '../rule.ts'

/** One entry of a mapping or item of a list that can change places with its neighbours. */
export interface Ordered {
  /** What is marked: the key, or the item itself. */
  readonly at: YamlNode
  readonly value: YamlNode
  readonly name: string
}

/**
 * The finding about entries that are not in the order wanted, with a change that puts all of them in order. Entries move with the comments
 * directly above and beside them; blank lines and comments that stand alone stay where they are. No change is offered where
 * it could alter the meaning: anchors and aliases, which must not change places, and brackets.
 */
export function* misplaced(
  yaml: YamlFile,
  entries: readonly Ordered[],
  compare: (a: Ordered, b: Ordered) => number,
  title: string,
): Generator<Report> {
  const sorted = [...entries].sort(compare)
  const index = sorted.findIndex((entry, place) => entry !== entries[place])
  const first = sorted[index]
  const instead = entries[index]
  if (first === undefined || instead === undefined) return
  const edit = reorder(yaml, entries, sorted)
  yield {
    range: { start: first.at.start, end: first.at.end },
    message: t('`{0}` belongs before `{1}`.', first.name, instead.name),
    ...(edit === undefined ? {} : { fix: { title, edits: [edit] } }),
  }
}

interface Stretch {
  readonly start: number
  readonly end: number
}

function reorder(
  yaml: YamlFile,
  entries: readonly Ordered[],
  sorted: readonly Ordered[],
): { range: Stretch; newText: string } | undefined {
  const { text } = yaml
  if (text.includes('\r') || entries.some(({ value }) => isBound(value, text))) return undefined
  const stretches = stretchesOf(yaml, entries)
  if (stretches === undefined) return undefined
  const bodyOf = new Map(entries.map((entry, index) => [entry, stretches[index]!]))
  const start = stretches[0]!.start
  const end = stretches.at(-1)!.end
  let newText = ''
  for (const [index, entry] of sorted.entries()) {
    const body = bodyOf.get(entry)!
    const before = stretches[index - 1]
    if (before !== undefined) newText += text.slice(before.end, stretches[index]!.start)
    newText += text.slice(body.start, body.end)
  }
  return { range: { start, end }, newText }
}

/** True for what must stay in its place: anchors, aliases, and texts that end with blank lines of their own. */
function isBound(value: YamlNode, text: string): boolean {
  let bound = false
  walkNodes(value, (node) => {
    bound ||= node.kind === 'alias' || node.anchor !== undefined
    if (node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded'))
      bound ||= /^[|>]\d?\+/.test(text.slice(node.start, node.start + 3))
  })
  return bound
}

/** The lines of each entry, without the break behind the last; undefined where two share a line. */
function stretchesOf({ text, comments }: YamlFile, entries: readonly Ordered[]): Stretch[] | undefined {
  const commentStarts = new Set(comments.map(({ start }) => start))
  const lineStart = (offset: number): number => text.lastIndexOf('\n', offset - 1) + 1
  const starts: number[] = []
  for (const [index, { at }] of entries.entries()) {
    let start = lineStart(at.start)
    if (!/^ *(?:- +)?$/.test(text.slice(start, at.start))) return undefined
    const column = text.slice(start).search(/[^ ]/)
    // Above the first key of a file stands what is said of the whole file.
    while (start > 0 && (index > 0 || column > 0)) {
      const above = lineStart(start - 1)
      if (!commentStarts.has(above + column)) break
      if (text.slice(above, above + column).trim() !== '') break
      start = above
    }
    const before = starts.at(-1)
    if (before !== undefined && start <= before) return undefined
    starts.push(start)
  }
  return starts.map((start, index) => {
    const { at, value } = entries[index]!
    const limit = starts[index + 1] ?? text.length
    const lineEnd = (from: number): number => {
      const end = text.indexOf('\n', from)
      return Math.min(end < 0 ? text.length : end, limit)
    }
    let end = lineEnd(Math.max(value.end - 1, at.end - 1, start))
    // Comments that stand deeper than the key belong to what is in it.
    const column = at.start - lineStart(at.start)
    for (let next = end + 1; next < limit; next = end + 1) {
      const comment = next + text.slice(next, lineEnd(next)).search(/\S|$/)
      if (comment - next <= column || !commentStarts.has(comment)) break
      end = lineEnd(next)
    }
    return { start, end: trimmedEnd(text, start, end) }
  })
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start && /\s/.test(text[at - 1]!)) at--
  return at
}
