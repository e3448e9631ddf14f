import type { LevelIndex } from './line-flags.ts'

export const trace = 1
export const debug = 2
export const info = 3
export const warn = 4
export const error = 5
export const fatal = 6

/** Words for levels as programs write them; what is written in lower case counts only where its place tells that it is a level. */
export const words: Readonly<Record<string, LevelIndex>> = {
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

/** A word for a level, and whether it is also one of a sentence. */
export interface LevelWord {
  readonly level: LevelIndex
  readonly common: boolean
}

interface Spelling extends LevelWord {
  /** In lower case. */
  readonly letters: Uint8Array
}

/** By first letter and length: that rules out nearly all that are none, and no text is made of each word of a log. */
const spellings: (readonly Spelling[] | undefined)[] = Array.from({ length: 32 * 16 })
const shapeOf = (first: number, length: number): number => ((first & 0x1f) << 4) | Math.min(length, 15)
for (const [word, level] of Object.entries(words)) {
  const letters = new TextEncoder().encode(word)
  const shape = shapeOf(letters[0]!, letters.length)
  spellings[shape] = [...(spellings[shape] ?? []), { letters, level, common: common.has(word) }]
}

/** The word for a level that the letters from `at` up to `to` are, whatever their case. */
export function wordAt(bytes: Uint8Array, at: number, to: number): LevelWord | undefined {
  const likely = spellings[shapeOf(bytes[at]!, to - at)]
  if (likely === undefined) return undefined
  for (const word of likely) if (isSpelt(bytes, at, to, word.letters)) return word
  return undefined
}

function isSpelt(bytes: Uint8Array, at: number, to: number, letters: Uint8Array): boolean {
  if (to - at !== letters.length) return false
  for (let index = 0; index < letters.length; index += 1)
    if ((bytes[at + index]! | 0x20) !== letters[index]) return false
  return true
}

/** Of syslog, from 0 on. */
export const severities: readonly LevelIndex[] = [fatal, fatal, fatal, error, warn, info, info, debug]

const letters: Readonly<Record<string, LevelIndex>> = { F: fatal, E: error, W: warn, I: info, D: debug }

/** The level that a letter stands for; 0 for every other. */
export const levelOfLetter = (letter: string): LevelIndex => letters[letter] ?? 0
