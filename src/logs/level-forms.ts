import { debug, fatal, info, levelOfLetter, severities, warn } from './level-words.ts'
import { byteAt, isDigit, latin } from './line-bytes.ts'
import type { LevelIndex } from './line-flags.ts'

const space = 0x20
const colon = 0x3a
const bracket = 0x5b

/**
 * The level of a line that has its level at a fixed place, as a letter, a sign or a number. Undefined for other lines; 0 for one
 * of these that names none. What is first seen of the line is at `at`, its end at `end`.
 */
export function levelOfForm(bytes: Uint8Array, at: number, end: number): LevelIndex | undefined {
  const first = bytes[at]!
  if (isDigit(first)) return mongoLevel(bytes, at, end) ?? redisLevel(bytes, at, end)
  if (first === 0x3c) return syslogLevel(bytes, at, end)
  if (first === bracket)
    return byteAt(bytes, at + 2, end) === space ? tornadoLevel(bytes, at, end) : redisLevel(bytes, at, end)
  const second = byteAt(bytes, at + 1, end)
  if (isDigit(second)) return klogLevel(bytes, at, end)
  return second === 0x2c && byteAt(bytes, at + 3, end) === bracket ? rubyLevel(bytes, at, end) : undefined
}

function afterDigits(bytes: Uint8Array, from: number, end: number): number {
  let to = from
  while (isDigit(byteAt(bytes, to, end))) to += 1
  return to
}

/** `I0102 15:04:05.000000 1 file.go:12] text`, `I20260102 15:04:05.000000 1 file.cc:12] text` */
function klogLevel(bytes: Uint8Array, at: number, end: number): LevelIndex | undefined {
  const to = afterDigits(bytes, at + 1, end)
  if (to !== at + 5 && to !== at + 9) return undefined
  if (byteAt(bytes, to, end) !== space || byteAt(bytes, to + 3, end) !== colon) return undefined
  return letterAt(bytes, at) || undefined
}

/** `<3>text` and `<134>text`: the lowest three bits are the severity. */
function syslogLevel(bytes: Uint8Array, at: number, end: number): LevelIndex | undefined {
  let value = 0
  let index = at + 1
  for (; index < at + 4 && isDigit(byteAt(bytes, index, end)); index += 1)
    value = value * 10 + bytes[index]! - 0x30
  if (index === at + 1 || byteAt(bytes, index, end) !== 0x3e || value > 191) return undefined
  return severities[value & 7]!
}

/** `2019-01-01T00:00:00.000+0000 I NETWORK  [listener] text` of MongoDB before 4.4, `D2` to `D5` as well. */
function mongoLevel(bytes: Uint8Array, at: number, end: number): LevelIndex | undefined {
  if (byteAt(bytes, at + 10, end) !== 0x54 || byteAt(bytes, at + 19, end) !== 0x2e) return undefined
  const letter = at + (byteAt(bytes, at + 23, end) === 0x5a ? 25 : 29)
  if (byteAt(bytes, letter - 1, end) !== space) return undefined
  if (byteAt(bytes, letter + 1, end) !== space && byteAt(bytes, letter + 2, end) !== space) return undefined
  const text = latin(bytes, letter, Math.min(end, letter + 40))
  return /^[A-Z]\d? +(?:[A-Z_]+|-) +\[/.test(text) ? letterAt(bytes, letter) : undefined
}

/** `1:M 02 Jan 2026 03:04:05.000 # text`, before 3.0 `[1] 02 Jan 03:04:05.000 # text`: a sign before the text. */
function redisLevel(bytes: Uint8Array, at: number, end: number): LevelIndex | undefined {
  const after = byteAt(bytes, afterDigits(bytes, at + 1, end), end)
  if (after !== colon && after !== 0x5d) return undefined
  const text = latin(bytes, at, Math.min(end, at + 64))
  const match = /^(?:\d+:[XCSM]|\[\d+\]) \d\d \w{3} (?:\d{4} )?[\d:.]+ ([.*#-]) /.exec(text)
  if (match === null) return undefined
  return ({ '.': debug, '-': debug, '*': info, '#': warn } as const)[match[1] as '.']
}

/** `[I 260102 03:04:05 web:1971] text` of Tornado, `[I 2026-01-02 03:04:05.000 ServerApp] text` of Jupyter. */
function tornadoLevel(bytes: Uint8Array, at: number, end: number): LevelIndex | undefined {
  const text = latin(bytes, at, Math.min(end, at + 24))
  const match = /^\[([DIWEC]) (?:\d{6}|\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d/.exec(text)
  return match === null ? undefined : match[1] === 'C' ? fatal : levelOfLetter(match[1]!)
}

/** `E, [2026-01-02T03:04:05.000000 #1] ERROR -- : text`; `A` is of any level. */
function rubyLevel(bytes: Uint8Array, at: number, end: number): LevelIndex | undefined {
  const text = latin(bytes, at, Math.min(end, at + 10))
  return /^[DIWEFA], \[\d{4}-/.test(text) ? letterAt(bytes, at) : undefined
}

const letterAt = (bytes: Uint8Array, at: number): LevelIndex => levelOfLetter(String.fromCharCode(bytes[at]!))
