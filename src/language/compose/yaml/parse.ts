import { t } from '../../../shared/l10n.ts'
import { lineEnd } from './characters.ts'
import { halfKey } from './half-key.ts'
import type { MapEntry, Property, YamlNode, YamlProblem } from './nodes.ts'
import type { ScanResult, Token, TokenType } from './tokens.ts'
import { shortTag } from './scan-tags.ts'

/** Thrown inside this file to leave the recursion at the first fault; caught where it was begun. */
class Stop extends Error {
  readonly problem: YamlProblem
  constructor(problem: YamlProblem) {
    super(problem.message)
    this.problem = problem
  }
}

interface Parsed {
  readonly documents: readonly YamlNode[]
  readonly problem?: YamlProblem
}

/**
 * Builds the nodes of all documents from the tokens, by the engine's grammar. Depth is bounded by the scanner. `declared` are the names of
 * anchors that stand before the text.
 */
export function parse(text: string, scanned: ScanResult, declared: Iterable<string> = []): Parsed {
  const { tokens } = scanned
  const documents: YamlNode[] = []
  let index = 0
  let handles = new Map<string, string>()
  const anchors = new Set(declared)

  const end: Token = { type: 'stream-end', start: text.length, end: text.length, value: '', style: 'plain' }
  const peek = (): Token => {
    const token = tokens[index]
    if (token !== undefined) return token
    if (scanned.problem !== undefined) throw new Stop(scanned.problem)
    return end
  }
  // No list of types: this is asked several times for each token.
  const at = (one: TokenType, two = one, three = one, four = one): boolean => {
    const { type } = peek()
    return type === one || type === two || type === three || type === four
  }
  const take = (): Token => {
    const token = peek()
    index++
    return token
  }
  const stop = (message: string, token: Token): never => {
    const to = token.end > token.start ? token.end : Math.max(lineEnd(text, token.start), token.start)
    throw new Stop({ code: 'yaml-syntax', message, start: token.start, end: to })
  }
  const stopAtKey = (token: Token): never => {
    const plain = token.type === 'scalar' && token.style === 'plain'
    const half = plain ? halfKey(text, token.start, token.end) : undefined
    if (half !== undefined) throw new Stop({ code: 'yaml-syntax', ...half })
    return stop(t('A key is expected here: look at the indentation.'), token)
  }
  const empty = (offset: number): YamlNode => ({
    kind: 'scalar',
    text: '',
    style: 'plain',
    start: offset,
    end: offset,
  })

  const resolveTag = (token: Token): Property => {
    const space = token.value.indexOf(' ')
    const handle = token.value.startsWith('!!') ? '!!' : '!'
    if (space < 0) {
      const prefix = handles.get(handle)
      const name =
        prefix === undefined || token.value === '!'
          ? token.value
          : shortTag(prefix + token.value.slice(handle.length))
      return { name, start: token.start, end: token.end }
    }
    const prefix = handles.get(token.value.slice(0, space))
    if (prefix === undefined)
      stop(t('No `%TAG` line says what `{0}` stands for.', token.value.slice(0, space)), token)
    return { name: shortTag(`${prefix}${token.value.slice(space + 1)}`), start: token.start, end: token.end }
  }

  const parseNode = (block: boolean, indentless: boolean): YamlNode => {
    if (at('alias')) {
      const token = take()
      if (!anchors.has(token.value)) stop(t('No anchor `&{0}` stands before this alias.', token.value), token)
      return { kind: 'alias', name: token.value, start: token.start, end: token.end }
    }
    if (at('anchor', 'tag')) return parseMarked(block, indentless)
    return parseContent(block, indentless) ?? stop(t('A value is expected here.'), peek())
  }

  const parseMarked = (block: boolean, indentless: boolean): YamlNode => {
    let anchor: Property | undefined
    let tag: Property | undefined
    for (let part = 0; part < 2; part++) {
      if (anchor === undefined && at('anchor')) {
        const token = take()
        anchor = { name: token.value, start: token.start, end: token.end }
        anchors.add(token.value)
      } else if (tag === undefined && at('tag')) tag = resolveTag(take())
    }
    const node = parseContent(block, indentless) ?? empty(Math.max(anchor?.end ?? -1, tag?.end ?? -1))
    return { ...node, ...(anchor === undefined ? {} : { anchor }), ...(tag === undefined ? {} : { tag }) }
  }

  /** Undefined where no node begins. */
  const parseContent = (block: boolean, indentless: boolean): YamlNode | undefined => {
    const token = peek()
    if (indentless && token.type === 'block-entry') return parseIndentless()
    switch (token.type) {
      case 'scalar':
        index++
        return { kind: 'scalar', text: token.value, style: token.style, start: token.start, end: token.end }
      case 'flow-list':
        return parseFlowList()
      case 'flow-map':
        return parseFlowMap()
      case 'block-list':
        return block ? parseBlockList() : undefined
      case 'block-map':
        return block ? parseBlockMap() : undefined
      default:
        return undefined
    }
  }

  const blockItem = (dash: Token): YamlNode =>
    at('block-entry', 'block-end') ? empty(dash.end) : parseNode(true, false)

  const parseBlockList = (): YamlNode => {
    const start = take().start
    const items: YamlNode[] = []
    while (at('block-entry')) items.push(blockItem(take()))
    if (!at('block-end')) stop(t('A list entry starting with `-` is expected here.'), peek())
    index++
    return { kind: 'list', flow: false, items, start, end: endOf(items, start + 1) }
  }
  const parseIndentless = (): YamlNode => {
    const start = peek().start
    const items: YamlNode[] = []
    while (at('block-entry')) {
      const dash = take()
      items.push(at('key', 'value') ? empty(dash.end) : blockItem(dash))
    }
    return { kind: 'list', flow: false, items, start, end: endOf(items, start + 1) }
  }
  const parseBlockMap = (): YamlNode => {
    const start = take().start
    const entries: MapEntry[] = []
    while (at('key')) {
      const mark = take()
      const key = at('key', 'value', 'block-end') ? empty(mark.end) : parseNode(true, true)
      const colon = at('value') ? take() : undefined
      const isEmpty = colon === undefined || at('key', 'value', 'block-end')
      entries.push({ key, value: isEmpty ? empty((colon ?? key).end) : parseNode(true, true) })
    }
    if (!at('block-end')) stopAtKey(peek())
    index++
    return { kind: 'map', flow: false, entries, start, end: endOfEntries(entries, start) }
  }
  const parseFlowValue = (fallback: number, end: TokenType): YamlNode => {
    if (!at('value')) return empty(fallback)
    const colon = take()
    return at('flow-entry', end) ? empty(colon.end) : parseNode(false, false)
  }
  const parseFlowList = (): YamlNode => {
    const start = take().start
    const items: YamlNode[] = []
    while (!at('flow-list-end')) {
      if (items.length > 0) {
        if (!at('flow-entry')) stop(t('A `,` or `]` is expected here.'), peek())
        index++
        if (at('flow-list-end')) break
      }
      if (at('key')) {
        const mark = take()
        const key = at('value', 'flow-entry', 'flow-list-end') ? empty(mark.end) : parseNode(false, false)
        const value = parseFlowValue(key.end, 'flow-list-end')
        const entry = { key, value }
        items.push({ kind: 'map', flow: true, entries: [entry], start: key.start, end: lastOf(entry).end })
      } else items.push(parseNode(false, false))
    }
    return { kind: 'list', flow: true, items, start, end: take().end }
  }
  const parseFlowMap = (): YamlNode => {
    const start = take().start
    const entries: MapEntry[] = []
    while (!at('flow-map-end')) {
      if (entries.length > 0) {
        if (!at('flow-entry')) stop(t('A `,` or `}` is expected here.'), peek())
        index++
        if (at('flow-map-end')) break
      }
      if (at('key')) {
        const mark = take()
        const key = at('value', 'flow-entry', 'flow-map-end') ? empty(mark.end) : parseNode(false, false)
        entries.push({ key, value: parseFlowValue(key.end, 'flow-map-end') })
      } else {
        const key = parseNode(false, false)
        entries.push({ key, value: empty(key.end) })
      }
    }
    return { kind: 'map', flow: true, entries, start, end: take().end }
  }

  const parseDirectives = (): void => {
    handles = new Map()
    let versions = 0
    while (at('directive')) {
      const token = take()
      const [name, first = '', second = ''] = token.value.split(' ')
      if (name === '%YAML') {
        if (++versions > 1) stop(t('`%YAML` stands twice.'), token)
        if (first !== '1.1') stop(t('The engine reads YAML 1.1 only: remove this line.'), token)
      } else if (handles.has(first)) stop(t('`%TAG {0}` stands twice.', first), token)
      else handles.set(first, second)
    }
  }

  try {
    let implicit = true
    for (;;) {
      while (!implicit && at('document-end')) index++
      if (at('stream-end')) break
      if (implicit && !at('directive', 'document-start')) {
        handles = new Map()
        documents.push(parseNode(true, false))
      } else {
        parseDirectives()
        if (!at('document-start')) stop(t('`---` is expected here.'), peek())
        const mark = take()
        documents.push(
          at('directive', 'document-start', 'document-end', 'stream-end')
            ? empty(mark.end)
            : parseNode(true, false),
        )
      }
      implicit = false
    }
    return { documents }
  } catch (fault) {
    if (fault instanceof Stop) return { documents, problem: fault.problem }
    throw fault
  }
}

function lastOf(entry: MapEntry): YamlNode {
  return entry.value.end >= entry.key.end ? entry.value : entry.key
}

/** Where a block ends: with the last thing in it. */
function endOf(nodes: readonly YamlNode[], fallback: number): number {
  const last = nodes[nodes.length - 1]
  return last === undefined ? fallback : Math.max(last.end, fallback)
}

export function endOfEntries(entries: readonly MapEntry[], fallback: number): number {
  const last = entries[entries.length - 1]
  return last === undefined ? fallback : Math.max(lastOf(last).end, fallback)
}
