import type { TextEdit, TextRange } from '../../../shared/text-range.ts'
import { applyEdits } from '../../../shared/text-range.ts'
import type { FormatOptions } from '../../provider.ts'
import { lineBreakOf } from '../insert.ts'
import { readYaml } from '../yaml/read.ts'
import type { YamlFile } from '../yaml/nodes.ts'
import { layoutOf, type Layout } from './format-layout.ts'
import { sameNodes } from './format-check.ts'

/**
 * Brings the indentation into order: each level `tabSize` blanks, lists one level below their key, one blank behind a
 * dash and a colon, no more than one empty line, none at the ends. Comments, quotes and line breaks stay. A text that
 * would read differently afterwards is left alone, and so is one with faults.
 */
export function formatCompose(
  yaml: YamlFile,
  range: TextRange | undefined,
  options: FormatOptions,
): readonly TextEdit[] {
  if (yaml.problems.length > 0 || yaml.documents.length === 0) return []
  const step = Math.min(Math.max(options.tabSize, 2), 8)
  const layout = layoutOf(yaml, step)
  if (layout === undefined) return []
  const edits = editsOf(yaml, layout)
  const after = readYaml(applyEdits(yaml.text, edits))
  const same =
    after.problems.length === 0 &&
    after.documents.length === yaml.documents.length &&
    yaml.documents.every((root, index) => sameNodes(root, after.documents[index]))
  if (!same) return []
  if (range === undefined) return edits
  const sections = sectionsOf(yaml)
  return edits.filter((edit) => touches(sectionOf(sections, edit.range), range))
}

function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end
}

/** The sections of the top level, in their order. */
const sectionsOf = ({ documents }: YamlFile): readonly TextRange[] =>
  documents.flatMap((root) =>
    root.kind === 'map'
      ? root.entries.map(({ key, value }) => ({ start: key.start, end: Math.max(value.end, key.end) }))
      : [],
  )

/** The section that an edit lies in: only whole sections can be formatted on their own. */
function sectionOf(sections: readonly TextRange[], edit: TextRange): TextRange {
  let [low, high] = [0, sections.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sections[middle]!.end < edit.start) low = middle + 1
    else high = middle
  }
  const section = sections[low]
  return section !== undefined && section.start <= edit.end ? section : edit
}

function editsOf(yaml: YamlFile, layout: Layout): readonly TextEdit[] {
  const { text } = yaml
  const { starts } = layout
  const lastContent = text.trimEnd().length
  const edits: TextEdit[] = []
  let blanks = 0
  let written = false
  for (let line = 0; line < starts.length; line++) {
    const start = starts[line]!
    const next = starts[line + 1] ?? text.length
    const content = text.slice(start, next).replace(/\r\n$|[\r\n]$/, '')
    const end = start + content.length
    if (content.trim() === '' && !layout.kept.has(line)) {
      blanks++
      // The first empty line of several stays, unless nothing stands before it or nothing comes after it.
      const last = next >= lastContent
      if (!written || last || blanks > 1) {
        if (next > start) edits.push({ range: { start, end: next }, newText: '' })
      } else if (content !== '') edits.push({ range: { start, end }, newText: '' })
      continue
    }
    blanks = 0
    written = true
    const spaces = content.search(/\S|$/)
    const indent = layout.indents.get(line)
    if (indent !== undefined && (indent !== spaces || /\t/.test(content.slice(0, spaces))))
      edits.push({ range: { start, end: start + spaces }, newText: ' '.repeat(indent) })
    if (!layout.kept.has(line)) {
      const bare = content.trimEnd()
      if (bare.length < content.length && bare.length >= spaces)
        edits.push({ range: { start: start + bare.length, end }, newText: '' })
    }
  }
  for (const gap of layout.gaps) edits.push({ range: gap, newText: ' ' })
  if (text !== '' && !/[\r\n]$/.test(text))
    edits.push({ range: { start: text.length, end: text.length }, newText: lineBreakOf(text) })
  return edits.filter(({ range, newText }) => text.slice(range.start, range.end) !== newText)
}
