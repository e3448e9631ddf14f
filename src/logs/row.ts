import type { Stamp } from '../engine/logs/stamp.ts'
import { parseAnsi, type Span } from './ansi.ts'
import { structuredLine, type Field, type Structured } from './fields.ts'
import { levelOf, streamOf, type LevelIndex, type LineStream } from './line-flags.ts'
import type { HeldLine } from './line-store.ts'
import { linksIn, type Link } from './links.ts'
import type { Range } from './pattern.ts'
import { delta, fullTime, shortTime, sinceStart, type TimeMode } from './time-text.ts'

export type RowPart = Span & { readonly part?: 'key' | 'value' | 'message' }

/** A stretch that is marked: what is searched for (0), or one of the user's highlights (1…). */
export type Mark = readonly [start: number, end: number, kind: number]

/** One line as it is drawn. */
export interface Row {
  readonly seq: number
  readonly source: number
  readonly stream: LineStream
  readonly level: LevelIndex
  /** As the chosen mode shows it; empty when off. */
  readonly time: string
  /** With all digits. */
  readonly fullTime: string
  readonly parts: readonly RowPart[]
  readonly links: readonly Link[]
  readonly marks: readonly Mark[]
  /** Matches the search, though the place may not be visible. */
  readonly hit?: true
  readonly context?: true
  /** Lines of a stack trace below this one, folded away or not. */
  readonly trace?: number
  /** Those lines are folded out. */
  readonly open?: true
  readonly structured?: true
  /** The line itself is folded out: all its fields, all its text. */
  readonly expanded?: true
  /** All fields of a structured line that is folded out. */
  readonly details?: readonly Field[]
  /** Characters that are not shown. */
  readonly cut?: number
}

export interface RowOptions {
  readonly time: TimeMode
  /** JSON and logfmt lines as message and fields. */
  readonly fields: boolean
}

export interface RowInput {
  readonly line: HeldLine
  readonly text: string
  /** When the line's container was started. */
  readonly start: Stamp | undefined
  readonly previous: Stamp | undefined
  readonly context: boolean
  readonly trace: number
  readonly open: boolean
  /** The line itself is folded out: all fields, all of its text. */
  readonly expanded: boolean
}

/** A line longer than this is cut until it is folded out. */
const longestShown = 8_000

export function rowOf(input: RowInput, options: RowOptions): Row {
  const { line, text, context, trace, open, expanded } = input
  const stream = streamOf(line.flags)
  const structured = options.fields && stream !== 'mark' ? structuredLine(text) : undefined
  const whole = structured === undefined ? parseAnsi(text) : structuredParts(structured)
  const { parts, cut } = expanded ? { parts: whole, cut: 0 } : shorten(whole)
  return {
    seq: line.seq,
    source: line.source,
    stream,
    level: levelOf(line.flags),
    time: timeText(input, options.time),
    fullTime: fullTime(line),
    parts,
    links: stream === 'mark' ? [] : linksIn(textOf(parts)),
    marks: [],
    ...(context ? { context } : {}),
    ...(trace > 0 ? { trace } : {}),
    ...(open ? { open: true as const } : {}),
    ...(expanded ? { expanded: true as const } : {}),
    ...(structured === undefined ? {} : { structured: true as const }),
    ...(structured !== undefined && expanded ? { details: structured.all } : {}),
    ...(cut > 0 ? { cut } : {}),
  }
}

/** The visible text of a row: what ranges of links and marks count in. */
export function textOf(parts: readonly RowPart[]): string {
  return parts.length === 1 ? parts[0]!.text : parts.map(({ text }) => text).join('')
}

/** Marks from ranges of several kinds, without overlaps: the kind that comes first wins. */
export function mergeMarks(kinds: readonly (readonly Range[])[]): readonly Mark[] {
  const marks: Mark[] = []
  for (const [kind, ranges] of kinds.entries())
    for (const [start, end] of ranges)
      if (!marks.some((mark) => start < mark[1] && end > mark[0])) marks.push([start, end, kind])
  return marks.sort((a, b) => a[0] - b[0])
}

function structuredParts({ message, fields }: Structured): readonly RowPart[] {
  const parts: RowPart[] = []
  if (message !== '')
    parts.push(
      ...parseAnsi(message.replace(/\r?\n/g, '⏎')).map((span) => ({ ...span, part: 'message' as const })),
    )
  for (const { key, value } of fields) {
    parts.push({ text: `${parts.length === 0 ? '' : '  '}${clean(key)}=`, part: 'key' })
    parts.push({ text: clean(value), part: 'value' })
  }
  return parts
}

function clean(text: string): string {
  return parseAnsi(text.replace(/\r?\n/g, '⏎'))
    .map((span) => span.text)
    .join('')
}

function shorten(parts: readonly RowPart[]): { readonly parts: readonly RowPart[]; readonly cut: number } {
  let left = longestShown
  const kept: RowPart[] = []
  let cut = 0
  for (const part of parts) {
    if (left <= 0) cut += part.text.length
    else if (part.text.length <= left) {
      kept.push(part)
      left -= part.text.length
    } else {
      kept.push({ ...part, text: part.text.slice(0, left) })
      cut += part.text.length - left
      left = 0
    }
  }
  return cut === 0 ? { parts, cut } : { parts: kept, cut }
}

function timeText({ line, start, previous }: RowInput, mode: TimeMode): string {
  switch (mode) {
    case 'off':
      return ''
    case 'local':
    case 'utc':
      return shortTime(line, mode)
    case 'sinceStart':
      return start === undefined ? '' : sinceStart(line, start)
    case 'delta':
      return previous === undefined ? '' : delta(line, previous)
  }
}
