import { t } from '../../../shared/l10n.ts'
import {
  afterBreak,
  codeAt,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isDocumentMarker,
  isEnd,
  isWordCode,
  lineEnd,
} from './characters.ts'
import { misplacedColon } from './half-key.ts'
import type { Comment, ScalarStyle, YamlProblem } from './nodes.ts'
import { scanBlock, scanPlain, scanQuoted, type ScanFault } from './scan-scalars.ts'
import { scanDirective, scanTag } from './scan-tags.ts'
import type { ScanResult, Token, TokenType } from './tokens.ts'

/** A place that becomes a key when a `:` follows on the same line. */
interface SimpleKey {
  possible: boolean
  required: boolean
  token: number
  start: number
  lineStart: number
}

/** How deeply blocks and brackets may nest: beyond it the text is refused, whatever reads it later. */
export const depthLimit = 100

/** The engine looks this far back for the start of a key. */
const keyLimit = 1024

/**
 * Splits a text into tokens by the rules of the engine's YAML reader (libyaml's, YAML 1.1), so that what this accepts
 * the engine accepts. Linear; stops at the first fault. `depth` is how many blocks stand around the text.
 */
export function scan(text: string, depth = 0): ScanResult {
  const tokens: Token[] = []
  const comments: Comment[] = []
  const indents: number[] = []
  const keys: SimpleKey[] = [{ possible: false, required: false, token: 0, start: 0, lineStart: 0 }]
  let indent = -1
  let flow = 0
  let keyAllowed = true
  // The reader of the engine passes over one mark, its scanner over one more; any other is a part of the text.
  let offset = /^\ufeff{0,2}/.exec(text)![0].length
  let lineStart = offset
  let problem: YamlProblem | undefined

  const fail = (message: string, start: number, end: number): false => {
    problem = { code: 'yaml-syntax', message, start, end }
    return false
  }
  const failAt = (fault: ScanFault): false => fail(fault.fault, fault.at, lineEnd(text, fault.at))
  const push = (
    type: TokenType,
    start: number,
    end: number,
    value = '',
    style: ScalarStyle = 'plain',
  ): void => {
    tokens.push({ type, start, end, value, style })
  }
  const insert = (index: number, type: TokenType, at: number): void => {
    push(type, at, at)
    const token = tokens[tokens.length - 1]!
    // Nearly always there is but one behind it.
    for (let place = tokens.length - 1; place > index; place--) tokens[place] = tokens[place - 1]!
    tokens[index] = token
  }
  const column = (): number => offset - lineStart
  const lastKey = (): SimpleKey => keys[keys.length - 1]!

  const removeKey = (): boolean => {
    const key = lastKey()
    if (key.possible && key.required)
      return fail(t('A `:` is missing after this key.'), key.start, lineEnd(text, key.start))
    key.possible = false
    return true
  }
  const saveKey = (): boolean => {
    if (!keyAllowed) return true
    if (!removeKey()) return false
    const key = lastKey()
    key.possible = true
    key.required = flow === 0 && indent === column()
    key.token = tokens.length
    key.start = offset
    key.lineStart = lineStart
    return true
  }
  const deeper = (): boolean => {
    if (depth + flow + indents.length <= depthLimit) return true
    problem = {
      code: 'too-deep',
      message: t('Nested more than {0} levels deep: this file is not checked.', depthLimit),
      start: offset,
      end: lineEnd(text, offset),
    }
    return false
  }
  const roll = (at: number, type: 'block-map' | 'block-list', index: number, start: number): boolean => {
    if (flow > 0 || indent >= at) return true
    indents.push(indent)
    indent = at
    insert(index, type, start)
    return deeper()
  }
  const unroll = (to: number): void => {
    if (flow > 0) return
    while (indent > to) {
      push('block-end', offset, offset)
      indent = indents.pop() ?? -1
    }
  }

  /** Skips blanks, comments and breaks. Tabs do not count as indentation. */
  const skipToToken = (): void => {
    for (;;) {
      while (codeAt(text, offset) === 0x20 || ((flow > 0 || !keyAllowed) && codeAt(text, offset) === 0x09))
        offset++
      if (codeAt(text, offset) === 0x23) {
        const start = offset
        offset = lineEnd(text, offset)
        comments.push({ start, end: offset })
      }
      if (isEnd(text, offset) || !isBreak(text, offset)) return
      offset = afterBreak(text, offset)
      lineStart = offset
      if (flow === 0) keyAllowed = true
    }
  }

  const fetchFlowStart = (type: 'flow-list' | 'flow-map'): boolean => {
    if (!saveKey()) return false
    keys.push({ possible: false, required: false, token: 0, start: offset, lineStart })
    flow++
    if (!deeper()) return false
    keyAllowed = true
    push(type, offset, ++offset)
    return true
  }
  const fetchFlowEnd = (type: 'flow-list-end' | 'flow-map-end'): boolean => {
    if (!removeKey()) return false
    if (flow > 0) {
      flow--
      keys.pop()
    }
    keyAllowed = false
    push(type, offset, ++offset)
    return true
  }
  const fetchBlockEntry = (): boolean => {
    if (flow === 0) {
      if (!keyAllowed) return fail(t('A list cannot start here.'), offset, lineEnd(text, offset))
      if (!roll(column(), 'block-list', tokens.length, offset)) return false
    }
    if (!removeKey()) return false
    keyAllowed = true
    push('block-entry', offset, ++offset)
    return true
  }
  const fetchKey = (): boolean => {
    if (flow === 0) {
      if (!keyAllowed) return fail(t('A key cannot start here.'), offset, lineEnd(text, offset))
      if (!roll(column(), 'block-map', tokens.length, offset)) return false
    }
    if (!removeKey()) return false
    keyAllowed = flow === 0
    push('key', offset, ++offset)
    return true
  }
  const fetchValue = (): boolean => {
    const key = lastKey()
    const stale = key.possible && (key.lineStart !== lineStart || key.start + keyLimit < offset)
    if (stale && key.required)
      return fail(t('A `:` is missing after this key.'), key.start, lineEnd(text, key.start))
    if (key.possible && !stale) {
      insert(key.token, 'key', key.start)
      if (!roll(key.start - key.lineStart, 'block-map', key.token, key.start)) return false
      keyAllowed = false
    } else {
      if (flow === 0) {
        if (!keyAllowed) {
          problem = misplacedColon(text, offset, tokens.at(-1))
          return false
        }
        if (!roll(column(), 'block-map', tokens.length, offset)) return false
      }
      keyAllowed = flow === 0
    }
    key.possible = false
    push('value', offset, ++offset)
    return true
  }
  const fetchName = (type: 'alias' | 'anchor'): boolean => {
    if (!saveKey()) return false
    keyAllowed = false
    const start = offset++
    while (isWordCode(codeAt(text, offset))) offset++
    if (offset === start + 1 || !(isBlankOrEnd(text, offset) || '?:,]}%@`'.includes(text[offset] ?? '')))
      return fail(t('A name of letters and digits must follow `{0}`.', text[start] ?? ''), start, offset)
    push(type, start, offset, text.slice(start + 1, offset))
    return true
  }
  const fetchTag = (): boolean => {
    if (!saveKey()) return false
    keyAllowed = false
    const tag = scanTag(text, offset)
    if ('fault' in tag) return failAt(tag)
    push('tag', offset, tag.end, tag.name)
    offset = tag.end
    return true
  }
  const fetchQuoted = (style: 'single' | 'double'): boolean => {
    if (!saveKey()) return false
    keyAllowed = false
    const scanned = scanQuoted(text, offset, lineStart)
    if ('fault' in scanned) return failAt(scanned)
    push('scalar', offset, scanned.end, scanned.value, style)
    offset = scanned.next
    lineStart = scanned.lineStart
    return true
  }
  const fetchPlain = (): boolean => {
    if (!saveKey()) return false
    keyAllowed = false
    const scanned = scanPlain(text, offset, lineStart, indent + 1, flow > 0)
    if ('fault' in scanned) return failAt(scanned)
    push('scalar', offset, scanned.end, scanned.value)
    offset = scanned.next
    lineStart = scanned.lineStart
    if (scanned.crossedLine) keyAllowed = true
    return true
  }
  const fetchBlock = (style: 'literal' | 'folded'): boolean => {
    if (!removeKey()) return false
    keyAllowed = true
    const scanned = scanBlock(text, offset, lineStart, indent)
    if ('fault' in scanned) return failAt(scanned)
    push('scalar', offset, scanned.end, scanned.value, style)
    offset = scanned.next
    lineStart = scanned.lineStart
    return true
  }
  const fetchDirective = (): boolean => {
    unroll(-1)
    if (!removeKey()) return false
    keyAllowed = false
    const directive = scanDirective(text, offset)
    if ('fault' in directive) return failAt(directive)
    push('directive', offset, directive.end, directive.words)
    offset = directive.next
    lineStart = offset
    return true
  }
  const fetchMarker = (): boolean => {
    unroll(-1)
    if (!removeKey()) return false
    keyAllowed = false
    push(text[offset] === '-' ? 'document-start' : 'document-end', offset, (offset += 3))
    return true
  }

  /** One token, and what it implies. False at the end and at a fault. */
  const fetch = (): boolean => {
    skipToToken()
    unroll(column())
    if (isEnd(text, offset)) {
      unroll(-1)
      if (!removeKey()) return false
      push('stream-end', offset, offset)
      return false
    }
    const code = text.charCodeAt(offset)
    const blankNext = isBlankOrEnd(text, offset + 1)
    if (code === 0x25 && column() === 0) return fetchDirective()
    if (isDocumentMarker(text, offset, column())) return fetchMarker()
    switch (text[offset]) {
      case '[':
        return fetchFlowStart('flow-list')
      case '{':
        return fetchFlowStart('flow-map')
      case ']':
        return fetchFlowEnd('flow-list-end')
      case '}':
        return fetchFlowEnd('flow-map-end')
      case ',':
        if (!removeKey()) return false
        keyAllowed = true
        push('flow-entry', offset, ++offset)
        return true
      case '-':
        return blankNext ? fetchBlockEntry() : fetchPlain()
      case '?':
        if (flow > 0 || blankNext) return fetchKey()
        return fetchPlain()
      case ':':
        if (flow > 0 || blankNext) return fetchValue()
        return fetchPlain()
      case '*':
        return fetchName('alias')
      case '&':
        return fetchName('anchor')
      case '!':
        return fetchTag()
      case '|':
        if (flow === 0) return fetchBlock('literal')
        break
      case '>':
        if (flow === 0) return fetchBlock('folded')
        break
      case "'":
        return fetchQuoted('single')
      case '"':
        return fetchQuoted('double')
      case '#':
      case '%':
      case '@':
      case '`':
        break
      default:
        if (isBlank(text, offset)) return fail(t('A tab cannot be used for indentation.'), offset, offset + 1)
        return fetchPlain()
    }
    return fail(t('A value cannot start with `{0}`: quote it.', text[offset] ?? ''), offset, offset + 1)
  }

  while (fetch());
  return problem === undefined ? { tokens, comments } : { tokens, comments, problem }
}
