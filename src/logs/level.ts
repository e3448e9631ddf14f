import type { LevelIndex } from './line-flags.ts'

const trace = 1
const debug = 2
const info = 3
const warn = 4
const error = 5
const fatal = 6

/** Words for levels as programs write them; what is written in lower case counts only where its place tells that it is a level. */
const words: Readonly<Record<string, LevelIndex>> = {
  trace,
  trce: trace,
  trc: trace,
  trac: trace,
  verbose: trace,
  vrb: trace,
  finest: trace,
  finer: trace,
  silly: trace,
  debug,
  dbug: debug,
  dbg: debug,
  debu: debug,
  fine: debug,
  information: info,
  informational: info,
  info,
  inf: info,
  log: info,
  notice: info,
  note: info,
  system: info,
  success: info,
  config: info,
  warning: warn,
  warn,
  wrn: warn,
  error,
  err: error,
  erro: error,
  eror: error,
  fail: error,
  severe: error,
  fatal,
  ftl: fatal,
  fata: fatal,
  critical: fatal,
  crit: fatal,
  crt: fatal,
  alert: fatal,
  emerg: fatal,
  emergency: fatal,
  panic: fatal,
  pani: fatal,
  dpanic: fatal,
}

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
const open = new Set([...'[(<|'].map((c) => c.charCodeAt(0)))
const closing: Readonly<Record<number, number>> = { 0x5b: 0x5d, 0x28: 0x29, 0x3c: 0x3e, 0x7c: 0x7c }
const before = new Set([...' \t[(<|=:.,;-*m"'].map((c) => c.charCodeAt(0)))
const after = new Set([...' \t])>|:,;=-+!/"*#[\x1b'].map((c) => c.charCodeAt(0)))

/** The level that a line says it has: JSON, logfmt, klog, syslog and the usual forms of text. 0 where it says none. */
export function levelOfLine(bytes: Uint8Array): LevelIndex {
  const start = skipDecoration(bytes, 0)
  const first = bytes[start]
  if (first === undefined) return 0
  if (first === 0x7b) return jsonLevel(bytes, start)
  return klogLevel(bytes, start) || syslogLevel(bytes, start) || wordLevel(bytes, start) || redisLevel(bytes)
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

/** `I0102 15:04:05.000000 1 file.go:12] text` */
function klogLevel(bytes: Uint8Array, at: number): LevelIndex {
  for (let digit = 1; digit <= 4; digit += 1) if (!isDigit(bytes[at + digit] ?? 0)) return 0
  if (bytes[at + 5] !== 0x20 || bytes[at + 8] !== colon) return 0
  return ({ 0x49: info, 0x57: warn, 0x45: error, 0x46: fatal }[bytes[at]!] as LevelIndex | undefined) ?? 0
}

const severities: readonly LevelIndex[] = [fatal, fatal, fatal, error, warn, info, info, debug]

/** `<3>text` and `<134>text`: the lowest three bits are the severity. */
function syslogLevel(bytes: Uint8Array, at: number): LevelIndex {
  if (bytes[at] !== 0x3c) return 0
  let value = 0
  let index = at + 1
  for (; index < at + 4 && isDigit(bytes[index] ?? 0); index += 1) value = value * 10 + bytes[index]! - 0x30
  return index > at + 1 && bytes[index] === 0x3e && value <= 191 ? severities[value & 7]! : 0
}

function wordLevel(bytes: Uint8Array, start: number): LevelIndex {
  const end = Math.min(bytes.length, scanned)
  let quoted = false
  let wordsBefore = 0
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
      shown = byte
      continue
    }
    let to = at + 1
    while (to < end && isLetter(bytes[to]!)) to += 1
    const previous = at === 0 ? 0x20 : bytes[at - 1]!
    if (shapes[((byte & 0x1f) << 4) | Math.min(to - at, 15)] === 1 && before.has(previous)) {
      const level = levelAt(bytes, at, to, { quoted, first: wordsBefore === 0, shown })
      if (level !== 0) return level
    }
    if (wordsBefore === 0 && to - at >= 2 && !isMonthOrZone(bytes, at, to)) wordsBefore = 1
    at = to - 1
    shown = bytes[at]!
  }
  return exceptionLevel(bytes, start)
}

interface Place {
  readonly quoted: boolean
  /** No other word stands before it in its line. */
  readonly first: boolean
  /** What is seen before the word: the last byte that is not part of a colour sequence. */
  readonly shown: number
}

function levelAt(bytes: Uint8Array, at: number, to: number, { quoted, first, shown }: Place): LevelIndex {
  const known = numbered.get(numberOf(bytes, at, to))
  if (known === undefined) return 0
  const { level } = known
  let next = to
  // `DEBUG1:` of PostgreSQL.
  if (level === debug && to - at === 5 && isDigit(bytes[next] ?? 0)) next += 1
  const following = bytes[next]
  if (following !== undefined && !after.has(following)) return 0
  if (isLevelKey(bytes, at)) return level
  if (quoted) return 0
  if (following === 0x5b) return first && isNumbered(bytes, at, to) ? level : 0
  const seen = following === 0x1b ? bytes[afterSequences(bytes, next)] : following
  const bracket = open.has(shown) ? closing[shown] : undefined
  const bracketed =
    (bracket !== undefined && (seen === bracket || seen === 0x20 || seen === 0x2f)) ||
    (seen === 0x5d && shown === colon)
  if (bracketed) return level
  const capitals = isAllCapitals(bytes, at, to)
  if (seen === colon && (first || shown === 0x2e || hasCapital(bytes, at, to))) return level
  if (known.common) return capitals && isBeforeBracket(bytes, next) ? level : 0
  return capitals || (first && isApart(bytes, at, next)) ? level : 0
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

/** Whether `level=` or a like key stands before the value at `at`, which may be quoted. */
function isLevelKey(bytes: Uint8Array, at: number): boolean {
  let end = at - 1
  if (bytes[end] === quote) end -= 1
  if (bytes[end] !== equals) return false
  let from = end
  while (from > 0 && (isLetter(bytes[from - 1]!) || bytes[from - 1] === 0x5f || bytes[from - 1] === 0x2e))
    from -= 1
  return /^(?:.*[._])?(?:level|lvl|severity|loglevel|levelname|priority)$/i.test(latin(bytes, from, end))
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

/** `1:M 02 Jan 2026 03:04:05.000 # text`: a sign before the text. */
function redisLevel(bytes: Uint8Array): LevelIndex {
  if (!isDigit(bytes[0] ?? 0)) return 0
  const match = /^\d+:[XCSM] \d\d \w{3} \d{4} [\d:.]+ ([.*#-]) /.exec(
    latin(bytes, 0, Math.min(bytes.length, 64)),
  )
  return match === null ? 0 : ({ '.': debug, '-': debug, '*': info, '#': warn } as const)[match[1] as '.']
}

const jsonScanned = 4096
const jsonKeys =
  /"(?:log[._]?level|level(?:_?name)?|lvl|severity(?:_?text)?|@l|[ls])"\s*:\s*(?:"([A-Za-z]{1,13})(?:[+-]?\d{1,3})?"|(\d{1,3})[,}\s])/gi

function jsonLevel(bytes: Uint8Array, start: number): LevelIndex {
  const text = latin(bytes, start, Math.min(bytes.length, start + jsonScanned))
  let inner: LevelIndex = 0
  jsonKeys.lastIndex = 0
  for (let match = jsonKeys.exec(text); match !== null; match = jsonKeys.exec(text)) {
    const level = match[1] === undefined ? numberedLevel(Number(match[2])) : namedLevel(match[1])
    if (level !== 0 && isOutermost(text, match.index)) return level
    if (inner === 0) inner = level
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

/** The level that a structured line names: any spelling, or MongoDB's letter. */
export function namedLevel(name: string): LevelIndex {
  const lower = name.toLowerCase()
  if (Object.hasOwn(words, lower)) return words[lower]!
  return name.length > 2
    ? 0
    : (({ F: fatal, E: error, W: warn, I: info, D: debug }[name[0]!] ?? 0) as LevelIndex)
}

/** Pino and bunyan count from 10 up, Monolog from 100 up, syslog and GELF from 7 down. */
export function numberedLevel(value: number): LevelIndex {
  if (value <= 7) return severities[value] ?? 0
  if (value < 10 || value >= 1000) return 0
  if (value >= 100)
    return ([debug, info, warn, error, fatal] as const)[Math.min(Math.floor(value / 100), 5) - 1]!
  return ([trace, debug, info, warn, error, fatal] as const)[Math.min(Math.floor(value / 10), 6) - 1]!
}

const decoder = new TextDecoder()

function latin(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > 24) return decoder.decode(bytes.subarray(from, to))
  let text = ''
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at]!)
  return text
}
