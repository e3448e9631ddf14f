import { isSpace, nameEnd } from './characters.ts'
import type { Escape } from './model.ts'

/**
 * A text in which BuildKit replaces variables, taken apart by the rules of its lexer. Places are those of the text that was given.
 */
export type Part = TextPart | QuotePart | VariablePart

export interface TextPart {
  readonly kind: 'text'
  readonly at: number
  readonly end: number
  /** With escapes resolved; `raw` is as written. */
  readonly value: string
  readonly raw: string
  /** Came out of an escape, so that a space in it ends no word. */
  readonly escaped: boolean
}

export interface QuotePart {
  readonly kind: 'quote'
  readonly at: number
  readonly end: number
  readonly quote: '"' | "'"
  readonly parts: readonly Part[]
}

export interface VariablePart {
  readonly kind: 'variable'
  readonly at: number
  readonly end: number
  readonly name: string
  readonly nameAt: number
  readonly braced: boolean
  readonly modifier: string
  /** The word after the modifier; for `/` and `//` the pattern. */
  readonly word: readonly Part[] | undefined
  readonly wordAt: number
  readonly wordEnd: number
  /** What `/` and `//` put in. */
  readonly replacement: readonly Part[] | undefined
}

export interface TemplateFault {
  readonly code: 'badSubstitution' | 'unterminatedSubstitution' | 'unsupportedModifier' | 'unterminatedQuote'
  readonly at: number
  readonly end: number
  readonly subject: string
}

export interface Template {
  readonly parts: readonly Part[]
  /** BuildKit stops at the first one. */
  readonly faults: readonly TemplateFault[]
}

export interface TemplateOptions {
  readonly escape: Escape
  /** False in the bodies of heredocs, where quotes mean nothing. */
  readonly quotes: boolean
}

/** Deeper nesting (`${a:-${b:-…}}`) is taken as plain text. */
const deepest = 50

interface Cursor {
  readonly text: string
  readonly to: number
  readonly options: TemplateOptions
  readonly faults: TemplateFault[]
  at: number
  depth: number
  /** Whether the last `readParts` met its stop. */
  closed: boolean
}

export function parseTemplate(text: string, from: number, to: number, options: TemplateOptions): Template {
  const cursor: Cursor = { text, to, options, faults: [], at: from, depth: 0, closed: true }
  return { parts: readParts(cursor, ''), faults: cursor.faults }
}

/** Reads up to `stop`, which is taken too, or to the end. Leaves a fault when `stop` does not come. */
function readParts(cursor: Cursor, stop: string): Part[] {
  const { text, to, options } = cursor
  const parts: Part[] = []
  let plainFrom = cursor.at
  const flush = (end: number): void => {
    if (end > plainFrom) parts.push(plainPart(text, plainFrom, end))
  }
  while (cursor.at < to) {
    const character = text[cursor.at]!
    if (character === stop) {
      flush(cursor.at)
      cursor.at++
      cursor.closed = true
      return parts
    }
    if (character === '$' || (options.quotes && (character === '"' || character === "'"))) {
      const start = cursor.at
      const part = character === '$' ? readVariable(cursor) : readQuote(cursor, character as '"' | "'")
      if (part === undefined) continue
      flush(start)
      parts.push(part)
      plainFrom = cursor.at
    } else if (character === options.escape) {
      flush(cursor.at)
      const start = cursor.at
      cursor.at = Math.min(start + 2, to)
      const raw = text.slice(start, cursor.at)
      parts.push({ kind: 'text', at: start, end: cursor.at, value: raw.slice(1), raw, escaped: true })
      plainFrom = cursor.at
    } else cursor.at++
  }
  flush(to)
  cursor.closed = false
  if (stop !== '') cursor.faults.push({ code: 'unterminatedSubstitution', at: to, end: to, subject: stop })
  return parts
}

function plainPart(text: string, at: number, end: number): TextPart {
  const raw = text.slice(at, end)
  return { kind: 'text', at, end, value: raw, raw, escaped: false }
}

function readQuote(cursor: Cursor, quote: '"' | "'"): QuotePart {
  const { text, to, options } = cursor
  const start = cursor.at
  cursor.at++
  const parts: Part[] = []
  let plainFrom = cursor.at
  const flush = (end: number): void => {
    if (end > plainFrom) parts.push(plainPart(text, plainFrom, end))
  }
  while (cursor.at < to) {
    const character = text[cursor.at]!
    if (character === quote) {
      flush(cursor.at)
      cursor.at++
      return { kind: 'quote', at: start, end: cursor.at, quote, parts }
    }
    if (quote === '"' && character === '$') {
      const at = cursor.at
      const part = readVariable(cursor)
      if (part === undefined) continue
      flush(at)
      parts.push(part)
      plainFrom = cursor.at
    } else if (quote === '"' && character === options.escape) {
      const next = text[cursor.at + 1] ?? ''
      if (cursor.at + 1 < to && (next === '"' || next === '$' || next === options.escape)) {
        flush(cursor.at)
        parts.push({
          kind: 'text',
          at: cursor.at,
          end: cursor.at + 2,
          value: next,
          raw: options.escape + next,
          escaped: true,
        })
        cursor.at += 2
        plainFrom = cursor.at
      } else cursor.at++
    } else cursor.at++
  }
  flush(to)
  cursor.faults.push({ code: 'unterminatedQuote', at: start, end: to, subject: quote })
  return { kind: 'quote', at: start, end: to, quote, parts }
}

/** Reads a variable at the `$`; without one the cursor only passes the dollar sign. */
function readVariable(cursor: Cursor): VariablePart | undefined {
  const { text, to } = cursor
  const start = cursor.at
  if (text[start + 1] === '{' && start + 1 < to) return readBraced(cursor, start)
  const end = nameEnd(text, start + 1, to)
  if (end === start + 1) {
    cursor.at = start + 1
    return undefined
  }
  cursor.at = end
  return {
    kind: 'variable',
    at: start,
    end,
    name: text.slice(start + 1, end),
    nameAt: start + 1,
    braced: false,
    modifier: '',
    word: undefined,
    wordAt: end,
    wordEnd: end,
    replacement: undefined,
  }
}

function readBraced(cursor: Cursor, start: number): VariablePart | undefined {
  const { text, to } = cursor
  const nameAt = start + 2
  const fault = (code: TemplateFault['code'], at: number, end: number, subject: string): undefined => {
    cursor.faults.push({ code, at, end, subject })
    cursor.at = Math.max(at, start + 2)
    return undefined
  }
  if (nameAt >= to) return fault('unterminatedSubstitution', start, to, '}')
  if (cursor.depth >= deepest) return fault('badSubstitution', start, start + 2, '${')
  if ('{}:'.includes(text[nameAt]!))
    return fault('badSubstitution', start, nameAt + 1, text.slice(start, nameAt + 1))
  const nameStop = nameEnd(text, nameAt, to)
  const name = text.slice(nameAt, nameStop)
  const next = nameStop < to ? text[nameStop]! : ''
  const variable = { kind: 'variable', at: start, name, nameAt, braced: true } as const
  if (next === '') return fault('unterminatedSubstitution', start, to, '}')
  if (next === '}') {
    cursor.at = nameStop + 1
    const at = nameStop
    return {
      ...variable,
      end: cursor.at,
      modifier: '',
      word: undefined,
      wordAt: at,
      wordEnd: at,
      replacement: undefined,
    }
  }
  const modifier = modifierAt(text, nameStop, to)
  if (!supported.includes(modifier)) {
    cursor.faults.push({
      code: 'unsupportedModifier',
      at: nameStop,
      end: nameStop + modifier.length,
      subject: modifier,
    })
    // A word after an unknown modifier is passed over up to its brace, so that the rest is read as usual.
  }
  const wordAt = nameStop + modifier.length
  cursor.at = wordAt
  cursor.depth++
  const slash = modifier.startsWith('/')
  const word = readParts(cursor, slash ? '/' : '}')
  const wordEnd = cursor.closed ? cursor.at - 1 : cursor.at
  const replacement = slash && cursor.closed ? readParts(cursor, '}') : undefined
  cursor.depth--
  return { ...variable, end: cursor.at, modifier, word, wordAt, wordEnd, replacement }
}

const supported: readonly string[] = [':-', '-', ':+', '+', ':?', '?', '#', '##', '%', '%%', '/', '//']

/** BuildKit takes `##` and `%%` for a `#` with a word that starts with `#`; to people it is one modifier. */
function modifierAt(text: string, at: number, to: number): string {
  const first = text[at]!
  const second = at + 1 < to ? text[at + 1]! : ''
  if (first === ':') return first + second
  if ('#%/'.includes(first) && second === first) return first + second
  return first
}

/** The stretches between unquoted spaces, each as the parts it is made of. */
export function splitWords(
  parts: readonly Part[],
): { readonly at: number; readonly end: number; readonly parts: readonly Part[] }[] {
  const words: { at: number; end: number; parts: Part[] }[] = []
  let open: { at: number; end: number; parts: Part[] } | undefined
  const add = (part: Part): void => {
    if (open === undefined) words.push((open = { at: part.at, end: part.end, parts: [part] }))
    else {
      open.end = part.end
      open.parts.push(part)
    }
  }
  for (const part of parts) {
    if (part.kind !== 'text' || part.escaped) {
      add(part)
      continue
    }
    let from = 0
    for (let at = 0; at <= part.raw.length; at++) {
      if (at < part.raw.length && !isSpace(part.raw[at]!)) continue
      if (at > from) {
        const raw = part.raw.slice(from, at)
        add({ kind: 'text', at: part.at + from, end: part.at + at, value: raw, raw, escaped: false })
      }
      if (at < part.raw.length) open = undefined
      from = at + 1
    }
  }
  return words
}
