import { levelOfForm } from './level-forms.ts'
import { debug, error, fatal, trace, words } from './level-words.ts'
import type { LevelIndex } from './line-flags.ts'
import { jsonLevel } from './structured-level.ts'

/** In a sentence these are nothing but words, even in capitals, unless a colon or brackets follow. */
const common = new Set(['log', 'note', 'fine', 'config', 'system', 'success', 'alert', 'fail'])

/** First letter and length of the words: rules out nearly all that are none. */
const shapes = new Uint8Array(32 * 16)
for (const word of Object.keys(words)) shapes[((word.charCodeAt(0) & 0x1f) << 4) | word.length] = 1

/** The words by a number made of their letters, whatever their case, so that no text is made of each word of a log. */
const numbered = new Map(
  Object.entries(words).map(([word, level]) => {
    const bytes = new TextEncoder().encode(word)
    return [numberOf(bytes, 0, bytes.length), { level, common: common.has(word) }] as const
  }),
)

/** Five bits for each letter: exact for up to ten of them; the few longer words are told by their first ten and their length. */
function numberOf(bytes: Uint8Array, at: number, to: number): number {
  let number = 0
  for (let index = at; index < to; index += 1) number = number * 32 + (bytes[index]! & 0x1f)
  return number
}

const scanned = 192
const isLetter = (byte: number): boolean => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a)
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

const quote = 0x22
const equals = 0x3d
const colon = 0x3a
const tab = 0x09
const open = new Set([...'[(<|'].map((c) => c.charCodeAt(0)))
const closing: Readonly<Record<number, number>> = { 0x5b: 0x5d, 0x28: 0x29, 0x3c: 0x3e, 0x7c: 0x7c }
const before = new Set([...' \t[(<|=:.,;-*m"/'].map((c) => c.charCodeAt(0)))
const after = new Set([...' \t])>|:,;=-+!/"*#[\x1b'].map((c) => c.charCodeAt(0)))

/** The level that a line says it has: JSON, logfmt, klog, syslog and the usual forms of text. 0 where it says none. */
export function levelOfLine(bytes: Uint8Array): LevelIndex {
  const start = skipDecoration(bytes, 0)
  const first = bytes[start]
  if (first === undefined) return 0
  if (first === 0x7b) return jsonLevel(bytes, start)
  return levelOfForm(bytes, start) ?? wordLevel(bytes, start)
}

/** Spaces and colour sequences. */
function skipDecoration(bytes: Uint8Array, from: number): number {
  let at = from
  for (;;) {
    const byte = bytes[at]
    if (byte === 0x20 || byte === 0x09) at += 1
    else if (byte === 0x1b && bytes[at + 1] === 0x5b) at = afterSequence(bytes, at)
    else return at
  }
}

function afterSequence(bytes: Uint8Array, from: number): number {
  let at = from + 2
  while (at < bytes.length && !(bytes[at]! >= 0x40 && bytes[at]! <= 0x7e)) at += 1
  return at + 1
}

function wordLevel(bytes: Uint8Array, start: number): LevelIndex {
  const end = Math.min(bytes.length, scanned)
  let quoted = false
  let wordsBefore = 0
  /** Words of a sentence: nothing but letters between spaces, in no brackets. */
  let plain = 0
  let depth = 0
  /** The last byte that is not part of a colour sequence. */
  let shown = 0x20
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!
    if (byte === 0x1b && bytes[at + 1] === 0x5b) {
      at = afterSequence(bytes, at) - 1
      continue
    }
    if (byte === quote) quoted = !quoted
    if (!isLetter(byte)) {
      if (byte === 0x5b || byte === 0x28 || byte === 0x3c) depth += 1
      else if (depth > 0 && (byte === 0x5d || byte === 0x29 || byte === 0x3e)) depth -= 1
      shown = byte
      continue
    }
    let to = at + 1
    while (to < end && isLetter(bytes[to]!)) to += 1
    const previous = at === 0 ? 0x20 : bytes[at - 1]!
    if (shapes[((byte & 0x1f) << 4) | Math.min(to - at, 15)] === 1 && before.has(previous)) {
      const level = levelAt(bytes, at, to, { quoted, first: wordsBefore === 0, plain, shown })
      if (level !== 0) return isOfAccess(bytes, at) ? 0 : level
    }
    if (
      bytes[to] === colon &&
      bytes[to + 1] === 0x20 &&
      bytes[to + 2] === 0x20 &&
      isAllCapitals(bytes, at, to)
    )
      // `STATEMENT:  SELECT …`, `DETAIL:  …` of PostgreSQL: it says what the line is, and that is no level.
      return 0
    if (to - at >= 2 && (wordsBefore === 1 || !isMonthOrZone(bytes, at, to))) {
      wordsBefore = 1
      if (depth === 0 && previous === 0x20 && bytes[to] === 0x20)
        plain += at === start && !isAllLower(bytes, at, to) ? 2 : 1
    }
    at = to - 1
    shown = bytes[at]!
  }
  return exceptionLevel(bytes, start)
}

interface Place {
  readonly quoted: boolean
  /** No other word stands before it in its line. */
  readonly first: boolean
  /** How many plain words stand before it; a line that begins with one in capitals is a sentence, `npm WARN` is none. */
  readonly plain: number
  /** What is seen before the word: the last byte that is not part of a colour sequence. */
  readonly shown: number
}

function levelAt(
  bytes: Uint8Array,
  at: number,
  to: number,
  { quoted, first, plain, shown }: Place,
): LevelIndex {
  const known = numbered.get(numberOf(bytes, at, to))
  if (known === undefined) return 0
  const { level } = known
  let next = to
  // `DEBUG1:` of PostgreSQL, `trace2]` of Apache.
  if ((level === debug || level === trace) && to - at === 5 && isDigit(bytes[next] ?? 0)) next += 1
  const following = bytes[next]
  if (following !== undefined && !after.has(following)) return 0
  if (isLevelKey(bytes, at)) return level
  if (quoted || isValue(bytes, at)) return 0
  if (following === 0x5b) return first && isNumbered(bytes, at, to) ? level : 0
  const seen = following === 0x1b ? bytes[afterSequences(bytes, next)] : following
  const bracket = open.has(shown) ? closing[shown] : undefined
  const bracketed =
    (bracket !== undefined && (seen === bracket || seen === 0x20 || seen === 0x2f)) ||
    (seen === 0x5d && shown === colon) ||
    // `info` in a column of its own, as zap prints it for developers.
    (seen === tab && shown === tab && at < 48)
  if (bracketed) return level
  const capitals = isAllCapitals(bytes, at, to)
  // `[Server thread/INFO]` of Minecraft; every other slash is of a path.
  if (shown === 0x2f) return capitals && seen === 0x5d ? level : 0
  if (seen === colon) {
    if (isField(bytes, at, next, capitals)) return 0
    const named = first || shown === 0x2e || hasCapital(bytes, at, to)
    if (named || (!known.common && bytes[at - 1] === 0x20 && bytes[at - 2] === colon)) return level
  }
  if (known.common) return capitals && isBeforeBracket(bytes, next) ? level : 0
  if (!capitals) return first && isApart(bytes, at, next) ? level : 0
  return first || (plain < 2 && following !== undefined) ? level : 0
}

/** `key=ERROR` says what the key is. */
function isValue(bytes: Uint8Array, at: number): boolean {
  const end = bytes[at - 1] === quote ? at - 1 : at
  return bytes[end - 1] === equals && bytes[end - 2] !== undefined && isLetter(bytes[end - 2]!)
}

const nothing = /^(?:-?\d[\d.]*)?[,;)]?\s*$/
const values = /^(?:null|undefined|true|false|none|'[^']*'|"[^"]*"|\[[^\]]*\]?|\{.*)?[,;)]?\s*$/

/** `Errors: 3, Error: 0` counts, and `  error: null,` is a field of an object that has been printed over several lines. */
function isField(bytes: Uint8Array, at: number, end: number, capitals: boolean): boolean {
  const from = afterSequences(bytes, end)
  if (bytes[from] !== colon || bytes.length > from + scanned) return false
  const rest = latin(bytes, from + 1, bytes.length).trim()
  if (rest !== '' && (nothing.test(rest) || /^\d+[,;)]/.test(rest))) return true
  return !capitals && !hasCapital(bytes, at, at + 1) && values.test(rest)
}

/** `127.0.0.1 - NAME [02/Jan/2026:03:04:05 +0000] "GET …"`: what stands before the time is a host and a user. */
function isOfAccess(bytes: Uint8Array, at: number): boolean {
  const end = Math.min(bytes.length - 8, scanned)
  let time = at
  while (time < end && bytes[time] !== 0x5b) time += 1
  if (time >= end || bytes[time + 3] !== 0x2f || bytes[time + 7] !== 0x2f) return false
  return /^\S+ \S+ \S+ $/.test(latin(bytes, 0, time))
}

function afterSequences(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === 0x1b && bytes[at + 1] === 0x5b) at = afterSequence(bytes, at)
  return at
}

/** `INFO[0012] text` of logrus, `INFO [01-02|15:04:05] text`, `error[E0308]: text`. */
function isNumbered(bytes: Uint8Array, at: number, to: number): boolean {
  const text = latin(bytes, to, Math.min(bytes.length, to + 12))
  return isAllCapitals(bytes, at, to) ? /^\[\d/.test(text) : /^\[[A-Z]\d+\]:/.test(text)
}

/** `LOG [Name] text` of NestJS, `SUCCESS | text` of Loguru. */
function isBeforeBracket(bytes: Uint8Array, to: number): boolean {
  let at = afterSequences(bytes, to)
  if (bytes[at] !== 0x20) return false
  while (bytes[at] === 0x20) at += 1
  return bytes[at] === 0x7c || bytes[afterSequences(bytes, at)] === 0x5b
}

/** A first word told apart: in a colour of its own, by a dash (`warn  - text`), or by a number (`error TS2304: text`). */
function isApart(bytes: Uint8Array, at: number, to: number): boolean {
  if (bytes[to] === 0x1b && bytes[at - 1] === 0x6d) return true
  return /^(?: {1,4}- | [A-Z]{1,6}\d{1,6}: )/.test(latin(bytes, to, Math.min(bytes.length, to + 16)))
}

function hasCapital(bytes: Uint8Array, at: number, to: number): boolean {
  for (let index = at; index < to; index += 1) if ((bytes[index]! & 0x20) === 0) return true
  return false
}

function isAllCapitals(bytes: Uint8Array, at: number, to: number): boolean {
  for (let index = at; index < to; index += 1) if ((bytes[index]! & 0x20) !== 0) return false
  return true
}

function isAllLower(bytes: Uint8Array, at: number, to: number): boolean {
  for (let index = at; index < to; index += 1) if ((bytes[index]! & 0x20) === 0) return false
  return true
}

/** Whether `level=` or a like key stands before the value at `at`, which may be quoted. */
function isLevelKey(bytes: Uint8Array, at: number): boolean {
  let end = at - 1
  if (bytes[end] === quote) end -= 1
  if (bytes[end] !== equals) return false
  let from = end
  while (from > 0 && (isLetter(bytes[from - 1]!) || bytes[from - 1] === 0x5f || bytes[from - 1] === 0x2e))
    from -= 1
  const start = bytes[from - 1]
  // Neither an argument (`--log-level=debug`) nor part of an address (`?level=error`).
  if (start !== undefined && start !== 0x20 && start !== tab && !open.has(start)) return false
  const key = latin(bytes, from, end)
  if (/^(?:.*[._])?(?:level|lvl|severity|levelname)$/i.test(key) && !/log[._]level$/i.test(key)) return true
  // What a program was told to log is told in words; where the line is logfmt it begins so.
  return /^(?:log[._]?level|priority)$/i.test(key) && /^[\w.@-]+=/.test(latin(bytes, 0, at))
}

const monthOrZone =
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|utc|gmt|am|pm|cest|cet)/i

function isMonthOrZone(bytes: Uint8Array, at: number, to: number): boolean {
  return to - at <= 9 && monthOrZone.test(latin(bytes, at, to))
}

const exceptions =
  /^(?:Traceback \(most recent call last\)|panic: |fatal error: |(?:PHP )?(?:Fatal|Parse) error: |Exception in thread|Unhandled exception|Uncaught |thread '.*' panicked|(?:[\w$]+\.)*[\w$]*(?:Error|Exception)(?::|$|\s\())/

const firstLetters = new Set([...'TpfEUtPF'].map((c) => c.charCodeAt(0)))
const isNameByte = (byte: number): boolean =>
  isLetter(byte) || isDigit(byte) || byte === 0x2e || byte === 0x5f || byte === 0x24

function exceptionLevel(bytes: Uint8Array, start: number): LevelIndex {
  const first = bytes[start]!
  if (!isLetter(first) && first !== 0x5f) return 0
  let end = start + 1
  while (end < bytes.length && end - start < 100 && isNameByte(bytes[end]!)) end += 1
  // The name of an error ends as `Error` or `Exception` do; the rest begins with one of a few words.
  if (bytes[end - 1] !== 0x72 && bytes[end - 1] !== 0x6e && !firstLetters.has(first)) return 0
  const text = latin(bytes, start, Math.min(bytes.length, start + 120))
  const match = exceptions.exec(text)
  return match === null ? 0 : /^(?:panic|fatal|(?:PHP )?Fatal)/.test(match[0]) ? fatal : error
}

const decoder = new TextDecoder()

function latin(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > 24) return decoder.decode(bytes.subarray(from, to))
  let text = ''
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at]!)
  return text
}
