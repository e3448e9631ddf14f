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

/** Of syslog, from 0 on. */
export const severities: readonly LevelIndex[] = [fatal, fatal, fatal, error, warn, info, info, debug]

const letters: Readonly<Record<string, LevelIndex>> = { F: fatal, E: error, W: warn, I: info, D: debug }

/** The level that a letter stands for; 0 for every other. */
export const levelOfLetter = (letter: string): LevelIndex => letters[letter] ?? 0
