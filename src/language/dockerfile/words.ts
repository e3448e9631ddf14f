import { isBlank, isSpace } from './characters.ts'
import { rangeAt } from './logical.ts'
import type { Escape, JsonForm, KeyValue, LogicalText, Word } from './model.ts'

export function wordAt(logical: LogicalText, at: number, end: number): Word {
  return { text: logical.text.slice(at, end), range: rangeAt(logical, at, end), at, end }
}

/** Split at blanks, quotes meaning nothing: FROM, COPY, ADD, VOLUME, EXPOSE. */
export function blankWords(logical: LogicalText, from: number, to: number): Word[] {
  const words: Word[] = []
  let start = from
  for (let at = from; at <= to; at++) {
    if (at < to && !isBlank(logical.text[at]!)) continue
    if (at > start) words.push(wordAt(logical, start, at))
    start = at + 1
  }
  return words
}

/** Split at white space outside quotes, the quotes kept: ENV, LABEL, ARG. */
export function quotedWords(logical: LogicalText, from: number, to: number, escape: Escape): Word[] {
  const { text } = logical
  const words: Word[] = []
  let start = -1
  let quote = ''
  for (let at = from; at < to; at++) {
    const character = text[at]!
    if (quote === '') {
      if (isSpace(character)) {
        if (start >= 0) words.push(wordAt(logical, start, at))
        start = -1
        continue
      }
      if (start < 0) start = at
      if (character === '"' || character === "'") quote = character
      else if (character === escape) at++
    } else if (character === quote) quote = ''
    else if (character === escape && quote === '"') at++
  }
  if (start >= 0) words.push(wordAt(logical, start, to))
  return words
}

export interface Pairs {
  readonly pairs: readonly KeyValue[]
  /** Words without the `=` that they must have. */
  readonly withoutEquals: readonly Word[]
}

/** `name=value …`, or with `oldForm` also `name value` up to the end of the line. */
export function keyValues(logical: LogicalText, words: readonly Word[], to: number, oldForm: boolean): Pairs {
  const first = words[0]
  if (first === undefined) return { pairs: [], withoutEquals: [] }
  if (oldForm && !first.text.includes('='))
    return { pairs: [spacedPair(logical, first.at, to)], withoutEquals: [] }
  const pairs: KeyValue[] = []
  const withoutEquals: Word[] = []
  for (const word of words) {
    const equals = word.text.indexOf('=')
    if (equals >= 0) pairs.push(pairAt(logical, word, equals))
    else {
      if (oldForm) withoutEquals.push(word)
      pairs.push({
        key: word.text,
        keyRange: word.range,
        keyAt: word.at,
        value: undefined,
        valueRange: undefined,
        valueAt: word.end,
        valueEnd: word.end,
        separator: '',
        range: word.range,
      })
    }
  }
  return { pairs, withoutEquals }
}

function pairAt(logical: LogicalText, word: Word, equals: number): KeyValue {
  const valueAt = word.at + equals + 1
  return {
    key: word.text.slice(0, equals),
    keyRange: rangeAt(logical, word.at, word.at + equals),
    keyAt: word.at,
    value: word.text.slice(equals + 1),
    valueRange: rangeAt(logical, valueAt, word.end),
    valueAt,
    valueEnd: word.end,
    separator: '=',
    range: word.range,
  }
}

function spacedPair(logical: LogicalText, from: number, to: number): KeyValue {
  const { text } = logical
  let keyEnd = from
  while (keyEnd < to && !isBlank(text[keyEnd]!)) keyEnd++
  let valueAt = keyEnd
  while (valueAt < to && isBlank(text[valueAt]!)) valueAt++
  const hasValue = keyEnd < to
  return {
    key: text.slice(from, keyEnd),
    keyRange: rangeAt(logical, from, keyEnd),
    keyAt: from,
    value: hasValue ? text.slice(valueAt, to) : undefined,
    valueRange: hasValue ? rangeAt(logical, valueAt, to) : undefined,
    valueAt,
    valueEnd: to,
    separator: hasValue ? ' ' : '',
    range: rangeAt(logical, from, to),
  }
}

/** The arguments as a JSON array; undefined when they do not start with `[`. */
export function jsonForm(logical: LogicalText, from: number, to: number): JsonForm | undefined {
  const { text } = logical
  if (text[from] !== '[' || from >= to) return undefined
  const range = rangeAt(logical, from, to)
  let value: unknown
  try {
    value = JSON.parse(text.slice(from, to))
  } catch {
    return { state: 'broken', items: [], range }
  }
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    return { state: 'notStrings', items: [], range }
  const items: Word[] = []
  let at = from + 1
  for (const item of value) {
    while (text[at] !== '"') at++
    const start = at++
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    at++
    items.push({ text: item, range: rangeAt(logical, start, at), at: start, end: at })
  }
  return { state: 'valid', items, range }
}
