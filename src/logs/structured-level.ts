import {
  debug,
  error,
  fatal,
  info,
  levelOfLetter,
  severities,
  trace,
  warn,
  wordAt,
  words,
} from './level-words.ts'
import { byteAt, isDigit, isLetter, latin } from './line-bytes.ts'
import type { LevelIndex } from './line-flags.ts'

/** Whether a structured line has a field, named in lower case. */
type Has = (key: string) => boolean

/** The level that a field of a structured line names: any spelling, or MongoDB's letter. */
export function namedLevel(key: string, name: string, has: Has): LevelIndex {
  if (key === 'PRIORITY') return /^[0-7]$/.test(name) ? severities[Number(name)]! : 0
  const plain = name.replace(/[+-]?\d{1,3}$/, '')
  if (key.toLowerCase() === 's') return has('c') ? levelOfLetter(plain) : 0
  const lower = plain.toLowerCase()
  if (Object.hasOwn(words, lower)) return words[lower]!
  return key === 'l' ? 0 : levelOfLetter(plain)
}

const pino: readonly LevelIndex[] = [trace, debug, info, warn, error, fatal]
const monolog: readonly LevelIndex[] = [debug, info, warn, error, fatal]

/**
 * Pino and bunyan count from 10 up, Monolog from 100 up, syslog and GELF from 7 down. A small number says nothing by itself: in
 * Ruby, .NET and games it counts the other way.
 */
export function numberedLevel(key: string, value: number, has: Has): LevelIndex {
  if (value <= 7) return has('short_message') || has('facility') ? (severities[value] ?? 0) : 0
  if (!/level|lvl/i.test(key)) return 0
  if (value < 100) return value % 10 === 0 ? (pino[value / 10 - 1] ?? 0) : 0
  return value % 50 === 0 && value <= 600 ? monolog[Math.min(Math.floor(value / 100), 5) - 1]! : 0
}

const scanned = 4096
const keys =
  /"(?=[@lps])(log[._]?level|@?level(?:_?name)?|lvl|severity(?:_?text)?|priority(?:_?name)?|@l|[ls])"\s*:\s*(?:"([A-Za-z]{1,13}(?:[+-]?\d{1,3})?|[0-7])"|(\d{1,3})[,}\s])/gi

const decoder = new TextDecoder()

/** The level of a line that is JSON from `start` on. */
export function jsonLevel(bytes: Uint8Array, start: number, end: number): LevelIndex {
  const limit = Math.min(end, start + scanned)
  return plainLevel(bytes, start, limit) ?? levelOfText(decoder.decode(bytes.subarray(start, limit)))
}

function levelOfText(text: string): LevelIndex {
  const has: Has = (key) => text.includes(`"${key}"`)
  let inner: LevelIndex = 0
  keys.lastIndex = 0
  for (let match = keys.exec(text); match !== null; match = keys.exec(text)) {
    const [, key, name, number] = match as unknown as [string, string, string | undefined, string]
    const level = name === undefined ? numberedLevel(key, Number(number), has) : namedLevel(key, name, has)
    if (level !== 0 && isOutermost(text, match.index)) return level
    // A number within may be of anything.
    if (inner === 0 && name !== undefined) inner = level
  }
  return inner
}

/** Whether what stands at `index` of a JSON object is in no object within it. */
function isOutermost(text: string, index: number): boolean {
  const within = text.indexOf('{', 1)
  if (within === -1 || within > index) return true
  let depth = 0
  for (const [token] of text.slice(0, index).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g))
    depth += token === '{' ? 1 : token === '}' ? -1 : 0
  return depth === 1
}

const quote = 0x22
const colon = 0x3a
const brace = 0x7b
const closingBrace = 0x7d
const backslash = 0x5c

/** The keys of `keys`, by their length. */
const spelledKeys: Uint8Array[][] = []
for (const key of [
  ...['l', 's', '@l', 'lvl', 'level', '@level', 'levelname', 'level_name', '@levelname', '@level_name'],
  ...['loglevel', 'log.level', 'log_level', 'severity', 'severitytext', 'severity_text'],
  ...['priority', 'priorityname', 'priority_name'],
])
  (spelledKeys[key.length] ??= []).push(new TextEncoder().encode(key))

/** What `levelOfText` would say, without a text: of the lines that nearly all are. Undefined for what takes a closer look. */
function plainLevel(bytes: Uint8Array, start: number, limit: number): LevelIndex | undefined {
  let within = false
  for (let at = start + 1; at < limit; at += 1) {
    const byte = bytes[at]!
    if (byte === brace) within = true
    if (byte !== quote) continue
    const keyEnd = endOfKey(bytes, at + 1, limit)
    if (keyEnd < 0) continue
    const valueAt = startOfValue(bytes, keyEnd + 1, limit)
    const first = byteAt(bytes, valueAt, limit)
    if (first >= 0x80) return undefined
    let level: LevelIndex | undefined
    if (first === quote) level = levelOfName(bytes, start, at + 1, keyEnd, valueAt + 1, limit)
    else if (isDigit(first)) level = levelOfNumber(bytes, at + 1, keyEnd, valueAt, limit)
    else continue
    if (level === 0) continue
    return within && depthOf(bytes, start, at) !== 1 ? undefined : level
  }
  return 0
}

/** Where the key that begins at `at` ends, if it is one of `keys`; else -1. */
function endOfKey(bytes: Uint8Array, at: number, limit: number): number {
  const first = byteAt(bytes, at, limit) | 0x20
  if (first !== 0x6c && first !== 0x73 && first !== 0x70 && first !== 0x60) return -1
  let to = at + 1
  const longest = Math.min(limit, at + spelledKeys.length)
  while (to < longest && bytes[to] !== quote) to += 1
  const spellings = to < longest ? spelledKeys[to - at] : undefined
  return spellings?.some((key) => isSpelled(bytes, at, key)) === true ? to : -1
}

function isSpelled(bytes: Uint8Array, at: number, key: Uint8Array): boolean {
  for (let index = 0; index < key.length; index += 1) {
    const byte = bytes[at + index]!
    if ((isLetter(byte) ? byte | 0x20 : byte) !== key[index]) return false
  }
  return true
}

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)

/** Behind a colon and what may be between; the end where there is no colon. */
function startOfValue(bytes: Uint8Array, from: number, limit: number): number {
  let at = from
  while (isSpace(byteAt(bytes, at, limit))) at += 1
  const byte = byteAt(bytes, at, limit)
  // What is no ASCII may be a space.
  if (byte !== colon) return byte >= 0x80 ? at : limit
  at += 1
  while (isSpace(byteAt(bytes, at, limit))) at += 1
  return at
}

/** 0 for a value that is no name; undefined for one that takes a closer look. */
function levelOfName(
  bytes: Uint8Array,
  start: number,
  key: number,
  keyEnd: number,
  at: number,
  limit: number,
): LevelIndex | undefined {
  let to = at
  while (isLetter(byteAt(bytes, to, limit))) to += 1
  if (to === at) return isDigit(byteAt(bytes, at, limit)) ? undefined : 0
  if (to - at > 13 || byteAt(bytes, afterNumber(bytes, to, limit), limit) !== quote) return 0
  const first = bytes[key]!
  const alone = keyEnd - key === 1
  // `PRIORITY` of journald; MongoDB's letter, which is none without its component.
  if (first === 0x50 && keyEnd - key === 8) return undefined
  if (alone && (first | 0x20) === 0x73) {
    if (to - at > 1 || !hasComponent(bytes, start, limit)) return undefined
  } else {
    const word = wordAt(bytes, at, to)
    if (word !== undefined) return word.level
    if (to - at > 1 || (alone && first === 0x6c)) return undefined
  }
  return levelOfLetter(latin(bytes, at, to)) || undefined
}

/** Whether `"c"` stands in a line. */
function hasComponent(bytes: Uint8Array, start: number, limit: number): boolean {
  for (let at = start; at + 2 < limit; at += 1)
    if (bytes[at] === quote && bytes[at + 1] === 0x63 && bytes[at + 2] === quote) return true
  return false
}

/** In how many objects the place is; 0 within a text. */
function depthOf(bytes: Uint8Array, start: number, place: number): number {
  let depth = 0
  let quoted = false
  for (let at = start; at < place; at += 1) {
    const byte = bytes[at]
    if (byte === quote) quoted = !quoted
    else if (quoted && byte === backslash) at += 1
    else if (!quoted && byte === brace) depth += 1
    else if (!quoted && byte === closingBrace) depth -= 1
  }
  return quoted ? 0 : depth
}

/** `+4` and the like, which may follow a name. */
function afterNumber(bytes: Uint8Array, from: number, limit: number): number {
  const sign = byteAt(bytes, from, limit)
  const digits = sign === 0x2b || sign === 0x2d ? from + 1 : from
  let to = digits
  while (to < digits + 3 && isDigit(byteAt(bytes, to, limit))) to += 1
  return to === digits ? from : to
}

/** 0 for a number that says nothing; undefined for one that takes a closer look. */
function levelOfNumber(
  bytes: Uint8Array,
  key: number,
  keyEnd: number,
  at: number,
  limit: number,
): LevelIndex | undefined {
  let to = at
  let value = 0
  for (; to < at + 3 && isDigit(byteAt(bytes, to, limit)); to += 1) value = value * 10 + bytes[to]! - 0x30
  const after = byteAt(bytes, to, limit)
  if (after >= 0x80) return undefined
  if (after !== 0x2c && after !== 0x7d && !isSpace(after)) return 0
  return value <= 7 ? undefined : numberedLevel(latin(bytes, key, keyEnd), value, () => false)
}
