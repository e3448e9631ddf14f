import { plural, t } from '../../../shared/l10n.ts'
import { markdownCode } from '../../../shared/sinks.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import type { Hover } from '../../answers.ts'
import type { OpenProject } from '../open.ts'
import type { Source } from '../project/value.ts'
import { entryOf, type YamlNode } from '../yaml/nodes.ts'
import { anchorsIn, walkNodes, withoutMerges, type Path } from '../yaml/tree.ts'
import { effectiveNote, effectiveValue, originName } from './effective.ts'

/** How a node that an anchor names is shown. */
export type Quote = (node: YamlNode) => string

/** What a tag or an anchor at an offset means; they stand before what they belong to. */
export function hoverProperty(open: OpenProject, offset: number, quote: Quote): Hover | undefined {
  const { text } = open.doc
  let start = offset
  while (start > 0 && /[^\s,[\]{}]/.test(text[start - 1]!)) start--
  if (text[start] !== '!' && text[start] !== '&') return undefined
  let found: Hover | undefined
  for (const root of open.yaml.documents)
    walkNodes(root, (node, path, isKey) => {
      if (isKey) return
      const { tag, anchor } = node
      const at = (range: TextRange | undefined): range is TextRange =>
        range !== undefined && range.start === start && offset <= range.end
      const lines = at(tag)
        ? tagLines(open, tag.name, withoutMerges(path))
        : at(anchor)
          ? anchorLines(open, node, anchor.name, withoutMerges(path), quote)
          : undefined
      const range = at(tag) ? tag : anchor
      if (lines !== undefined && range !== undefined)
        found = { markdown: lines.join('\n\n'), range: { start: range.start, end: range.end } }
    })
  return found
}

function tagLines(open: OpenProject, name: string, path: Path): readonly string[] | undefined {
  if (name !== '!reset' && name !== '!override') return undefined
  const key = markdownCode(String(path.at(-1) ?? ''))
  const head =
    name === '!reset'
      ? t('Takes {0} away: what this is laid over has it no more.', key)
      : t('Stands in place of {0} in what this is laid over; nothing is merged.', key)
  const below = placesBelow(open, path)
  const value = effectiveValue(open, path)
  const left =
    value !== undefined && value.origin.source.uri !== open.doc.uri
      ? t('A later file says it again: {0}.', originName(open, value.origin))
      : undefined
  return [
    `**${markdownCode(name)}**`,
    head,
    below.length === 0 ? t('No file below has it.') : t('Below: {0}.', below.join('; ')),
    ...(left === undefined ? [] : [left]),
  ]
}

/** Where the files that come before this one, or that its services extend, say something at a path. */
function placesBelow(open: OpenProject, path: Path): readonly string[] {
  const own = open.uris.indexOf(open.doc.uri)
  const isBelow = ({ uri, scope }: Source): boolean =>
    scope !== 'project' || (open.uris.includes(uri) ? open.uris.indexOf(uri) < own : uri !== open.doc.uri)
  const service = path[0] === 'services' ? String(path[1] ?? '') : undefined
  const base = service === undefined ? undefined : extended(open, service)
  return open.project.sources.filter(isBelow).flatMap((source) => {
    const steps =
      source.scope === 'project' || base === undefined ? path : ['services', base, ...path.slice(2)]
    return source.yaml.documents.flatMap((root) => {
      const node = nodeAt(root, steps)
      return node === undefined ? [] : [originName(open, { source, node })]
    })
  })
}

/** The service that one of this document extends. */
function extended(open: OpenProject, service: string): string | undefined {
  for (const root of open.yaml.documents) {
    const node = nodeAt(root, ['services', service, 'extends'])
    const name = node?.kind === 'map' ? nodeAt(node, ['service']) : node
    if (name?.kind === 'scalar') return name.text
  }
  return undefined
}

function nodeAt(root: YamlNode, path: Path): YamlNode | undefined {
  let node: YamlNode | undefined = root
  for (const step of path)
    node = node?.kind === 'list' ? node.items[Number(step)] : entryOf(node, String(step))?.value
  return node
}

function anchorLines(
  open: OpenProject,
  node: YamlNode,
  name: string,
  path: Path,
  quote: Quote,
): readonly string[] {
  const uses = anchorsIn(open.yaml).uses.get(node)?.length ?? 0
  const value = node.kind === 'scalar' ? effectiveNote(open, path, node) : undefined
  return [
    t('{0} stands for:', markdownCode(`&${name}`)),
    quote(node),
    uses === 0
      ? t('Nothing in this file uses it.')
      : plural(uses, 'Used once in this file.', 'Used {0} times in this file.'),
    ...(value === undefined ? [] : [value]),
  ]
}
