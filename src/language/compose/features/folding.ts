import type { TextRange } from '../../../shared/text-range.ts'
import type { Fold } from '../../answers.ts'
import { lineAt, lineStartsOf } from '../../dockerfile/lines.ts'
import type { YamlFile } from '../yaml/nodes.ts'
import { rootAt, walkNodes, type Spot } from '../yaml/tree.ts'

/** Mappings, lists and block texts under their keys; comments of several lines; `#region` … `#endregion`. */
export function folds(yaml: YamlFile): readonly Fold[] {
  const lines = lineStartsOf(yaml.text)
  const result: Fold[] = []
  const seen = new Set<number>()
  const add = (start: number, end: number, kind: Fold['kind']): void => {
    const startLine = lineAt(lines, start)
    const endLine = lineAt(lines, end)
    if (endLine <= startLine || seen.has(startLine)) return
    seen.add(startLine)
    result.push({ startLine, endLine, kind })
  }
  for (const root of yaml.documents)
    walkNodes(root, (node, _path, isKey, entry) => {
      if (isKey) return
      if (entry !== undefined) add(entry.key.start, Math.max(node.end, entry.key.end), undefined)
      else if (node.kind !== 'scalar' && node !== root) add(node.start, node.end, undefined)
    })
  const regions: number[] = []
  let first = -1
  let last = -1
  const flush = (): void => {
    if (first >= 0 && last >= 0) add(first, last, 'comment')
    first = last = -1
  }
  for (const { start, end } of yaml.comments) {
    const line = lineAt(lines, start)
    const words = yaml.text.slice(start, end)
    if (/^#\s*region\b/.test(words)) regions.push(start)
    else if (/^#\s*endregion\b/.test(words)) {
      const opened = regions.pop()
      if (opened !== undefined) add(opened, end, 'region')
    }
    const alone = yaml.text.slice(lines[line], start).trim() === ''
    if (alone && first >= 0 && line === lineAt(lines, last) + 1) last = end
    else {
      flush()
      if (alone) {
        first = start
        last = end
      }
    }
  }
  flush()
  return result.sort((a, b) => a.startLine - b.startLine)
}

/** The ranges around an offset, the innermost first: the word, the value, the entry, what holds it. */
export function selectionsAt(yaml: YamlFile, offset: number, spot: Spot | undefined): readonly TextRange[] {
  const ranges: TextRange[] = []
  const add = (start: number, end: number): void => {
    const last = ranges.at(-1)
    if (last !== undefined && last.start === start && last.end === end) return
    if (last === undefined || (start <= last.start && last.end <= end)) ranges.push({ start, end })
  }
  if (spot !== undefined) {
    const word = /[\w.-]/
    let start = offset
    let end = offset
    while (start > spot.node.start && word.test(yaml.text[start - 1] ?? '')) start--
    while (end < spot.node.end && word.test(yaml.text[end] ?? '')) end++
    if (spot.node.kind === 'scalar' && end > start) add(start, end)
    if (spot.entry !== undefined) {
      add(spot.node.start, spot.node.end)
      add(spot.entry.key.start, Math.max(spot.entry.key.end, spot.entry.value.end))
    }
    for (let index = spot.chain.length - 1; index >= 0; index--) {
      const node = spot.chain[index]!
      add(node.start, node.end)
      const parent = spot.chain[index - 1]
      if (parent?.kind === 'map') {
        const entry = parent.entries.find(({ value }) => value === node)
        if (entry !== undefined) add(entry.key.start, Math.max(entry.key.end, entry.value.end))
      }
    }
  }
  const root = rootAt(yaml, offset)
  if (root !== undefined) add(root.start, root.end)
  add(0, yaml.text.length)
  return ranges
}
