import { firstForbidden } from './characters.ts'
import type { Comment, MapEntry, MapNode, Property, YamlFile, YamlNode, YamlProblem } from './nodes.ts'
import { endOfEntries, parse } from './parse.ts'
import { recover } from './recover.ts'
import { scan } from './scan.ts'

/** What a change replaced: offsets in the text before, and how much longer the text is now. */
interface Change {
  readonly from: number
  readonly to: number
  readonly longer: number
}

/** An entry of a block mapping with the lines it has for itself: up to those of what follows. */
interface Lines {
  readonly index: number
  readonly column: number
  readonly start: number
  readonly end: number
}

/** Where all of a change lies, and how the document looks with other entries there. */
interface Spot {
  readonly lines: Lines
  /** How many blocks stand around the lines. */
  readonly depth: number
  readonly entry: MapEntry
  readonly longer: number
  /** The lines as they are now. */
  readonly slice: string
  readonly withEntries: (entries: readonly MapEntry[]) => YamlNode
}

/** The entry of the top level, or of a mapping right below it, whose lines hold all that is not as before. */
function spotOf(before: YamlFile, text: string): Spot | undefined {
  const root = before.documents[0]
  if (before.problems.length > 0 || before.documents.length > 1 || root === undefined) return undefined
  if (root.kind !== 'map' || root.flow || before.text.lastIndexOf('%', root.start) >= 0) return undefined
  const change = changeBetween(before.text, text)
  const { longer } = change
  const outer = linesAround(before.text, root, before.text.length, change)
  if (outer === undefined) return undefined
  const slice = ({ start, end }: Lines): string => text.slice(start, end + longer)
  const section = root.entries[outer.index]!
  const map = section.value
  const inner = map.kind === 'map' && !map.flow ? linesAround(before.text, map, outer.end, change) : undefined
  if (inner === undefined || map.kind !== 'map')
    return {
      lines: outer,
      depth: 0,
      entry: section,
      longer,
      slice: slice(outer),
      withEntries: (entries) => withEntry(root, outer.index, entries, longer),
    }
  return {
    lines: inner,
    depth: 1,
    entry: map.entries[inner.index]!,
    longer,
    slice: slice(inner),
    withEntries: (entries) =>
      withEntry(
        root,
        outer.index,
        [{ key: section.key, value: withEntry(map, inner.index, entries, longer) }],
        longer,
      ),
  }
}

/**
 * Reads a text that was changed within one entry of the top level, or of a mapping right below it: only that entry's lines are read, and
 * the other nodes are those of before. The result is what `readYaml` gives. Undefined where that is not certain, or
 * where there is a fault: then the whole text must be read.
 */
export function rereadYaml(before: YamlFile, text: string): YamlFile | undefined {
  const spot = spotOf(before, text)
  const read = spot === undefined ? undefined : readLines(spot, spot.lines.end === before.text.length)
  if (spot === undefined || read === undefined) return undefined
  const { lines, longer } = spot
  return {
    text,
    documents: [spot.withEntries(read.entries)],
    comments: [
      ...before.comments.filter(({ start }) => start < lines.start),
      ...read.comments,
      ...before.comments
        .filter(({ start }) => start >= lines.end)
        .map(({ start, end }) => ({ start: start + longer, end: end + longer })),
    ],
    problems: [],
  }
}

/**
 * What can still be read of a text with a fault in the lines of one entry: the rest is as it was before. Undefined where the fault is not
 * one of these lines alone.
 */
export function recoverAgain(
  before: YamlFile,
  text: string,
  problem: YamlProblem,
): readonly YamlNode[] | undefined {
  const spot = spotOf(before, text)
  if (spot === undefined) return undefined
  const { slice, lines, depth } = spot
  const scanned = scan(slice, depth)
  const found = parse(slice, scanned, marksIn(spot.entry).aliases).problem
  const same =
    found?.code === problem.code &&
    found.message === problem.message &&
    found.start + lines.start === problem.start &&
    found.end + lines.start === problem.end
  if (!same) return undefined
  const root = recover(slice)[0]
  if (root?.kind !== 'map' || root.flow || root.entries[0]?.key.start !== lines.column) return undefined
  return [spot.withEntries(root.entries.map((each) => movedEntry(each, lines.start)))]
}

/** So many characters are compared at once where they are the same, which takes a fraction of the time. */
const stride = 1024

function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from + stride <= shorter && before.startsWith(after.slice(from, from + stride), from)) from += stride
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++
  let same = 0
  const later = (by: number): string => after.slice(after.length - same - by, after.length - same)
  while (same + stride <= shorter - from && before.endsWith(later(stride), before.length - same))
    same += stride
  while (
    same < shorter - from &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++
  return { from, to: before.length - same, longer: after.length - before.length }
}

/** The lines of the entry in which all of the change lies; those of a mapping end at `end`. */
function linesAround(text: string, map: MapNode, end: number, { from, to }: Change): Lines | undefined {
  let index = map.entries.length - 1
  while (index >= 0 && map.entries[index]!.key.start > from) index--
  const entry = map.entries[index]
  if (entry === undefined) return undefined
  const start = lineOf(text, entry.key)
  const next = map.entries[index + 1]
  const last = next === undefined ? end : lineOf(text, next.key)
  if (start === undefined || last === undefined || last < to) return undefined
  return from >= start ? { index, column: entry.key.start - start, start, end: last } : undefined
}

/** Where the line of a key starts; undefined where more than indentation stands before it. */
function lineOf(text: string, { start }: YamlNode): number | undefined {
  let line = start
  while (text.charCodeAt(line - 1) === 0x20) line--
  return line === 0 || text.charCodeAt(line - 1) === 0x0a ? line : undefined
}

/** Reads the lines that stand for an entry now, as one or more entries of its mapping. */
function readLines(
  { lines: { column, start }, entry, slice, depth }: Spot,
  isLast: boolean,
): { readonly entries: readonly MapEntry[]; readonly comments: readonly Comment[] } | undefined {
  if ((!isLast && !slice.endsWith('\n')) || slice.includes('\ufeff') || firstForbidden(slice) >= 0)
    return undefined
  const scanned = scan(slice, depth)
  if (scanned.problem !== undefined) return undefined
  const old = marksIn(entry)
  const anchors: string[] = []
  for (const { type, value } of scanned.tokens)
    if (type === 'anchor') anchors.push(value)
    else if (type === 'alias') {
      if (!old.aliases.has(value)) return undefined
    } else if (type === 'document-end' || type === 'document-start' || type === 'directive') return undefined
  // What stands below may need the anchors; an alias may need one from above.
  if (anchors.join(' ') !== old.anchors.join(' ') || anchors.some((name) => old.aliases.has(name)))
    return undefined
  const { documents, problem } = parse(slice, scanned, old.aliases)
  const root = documents[0]
  if (problem !== undefined || documents.length !== 1 || root?.kind !== 'map' || root.flow) return undefined
  const marked = root.anchor !== undefined || root.tag !== undefined
  if (marked || root.start !== column || root.entries[0]?.key.start !== column) return undefined
  return {
    entries: root.entries.map((each) => movedEntry(each, start)),
    comments: scanned.comments.map((each) => ({ start: each.start + start, end: each.end + start })),
  }
}

/** The names of the anchors below a node, in their order, and of the aliases. */
function marksIn({ key, value }: MapEntry): { anchors: string[]; aliases: Set<string> } {
  const anchors: string[] = []
  const aliases = new Set<string>()
  const visit = (node: YamlNode): void => {
    if (node.anchor !== undefined) anchors.push(node.anchor.name)
    if (node.kind === 'alias') aliases.add(node.name)
    else if (node.kind === 'list') node.items.forEach(visit)
    else if (node.kind === 'map')
      for (const entry of node.entries) {
        visit(entry.key)
        visit(entry.value)
      }
  }
  visit(key)
  visit(value)
  return { anchors, aliases }
}

/** A mapping in which one entry is replaced and those behind it are moved. */
function withEntry(map: MapNode, index: number, now: readonly MapEntry[], longer: number): MapNode {
  const entries = [
    ...map.entries.slice(0, index),
    ...now,
    ...map.entries.slice(index + 1).map((entry) => movedEntry(entry, longer)),
  ]
  return { ...map, entries, end: endOfEntries(entries, map.start) }
}

function movedEntry(entry: MapEntry, by: number): MapEntry {
  return by === 0 ? entry : { key: moved(entry.key, by), value: moved(entry.value, by) }
}

function movedProperty({ name, start, end }: Property, by: number): Property {
  return { name, start: start + by, end: end + by }
}

function moved(node: YamlNode, by: number): YamlNode {
  const copy = movedContent(node, by)
  if (node.anchor === undefined && node.tag === undefined) return copy
  return {
    ...copy,
    ...(node.anchor === undefined ? {} : { anchor: movedProperty(node.anchor, by) }),
    ...(node.tag === undefined ? {} : { tag: movedProperty(node.tag, by) }),
  }
}

/** In the shapes in which the parser makes nodes, so that all are read at one speed. */
function movedContent(node: YamlNode, by: number): YamlNode {
  const start = node.start + by
  const end = node.end + by
  switch (node.kind) {
    case 'scalar':
      return { kind: 'scalar', text: node.text, style: node.style, start, end }
    case 'alias':
      return { kind: 'alias', name: node.name, start, end }
    case 'list':
      return { kind: 'list', flow: node.flow, items: node.items.map((item) => moved(item, by)), start, end }
    case 'map':
      return {
        kind: 'map',
        flow: node.flow,
        entries: node.entries.map((entry) => movedEntry(entry, by)),
        start,
        end,
      }
  }
}
