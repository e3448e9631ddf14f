import { debug, error, fatal, info, levelOfLetter, severities, trace, warn, words } from './level-words.ts'
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
export function jsonLevel(bytes: Uint8Array, start: number): LevelIndex {
  const text = decoder.decode(bytes.subarray(start, Math.min(bytes.length, start + scanned)))
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
