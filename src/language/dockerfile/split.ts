import { isBlank, isSpace, skipSpaces, trimEnd } from './characters.ts'
import { rangeAt } from './logical.ts'
import type { Flag, LogicalText } from './model.ts'

export interface SplitLine {
  readonly keywordAt: number
  readonly keywordEnd: number
  readonly flags: readonly Flag[]
  /** The arguments without white space around them. */
  readonly argsAt: number
  readonly argsEnd: number
}

/** Takes a line apart as BuildKit does: keyword, flags, the rest. */
export function splitLine(logical: LogicalText, from: number, to: number): SplitLine {
  const { text } = logical
  const keywordAt = skipSpaces(text, from, to)
  const end = trimEnd(text, keywordAt, to)
  let keywordEnd = keywordAt
  while (keywordEnd < end && !isBlank(text[keywordEnd]!)) keywordEnd++
  const flags: Flag[] = []
  let at = skipSpaces(text, keywordEnd, end)
  while (text.startsWith('--', at) && at < end) {
    const read = readFlag(logical, at, end)
    at = skipSpaces(text, read.end, end)
    if (read.flag === undefined) break
    flags.push(read.flag)
  }
  return { keywordAt, keywordEnd, flags, argsAt: at, argsEnd: Math.max(at, end) }
}

/** Quotes and backslashes count in flags whatever the escape character is. A lone `--` ends the flags. */
function readFlag(logical: LogicalText, start: number, to: number): { end: number; flag: Flag | undefined } {
  const { text } = logical
  let word = ''
  let quote = ''
  let equalsAt = -1
  let nameLength = 0
  let at = start
  for (; at < to; at++) {
    const character = text[at]!
    if (quote === '') {
      if (isSpace(character)) break
      if (character === '"' || character === "'") {
        quote = character
        continue
      }
    } else if (character === quote) {
      quote = ''
      continue
    }
    if (character === '\\') {
      at++
      if (at >= to) break
      word += text[at]!
      continue
    }
    if (character === '=' && equalsAt < 0) {
      equalsAt = at
      nameLength = word.length
    }
    word += character
  }
  const end = Math.min(at, to)
  if (word === '--') return { end, flag: undefined }
  const nameEnd = equalsAt < 0 ? end : equalsAt
  return {
    end,
    flag: {
      name: word.slice(2, equalsAt < 0 ? undefined : nameLength),
      value: equalsAt < 0 ? undefined : word.slice(nameLength + 1),
      range: rangeAt(logical, start, end),
      nameRange: rangeAt(logical, Math.min(start + 2, nameEnd), nameEnd),
      valueRange: equalsAt < 0 ? undefined : rangeAt(logical, equalsAt + 1, end),
      valueAt: equalsAt < 0 ? end : equalsAt + 1,
      valueEnd: end,
    },
  }
}
