import type { TextEdit } from '../../shared/text-range.ts'
import { lineStart } from './yaml/characters.ts'
import type { MapNode, YamlFile, YamlNode } from './yaml/nodes.ts'
import { entryOf } from './yaml/nodes.ts'

export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : text.includes('\n') || !text.includes('\r') ? '\n' : '\r'
}

/** The column of an offset, in characters from the start of its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset)
}

/** How many blanks one level is in this file: the step of its first nested mapping, or two. */
export function indentStep(yaml: YamlFile): number {
  const root = yaml.documents[0]
  if (root?.kind !== 'map') return 2
  for (const entry of root.entries) {
    const { value } = entry
    if (value.kind !== 'map' || value.flow || value.entries.length === 0) continue
    const step = columnOf(yaml.text, value.start) - columnOf(yaml.text, entry.key.start)
    if (step > 0 && step <= 8) return step
  }
  return 2
}

/** The end of the line an offset lies on, with a comment that follows on it. */
export function endOfLine(text: string, offset: number): number {
  let end = offset
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++
  return end
}

/** Writes lines behind the last entry of a block mapping, at its indentation. */
export function insertIntoMap(text: string, map: MapNode, lines: readonly string[]): TextEdit | undefined {
  const last = map.entries.at(-1)
  if (map.flow || last === undefined) return undefined
  const indent = ' '.repeat(columnOf(text, map.start))
  const at = endOfLine(text, Math.max(last.value.end, last.key.end))
  const eol = lineBreakOf(text)
  return { range: { start: at, end: at }, newText: lines.map((line) => `${eol}${indent}${line}`).join('') }
}

/** Writes an entry into a section of the top level; the section is made at the end of the file where there is none. */
export function insertIntoSection(
  yaml: YamlFile,
  section: string,
  lines: readonly string[],
): TextEdit | undefined {
  const { text } = yaml
  const root: YamlNode | undefined = yaml.documents[0]
  const eol = lineBreakOf(text)
  const step = ' '.repeat(indentStep(yaml))
  if (root === undefined || (root.kind === 'map' && root.flow)) return undefined
  const entry = entryOf(root, section)
  if (entry === undefined) {
    if (root.kind !== 'map') return undefined
    const last = root.entries.at(-1)
    const at = last === undefined ? text.length : endOfLine(text, Math.max(last.value.end, last.key.end))
    const body = [`${section}:`, ...lines.map((line) => step + line)]
    const gap =
      last !== undefined && last.value.kind === 'map' && /(?:\r?\n){2}\S/.test(text.slice(0, last.key.end))
        ? eol
        : ''
    return { range: { start: at, end: at }, newText: gap + body.map((line) => eol + line).join('') }
  }
  if (entry.value.kind === 'map' && !entry.value.flow) return insertIntoMap(text, entry.value, lines)
  if (entry.value.kind === 'map' && entry.value.entries.length === 0)
    return {
      range: { start: entry.value.start, end: entry.value.end },
      newText: lines.map((line) => eol + step + line).join(''),
    }
  if (entry.value.kind === 'scalar' && entry.value.text === '') {
    const at = endOfLine(text, entry.key.end)
    return { range: { start: at, end: at }, newText: lines.map((line) => eol + step + line).join('') }
  }
  return undefined
}
