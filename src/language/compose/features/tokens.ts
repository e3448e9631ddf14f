import type { TextRange } from '../../../shared/text-range.ts'
import type { Token, TokenType } from '../../answers.ts'
import type { OpenProject } from '../open.ts'
import { namesIn, type NameKind } from '../names.ts'
import { walkNodes } from '../yaml/tree.ts'

const types: Readonly<Record<NameKind, TokenType>> = {
  service: 'class',
  network: 'namespace',
  volume: 'namespace',
  secret: 'namespace',
  config: 'namespace',
  model: 'namespace',
  profile: 'parameter',
  anchor: 'macro',
}

/**
 * What a grammar cannot see: names of services, networks and volumes where they are declared and used, variables,
 * anchors, tags. In the order of the text, without overlaps, each within one line.
 */
export function tokens(open: OpenProject): readonly Token[] {
  const { yaml, doc } = open
  const found: Token[] = []
  const add = (range: TextRange, type: TokenType, declaration = false): void => {
    if (range.end <= range.start || /[\r\n]/.test(doc.text.slice(range.start, range.end))) return
    found.push({ range, type, ...(declaration ? { modifiers: ['declaration' as const] } : {}) })
  }
  for (const place of namesIn(yaml)) add(place.range, types[place.kind], place.role === 'declaration')
  for (const place of open.project.variables) {
    if (place.origin.source.uri !== doc.uri) continue
    const range = { start: place.nameStart, end: place.nameStart + place.name.length }
    if (doc.text.slice(range.start, range.end) === place.name) add(range, 'variable')
  }
  for (const root of yaml.documents)
    walkNodes(root, (node, _path, isKey) => {
      if (node.tag !== undefined) add({ start: node.tag.start, end: node.tag.end }, 'macro')
      if (isKey && node.kind === 'scalar' && node.text === '<<')
        add({ start: node.start, end: node.end }, 'operator')
    })
  found.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end)
  const result: Token[] = []
  let end = 0
  for (const token of found) {
    if (token.range.start < end) continue
    result.push(token)
    end = token.range.end
  }
  return result
}
