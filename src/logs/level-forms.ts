import { debug, fatal, info, levelOfLetter, severities, warn } from './level-words.ts'
import type { LevelIndex } from './line-flags.ts'

const space = 0x20
const colon = 0x3a
const bracket = 0x5b
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

/**
 * The level of a line that has its level at a fixed place, as a letter, a sign or a number. Undefined for other lines; 0 for one
 * of these that names none.
 */
export function levelOfForm(bytes: Uint8Array, at: number): LevelIndex | undefined {
  const first = bytes[at]!
  if (isDigit(first)) return mongoLevel(bytes, at) ?? redisLevel(bytes, at)
  if (first === 0x3c) return syslogLevel(bytes, at)
  if (first === bracket) return bytes[at + 2] === space ? tornadoLevel(bytes, at) : redisLevel(bytes, at)
  if (isDigit(bytes[at + 1])) return klogLevel(bytes, at)
  return bytes[at + 1] === 0x2c && bytes[at + 3] === bracket ? rubyLevel(bytes, at) : undefined
}

/** `I0102 15:04:05.000000 1 file.go:12] text`, `I20260102 15:04:05.000000 1 file.cc:12] text` */
function klogLevel(bytes: Uint8Array, at: number): LevelIndex | undefined {
  let to = at + 1
  while (isDigit(bytes[to])) to += 1
  if ((to !== at + 5 && to !== at + 9) || bytes[to] !== space || bytes[to + 3] !== colon) return undefined
  return letterAt(bytes, at) || undefined
}

/** `<3>text` and `<134>text`: the lowest three bits are the severity. */
function syslogLevel(bytes: Uint8Array, at: number): LevelIndex | undefined {
  let value = 0
  let index = at + 1
  for (; index < at + 4 && isDigit(bytes[index]); index += 1) value = value * 10 + bytes[index]! - 0x30
  return index > at + 1 && bytes[index] === 0x3e && value <= 191 ? severities[value & 7]! : undefined
}

/** `2019-01-01T00:00:00.000+0000 I NETWORK  [listener] text` of MongoDB before 4.4, `D2` to `D5` as well. */
function mongoLevel(bytes: Uint8Array, at: number): LevelIndex | undefined {
  if (bytes[at + 10] !== 0x54 || bytes[at + 19] !== 0x2e) return undefined
  const letter = at + (bytes[at + 23] === 0x5a ? 25 : 29)
  if (bytes[letter - 1] !== space || (bytes[letter + 1] !== space && bytes[letter + 2] !== space))
    return undefined
  return /^[A-Z]\d? +(?:[A-Z_]+|-) +\[/.test(latin(bytes, letter, 40)) ? letterAt(bytes, letter) : undefined
}

/** `1:M 02 Jan 2026 03:04:05.000 # text`, before 3.0 `[1] 02 Jan 03:04:05.000 # text`: a sign before the text. */
function redisLevel(bytes: Uint8Array, at: number): LevelIndex | undefined {
  let to = at + 1
  while (isDigit(bytes[to])) to += 1
  if (bytes[to] !== colon && bytes[to] !== 0x5d) return undefined
  const match = /^(?:\d+:[XCSM]|\[\d+\]) \d\d \w{3} (?:\d{4} )?[\d:.]+ ([.*#-]) /.exec(latin(bytes, at, 64))
  if (match === null) return undefined
  return ({ '.': debug, '-': debug, '*': info, '#': warn } as const)[match[1] as '.']
}

/** `[I 260102 03:04:05 web:1971] text` of Tornado, `[I 2026-01-02 03:04:05.000 ServerApp] text` of Jupyter. */
function tornadoLevel(bytes: Uint8Array, at: number): LevelIndex | undefined {
  const match = /^\[([DIWEC]) (?:\d{6}|\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d/.exec(latin(bytes, at, 24))
  return match === null ? undefined : match[1] === 'C' ? fatal : levelOfLetter(match[1]!)
}

/** `E, [2026-01-02T03:04:05.000000 #1] ERROR -- : text`; `A` is of any level. */
function rubyLevel(bytes: Uint8Array, at: number): LevelIndex | undefined {
  return /^[DIWEFA], \[\d{4}-/.test(latin(bytes, at, 10)) ? letterAt(bytes, at) : undefined
}

const letterAt = (bytes: Uint8Array, at: number): LevelIndex => levelOfLetter(String.fromCharCode(bytes[at]!))

function latin(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length))
}
