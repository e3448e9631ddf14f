import type { TextRange } from '../../../../shared/text-range.ts'
import type { Path } from '../../yaml/tree.ts'

/** Where a text is being typed. */
export interface Place {
  /** The way to the mapping a key is typed into, or to the value that is typed. List positions are 0. */
  readonly path: Path
  /** A key of a mapping, a value, or an entry of a list that may be either. */
  readonly as: 'key' | 'value' | 'item'
  /** What is typed so far, and where. The range reaches to the end of the word. */
  readonly typed: string
  readonly range: TextRange
  /** The column new keys start at. */
  readonly column: number
  /** In brackets, where a key takes no line of its own. */
  readonly flow: boolean
  /** The quote the value is typed in. */
  readonly quote: '' | '"' | "'"
  /** The offset of the key of the mapping around, to look it up in the nodes; -1 at the top. */
  readonly parentOffset: number
  /** Keys that the mapping has already. */
  readonly present: ReadonlySet<string>
}

interface Line {
  readonly start: number
  readonly text: string
  /** The column of the first character; of a list entry its dash. */
  readonly indent: number
  /** Columns of the dashes at the start of the line. */
  readonly dashes: readonly number[]
  /** The column and text behind the dashes. */
  readonly column: number
  readonly rest: string
}

const keyPattern =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#'"[\]{},&*!|>%@`-][^#]*?|-[^\s][^#]*?)\s*:(?=\s|$)/

function readLine(text: string, start: number): Line {
  let end = start
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++
  const content = text.slice(start, end)
  let column = content.search(/\S|$/)
  const indent = column
  const dashes: number[] = []
  while (content[column] === '-' && (column + 1 >= content.length || content[column + 1] === ' ')) {
    dashes.push(column)
    column++
    while (content[column] === ' ') column++
  }
  return { start, text: content, indent, dashes, column, rest: content.slice(column) }
}

export function keyIn(rest: string): { readonly key: string; readonly length: number } | undefined {
  const match = rest.length > 2000 ? null : keyPattern.exec(rest)
  if (match === null) return undefined
  const raw = match[1] ?? ''
  return { key: raw.replace(/^(["'])(.*)\1$/, '$2'), length: match[0].length }
}

function isEmpty(line: Line): boolean {
  return line.rest === '' ? line.dashes.length === 0 : line.rest.startsWith('#') && line.dashes.length === 0
}

/** How many lines are looked at, upwards and downwards. */
const reach = 5000

/** Finds out from indentation alone what is typed at an offset: the text around may be broken. */
export function placeAt(text: string, offset: number): Place | undefined {
  const starts: number[] = []
  let lineStart = offset
  while (lineStart > 0 && text[lineStart - 1] !== '\n' && text[lineStart - 1] !== '\r') lineStart--
  const current = readLine(text, lineStart)
  const before = text.slice(lineStart, offset)
  if (/(?:^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, ''))) return undefined
  for (let at = lineStart, count = 0; at > 0 && count < reach; count++) {
    let previous = at - 1
    if (text[previous] === '\n' && text[previous - 1] === '\r') previous--
    while (previous > 0 && text[previous - 1] !== '\n' && text[previous - 1] !== '\r') previous--
    starts.push(previous)
    at = previous
  }
  const blank = current.text.trim() === ''
  const column = blank ? offset - lineStart : current.column
  const dashes = blank ? [] : current.dashes
  if (offset - lineStart < column && !blank) return undefined
  const around = parentsOf(text, starts, dashes, column)
  if (around === undefined) return undefined
  const rest = blank ? '' : before.slice(column)
  return within(text, offset, { ...around, column, rest, restStart: lineStart + column, dashes, lineStart })
}

interface Around {
  readonly path: Path
  readonly parentOffset: number
  /** True where the typed text stands right behind a dash. */
  readonly inItem: boolean
}

/** The keys and list positions that hold a column, found by going up to ever smaller columns. */
function parentsOf(
  text: string,
  starts: readonly number[],
  dashes: readonly number[],
  column: number,
): Around | undefined {
  const path: (string | number)[] = []
  let parentOffset = -1
  let limit = column
  let dash = false
  const pending = [...dashes]
  for (let top = pending.pop(); top !== undefined; top = pending.pop()) {
    path.unshift(0)
    limit = top
    dash = true
  }
  const inItem = dashes.length > 0
  for (const start of starts) {
    if (limit < 0 || (limit === 0 && !dash)) break
    const line = readLine(text, start)
    if (isEmpty(line)) continue
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line.text)) break
    const own = keyIn(line.rest)
    // A key at the column of a dash holds the list; otherwise it must stand further left.
    const holds =
      own !== undefined &&
      (line.column < limit || (dash && line.column === limit && line.dashes.length === 0))
    const beside = !holds && line.column === limit
    if (holds) {
      path.unshift(own.key)
      if (parentOffset < 0) parentOffset = start + line.column
      limit = line.column
      dash = false
    }
    if (holds || beside)
      for (let index = line.dashes.length - 1; index >= 0; index--) {
        path.unshift(0)
        limit = line.dashes[index]!
        dash = true
      }
    if (!dash && limit === 0) break
  }
  return { path, parentOffset, inItem }
}

interface Typing extends Around {
  readonly column: number
  readonly rest: string
  readonly restStart: number
  readonly dashes: readonly number[]
  readonly lineStart: number
}

function within(text: string, offset: number, typing: Typing): Place | undefined {
  const { rest, restStart, path, parentOffset, column } = typing
  const key = keyIn(rest)
  const base = { column, parentOffset, present: new Set<string>() }
  if (key === undefined) {
    const flow = flowPlace(text, offset, rest, path, base)
    if (flow !== undefined) return flow
    const word = wordAt(text, offset, restStart, rest)
    return {
      ...base,
      ...word,
      path,
      as: typing.inItem ? 'item' : 'key',
      flow: false,
      present: siblings(text, typing, offset),
    }
  }
  // Right behind the colon a value is typed only where none stands yet.
  if (rest.length === key.length && /\S/.test(lineFrom(text, offset))) return undefined
  const value = rest.slice(key.length).replace(/^\s+/, '')
  const valueStart = offset - value.length
  const inner = [...path, key.key]
  const withParent = { ...base, parentOffset: restStart }
  const flow = flowPlace(text, offset, value, inner, withParent)
  if (flow !== undefined) return flow
  return { ...withParent, ...wordAt(text, offset, valueStart, value), path: inner, as: 'value', flow: false }
}

function lineFrom(text: string, offset: number): string {
  return /.*/y.exec(text.slice(offset, offset + 2000))?.[0] ?? ''
}

/** The word around the offset, behind its quote and its anchor. */
function wordAt(
  text: string,
  offset: number,
  start: number,
  typed: string,
): Pick<Place, 'typed' | 'range' | 'quote'> {
  const property = /^(?:[&!][^\s]*\s+)*/.exec(typed)?.[0] ?? ''
  const bare = typed.slice(property.length)
  const quote = bare.startsWith('"') ? '"' : bare.startsWith("'") ? "'" : ''
  const word = quote === '' ? bare : bare.slice(1)
  let end = offset
  const stop = quote === '' ? /[\s,\]}#:]/ : /["'\r\n]/
  while (end < text.length && !stop.test(text[end] ?? '')) end++
  return { typed: word, range: { start: start + typed.length - word.length, end }, quote }
}

/** Brackets on the line: the entry of a list or the key or value of a mapping that is open at the end. */
function flowPlace(
  text: string,
  offset: number,
  content: string,
  path: Path,
  base: Pick<Place, 'column' | 'parentOffset' | 'present'>,
): Place | undefined {
  const open: { kind: '[' | '{'; from: number }[] = []
  let quote = ''
  for (let index = 0; index < content.length; index++) {
    const character = content[index] ?? ''
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (
      (character === '"' || character === "'") &&
      (index === 0 || /[\s[{,:]/.test(content[index - 1] ?? ''))
    )
      quote = character
    else if (character === '[' || character === '{') {
      if (open.length > 0 || index === 0 || /^\s*$/.test(content.slice(0, index)))
        open.push({ kind: character, from: index + 1 })
    } else if (character === ']' || character === '}') open.pop()
    else if (character === ',' && open.length > 0) open[open.length - 1]!.from = index + 1
  }
  const top = open.at(-1)
  if (top === undefined) return undefined
  const inner: (string | number)[] = [...path]
  for (const [depth, level] of open.entries()) {
    const next = open[depth + 1]
    if (level.kind === '[') inner.push(0)
    if (next === undefined || level.kind === '[') continue
    const held = keyIn(content.slice(level.from, next.from - 1).trim())
    if (held !== undefined) inner.push(held.key)
  }
  const typed = content.slice(top.from).replace(/^\s+/, '')
  const key = top.kind === '{' ? keyIn(typed) : undefined
  if (top.kind === '[')
    return {
      ...base,
      ...wordAt(text, offset, offset - typed.length, typed),
      path: inner,
      as: 'item',
      flow: true,
    }
  if (key === undefined || typed.length <= key.length)
    return {
      ...base,
      ...wordAt(text, offset, offset - typed.length, typed),
      path: inner,
      as: 'key',
      flow: true,
    }
  const value = typed.slice(key.length).replace(/^\s+/, '')
  return {
    ...base,
    ...wordAt(text, offset, offset - value.length, value),
    path: [...inner, key.key],
    as: 'value',
    flow: true,
  }
}

/** The keys at the same column around the line, up and down to the end of the mapping. */
function siblings(text: string, typing: Typing, offset: number): ReadonlySet<string> {
  const present = new Set<string>()
  const { column, lineStart } = typing
  const collect = (line: Line): boolean => {
    if (isEmpty(line)) return true
    if (line.column < column) return false
    if (line.column === column) {
      const key = keyIn(line.rest)
      if (key !== undefined) present.add(key.key)
      if (line.dashes.length > 0) return false
    }
    return true
  }
  let at = lineStart
  if (typing.dashes.length === 0)
    for (let count = 0; at > 0 && count < reach; count++) {
      let previous = at - 1
      if (text[previous] === '\n' && text[previous - 1] === '\r') previous--
      while (previous > 0 && text[previous - 1] !== '\n' && text[previous - 1] !== '\r') previous--
      at = previous
      if (!collect(readLine(text, at))) break
    }
  at = offset
  for (let count = 0; count < reach; count++) {
    while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
    if (at >= text.length) break
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    const line = readLine(text, at)
    if (line.dashes.length > 0 && line.column === column) break
    if (!collect(line)) break
  }
  return present
}
