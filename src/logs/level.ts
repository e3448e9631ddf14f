import { levelOfForm } from './level-forms.ts'
import { debug, error, fatal, trace, wordAt, type LevelWord } from './level-words.ts'
import { byteAt, isDigit, isLetter, latin, oneOf } from './line-bytes.ts'
import type { LevelIndex } from './line-flags.ts'
import { jsonLevel } from './structured-level.ts'

const scanned = 192

const quote = 0x22
const equals = 0x3d
const colon = 0x3a
const space = 0x20
const tab = 0x09
const escape = 0x1b
const slash = 0x2f
const open = oneOf('[(<|')
const closing: Readonly<Record<number, number>> = { 0x5b: 0x5d, 0x28: 0x29, 0x3c: 0x3e, 0x7c: 0x7c }
const before = oneOf(' \t[(<|=:.,;-*m"/')
const after = oneOf(' \t])>|:,;=-+!/"*#[\x1b')

/**
 * The level that a line says it has: JSON, logfmt, klog, syslog and the usual forms of text. 0 where it says none. The line is what
 * the bytes are from `from` up to `end`.
 */
export function levelOfLine(bytes: Uint8Array, from = 0, end = bytes.length): LevelIndex {
  const start = skipDecoration(bytes, from, end)
  if (start >= end) return 0
  if (bytes[start] === 0x7b) return jsonLevel(bytes, start, end)
  return levelOfForm(bytes, start, end) ?? wordLevel(bytes, from, start, end)
}

/** Spaces and colour sequences. */
function skipDecoration(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end) {
    const byte = bytes[at]
    if (byte === space || byte === tab) at += 1
    else if (byte === escape && byteAt(bytes, at + 1, end) === 0x5b) at = afterSequence(bytes, at, end)
    else return at
  }
  return at
}

function afterSequence(bytes: Uint8Array, from: number, end: number): number {
  let at = from + 2
  while (at < end && !(bytes[at]! >= 0x40 && bytes[at]! <= 0x7e)) at += 1
  return at + 1
}

/** What a byte is to the search for a word. */
const kinds = new Uint8Array(256)
const letter = 1
const opens = 2
const closes = 3
for (let byte = 0; byte < 256; byte += 1) if (isLetter(byte)) kinds[byte] = letter
for (const byte of [0x5b, 0x28, 0x3c]) kinds[byte] = opens
for (const byte of [0x5d, 0x29, 0x3e]) kinds[byte] = closes

/** `from` is where the line begins, `start` what is first seen of it. */
function wordLevel(bytes: Uint8Array, from: number, start: number, end: number): LevelIndex {
  const limit = Math.min(end, from + scanned)
  let quoted = false
  let wordsBefore = 0
  /** Words of a sentence: nothing but letters between spaces, in no brackets. */
  let plain = 0
  let depth = 0
  /** The last byte that is not part of a colour sequence. */
  let shown = space
  for (let at = start; at < limit; at += 1) {
    const byte = bytes[at]!
    const kind = kinds[byte]
    if (kind !== letter) {
      if (byte === escape && byteAt(bytes, at + 1, end) === 0x5b) {
        at = afterSequence(bytes, at, end) - 1
        continue
      }
      if (byte === quote) quoted = !quoted
      else if (kind === opens) depth += 1
      else if (kind === closes && depth > 0) depth -= 1
      shown = byte
      continue
    }
    let to = at + 1
    while (to < limit && kinds[bytes[to]!] === letter) to += 1
    const previous = at === from ? space : bytes[at - 1]!
    if (before[previous] === 1) {
      const word = wordAt(bytes, at, to)
      if (word !== undefined) {
        const place = { from, end, quoted, first: wordsBefore === 0, plain, shown }
        const level = levelAt(bytes, at, to, word, place)
        if (level !== 0) return isOfAccess(bytes, from, at, end) ? 0 : level
      }
    }
    const following = byteAt(bytes, to, end)
    if (following === colon && isHeading(bytes, at, to, end)) return 0
    if (to - at >= 2 && (wordsBefore === 1 || !isMonthOrZone(bytes, at, to))) {
      wordsBefore = 1
      if (depth === 0 && previous === space && following === space)
        plain += at === start && !isAllLower(bytes, at, to) ? 2 : 1
    }
    at = to - 1
    shown = bytes[at]!
  }
  return exceptionLevel(bytes, start, end)
}

/** `STATEMENT:  SELECT …`, `DETAIL:  …` of PostgreSQL: it says what the line is, and that is no level. */
const isHeading = (bytes: Uint8Array, at: number, to: number, end: number): boolean =>
  byteAt(bytes, to + 1, end) === space && byteAt(bytes, to + 2, end) === space && isAllCapitals(bytes, at, to)

interface Place {
  /** The line. */
  readonly from: number
  readonly end: number
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
  { level, common }: LevelWord,
  { from, end, quoted, first, plain, shown }: Place,
): LevelIndex {
  let next = to
  // `DEBUG1:` of PostgreSQL, `trace2]` of Apache.
  if ((level === debug || level === trace) && to - at === 5 && isDigit(byteAt(bytes, next, end))) next += 1
  const following = byteAt(bytes, next, end)
  if (following >= 0 && after[following] === 0) return 0
  if (isLevelKey(bytes, from, at)) return level
  if (quoted || isValue(bytes, from, at)) return 0
  if (following === 0x5b) return first && isNumbered(bytes, at, to, end) ? level : 0
  const seen = following === escape ? byteAt(bytes, afterSequences(bytes, next, end), end) : following
  const bracket = open[shown] === 1 ? closing[shown] : undefined
  const bracketed =
    (bracket !== undefined && (seen === bracket || seen === space || seen === slash)) ||
    (seen === 0x5d && shown === colon) ||
    // `info` in a column of its own, as zap prints it for developers.
    (seen === tab && shown === tab && at - from < 48)
  if (bracketed) return level
  const capitals = isAllCapitals(bytes, at, to)
  // `[Server thread/INFO]` of Minecraft; every other slash is of a path.
  if (shown === slash) return capitals && seen === 0x5d ? level : 0
  if (seen === colon) {
    if (isField(bytes, at, next, end, capitals)) return 0
    const named = first || shown === 0x2e || hasCapital(bytes, at, to)
    const amid = at - 2 >= from && bytes[at - 1] === space && bytes[at - 2] === colon
    if (named || (!common && amid)) return level
  }
  if (common) return capitals && isBeforeBracket(bytes, next, end) ? level : 0
  if (!capitals) return first && isApart(bytes, from, at, next, end) ? level : 0
  return first || (plain < 2 && following >= 0) ? level : 0
}

/** `key=ERROR` says what the key is. */
function isValue(bytes: Uint8Array, from: number, at: number): boolean {
  const end = at > from && bytes[at - 1] === quote ? at - 1 : at
  return end - 2 >= from && bytes[end - 1] === equals && isLetter(bytes[end - 2]!)
}

const nothing = /^(?:-?\d[\d.]*)?[,;)]?\s*$/
const values = /^(?:null|undefined|true|false|none|'[^']*'|"[^"]*"|\[[^\]]*\]?|\{.*)?[,;)]?\s*$/

/** `Errors: 3, Error: 0` counts, and `  error: null,` is a field of an object that has been printed over several lines. */
function isField(bytes: Uint8Array, at: number, next: number, end: number, capitals: boolean): boolean {
  const from = afterSequences(bytes, next, end)
  if (byteAt(bytes, from, end) !== colon || end > from + scanned) return false
  const rest = latin(bytes, from + 1, end).trim()
  if (rest !== '' && (nothing.test(rest) || /^\d+[,;)]/.test(rest))) return true
  return !capitals && !hasCapital(bytes, at, at + 1) && values.test(rest)
}

/** `127.0.0.1 - NAME [02/Jan/2026:03:04:05 +0000] "GET …"`: what stands before the time is a host and a user. */
function isOfAccess(bytes: Uint8Array, from: number, at: number, end: number): boolean {
  const limit = Math.min(end - 8, from + scanned)
  let time = from
  for (let spaces = 0; spaces < 3 && time < limit; time += 1) if (bytes[time] === space) spaces += 1
  if (time <= at || time >= limit || bytes[time] !== 0x5b) return false
  if (bytes[time + 3] !== slash || bytes[time + 7] !== slash) return false
  for (let index = at; index < time; index += 1) if (bytes[index] === 0x5b) return false
  return /^\S+ \S+ \S+ $/.test(latin(bytes, from, time))
}

function afterSequences(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (byteAt(bytes, at, end) === escape && byteAt(bytes, at + 1, end) === 0x5b)
    at = afterSequence(bytes, at, end)
  return at
}

/** `INFO[0012] text` of logrus, `INFO [01-02|15:04:05] text`, `error[E0308]: text`. */
function isNumbered(bytes: Uint8Array, at: number, to: number, end: number): boolean {
  const text = latin(bytes, to, Math.min(end, to + 12))
  return isAllCapitals(bytes, at, to) ? /^\[\d/.test(text) : /^\[[A-Z]\d+\]:/.test(text)
}

/** `LOG [Name] text` of NestJS, `SUCCESS | text` of Loguru. */
function isBeforeBracket(bytes: Uint8Array, to: number, end: number): boolean {
  let at = afterSequences(bytes, to, end)
  if (byteAt(bytes, at, end) !== space) return false
  while (byteAt(bytes, at, end) === space) at += 1
  return byteAt(bytes, at, end) === 0x7c || byteAt(bytes, afterSequences(bytes, at, end), end) === 0x5b
}

/** A first word told apart: in a colour of its own, by a dash (`warn  - text`), or by a number (`error TS2304: text`). */
function isApart(bytes: Uint8Array, from: number, at: number, to: number, end: number): boolean {
  if (byteAt(bytes, to, end) === escape && at > from && bytes[at - 1] === 0x6d) return true
  return /^(?: {1,4}- | [A-Z]{1,6}\d{1,6}: )/.test(latin(bytes, to, Math.min(end, to + 16)))
}

function hasCapital(bytes: Uint8Array, at: number, to: number): boolean {
  for (let index = at; index < to; index += 1) if ((bytes[index]! & 0x20) === 0) return true
  return false
}

function isAllCapitals(bytes: Uint8Array, at: number, to: number): boolean {
  for (let index = at; index < to; index += 1) if ((bytes[index]! & 0x20) !== 0) return false
  return true
}

const isAllLower = (bytes: Uint8Array, at: number, to: number): boolean => !hasCapital(bytes, at, to)

/** Whether `level=` or a like key stands before the value at `at`, which may be quoted. */
function isLevelKey(bytes: Uint8Array, from: number, at: number): boolean {
  let end = at - 1
  if (end >= from && bytes[end] === quote) end -= 1
  if (end < from || bytes[end] !== equals) return false
  let start = end
  while (start > from && isKeyByte(bytes[start - 1]!)) start -= 1
  // Neither an argument (`--log-level=debug`) nor part of an address (`?level=error`).
  if (start > from && !isBeforeKey(bytes[start - 1]!)) return false
  const key = latin(bytes, start, end)
  if (/^(?:.*[._])?(?:level|lvl|severity|levelname)$/i.test(key) && !/log[._]level$/i.test(key)) return true
  // What a program was told to log is told in words; where the line is logfmt it begins so.
  return /^(?:log[._]?level|priority)$/i.test(key) && /^[\w.@-]+=/.test(latin(bytes, from, at))
}

const isKeyByte = (byte: number): boolean => isLetter(byte) || byte === 0x5f || byte === 0x2e
const isBeforeKey = (byte: number): boolean => byte === space || byte === tab || open[byte] === 1

/** By the first three letters of a word, five bits each. */
const monthsAndZones = new Uint8Array(1 << 15)
const threeLetters = (first: number, second: number, third: number): number =>
  ((first & 0x1f) << 10) | ((second & 0x1f) << 5) | (third & 0x1f)
for (const word of 'jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun utc gmt cet'.split(
  ' ',
))
  monthsAndZones[threeLetters(word.charCodeAt(0), word.charCodeAt(1), word.charCodeAt(2))] = 1
// `am` and `pm`, whatever follows.
for (const word of ['am', 'pm'])
  for (let third = 0; third < 32; third += 1)
    monthsAndZones[threeLetters(word.charCodeAt(0), word.charCodeAt(1), third)] = 1
const cest = threeLetters(0x43, 0x45, 0x53)

/** Whether a word, of two letters at least, begins as a month, a day of the week or a zone does. */
function isMonthOrZone(bytes: Uint8Array, at: number, to: number): boolean {
  if (to - at > 9) return false
  const number = threeLetters(bytes[at]!, bytes[at + 1]!, to - at > 2 ? bytes[at + 2]! : 0)
  return monthsAndZones[number] === 1 || (number === cest && to - at > 3 && (bytes[at + 3]! | 0x20) === 0x74)
}

const exceptions =
  /^(?:Traceback \(most recent call last\)|panic: |fatal error: |(?:PHP )?(?:Fatal|Parse) error: |Exception in thread|Unhandled exception|Uncaught |thread '.*' panicked|(?:[\w$]+\.)*[\w$]*(?:Error|Exception)(?::|$|\s\())/

const firstLetters = oneOf('TpfEUtPF')
const isNameByte = (byte: number): boolean =>
  isLetter(byte) || isDigit(byte) || byte === 0x2e || byte === 0x5f || byte === 0x24

function exceptionLevel(bytes: Uint8Array, start: number, end: number): LevelIndex {
  const first = bytes[start]!
  if (!isLetter(first) && first !== 0x5f) return 0
  let to = start + 1
  while (to < end && to - start < 100 && isNameByte(bytes[to]!)) to += 1
  // The name of an error ends as `Error` or `Exception` do; the rest begins with one of a few words.
  if (bytes[to - 1] !== 0x72 && bytes[to - 1] !== 0x6e && firstLetters[first] === 0) return 0
  const text = latin(bytes, start, Math.min(end, start + 120))
  const match = exceptions.exec(text)
  return match === null ? 0 : /^(?:panic|fatal|(?:PHP )?Fatal)/.test(match[0]) ? fatal : error
}
