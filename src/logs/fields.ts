import type { LevelIndex } from './line-flags.ts'
import { namedLevel, numberedLevel } from './structured-level.ts'

export interface Field {
  readonly key: string
  readonly value: string
}

/** A line that is JSON or logfmt: what it says, and the rest. */
export interface Structured {
  readonly format: 'json' | 'logfmt'
  /** Empty when none of its fields is a message. */
  readonly message: string
  readonly level: LevelIndex
  /** Without message, level and time. In the order of the line. */
  readonly fields: readonly Field[]
  /** All fields, for the folded-out form; JSON values are indented. */
  readonly all: readonly Field[]
}

const longest = 256 * 1024
const mostFields = 200
/** Keys as loggers write them, in lower case: `Level`, `LogLevel` and `MESSAGE` count as well. */
const messageKeys = [
  'message',
  'msg',
  '@m',
  '@message',
  'renderedmessage',
  '@mt',
  'messagetemplate',
  'short_message',
  'event',
  'text',
  'body',
  'fields.message',
  'm',
]
const levelKeys = [
  'level',
  '@level',
  'lvl',
  'severity',
  'levelname',
  'level_name',
  'log.level',
  'loglevel',
  'log_level',
  'severity_text',
  'severitytext',
  '@l',
  's',
  'l',
  'priorityname',
  'priority_name',
  'priority',
]
const timeKeys = ['time', 'timestamp', 'ts', '@timestamp', '@t', 't', 'asctime', 'datetime']

/** The fields of a line that is JSON or logfmt as a whole; undefined for every other line. */
export function structuredLine(text: string): Structured | undefined {
  if (text.length > longest) return undefined
  const trimmed = text.trim()
  return trimmed.startsWith('{') && trimmed.endsWith('}') ? jsonLine(trimmed) : logfmtLine(trimmed)
}

function jsonLine(text: string): Structured | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
  // A list of pairs from here on: a key such as `__proto__` is a key like any other.
  const entries = Object.entries(parsed).slice(0, mostFields)
  if (entries.length === 0) return undefined
  return structured(
    'json',
    entries,
    (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
    (value) => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)),
  )
}

const pair = /([A-Za-z_@][\w.@/-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?:\s+|$)/y

function logfmtLine(text: string): Structured | undefined {
  const entries: [string, string][] = []
  pair.lastIndex = 0
  let at = 0
  while (at < text.length && entries.length < mostFields) {
    pair.lastIndex = at
    const match = pair.exec(text)
    if (match === null) return undefined
    entries.push([match[1]!, match[2] === undefined ? match[3]! : unescape(match[2])])
    at = pair.lastIndex
  }
  const known = entries.some(([key]) => messageKeys.includes(key) || levelKeys.includes(key))
  if (entries.length < 2 || !known) return undefined
  return structured('logfmt', entries, String, String)
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

function unescape(quoted: string): string {
  return quoted.replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character)
}

function structured(
  format: 'json' | 'logfmt',
  entries: readonly (readonly [string, unknown])[],
  inline: (value: unknown) => string,
  full: (value: unknown) => string,
): Structured {
  const short = entries.flatMap(unfolded)
  const find = (keys: readonly string[]): string | undefined => {
    const named = (key: string): string | undefined =>
      short.find(([name, value]) => name.toLowerCase() === key && isScalar(value))?.[0]
    return keys.map(named).find((name) => name !== undefined)
  }
  const messageKey = find(messageKeys)
  const levelKey = find(levelKeys)
  const has = (key: string): boolean => short.some(([name]) => name.toLowerCase() === key)
  const level = levelKey === undefined ? 0 : levelOfValue(levelKey, valueOf(short, levelKey), has)
  const left = new Set([messageKey, level === 0 ? undefined : levelKey, find(timeKeys)])
  return {
    format,
    message: messageKey === undefined ? '' : String(valueOf(short, messageKey)),
    level,
    fields: short.filter(([key]) => !left.has(key)).map(([key, value]) => ({ key, value: inline(value) })),
    all: entries.map(([key, value]) => ({ key, value: full(value) })),
  }
}

/** ECS puts the level into `log`, Rust's tracing puts the message into `fields`. */
function unfolded([key, value]: readonly [string, unknown]): readonly (readonly [string, unknown])[] {
  if ((key !== 'log' && key !== 'fields') || typeof value !== 'object' || value === null)
    return [[key, value]]
  const inner = key === 'log' ? 'level' : 'message'
  if (!Object.hasOwn(value, inner)) return [[key, value]]
  return Object.entries(value).map(([name, part]) => [`${key}.${name}`, part] as const)
}

const isScalar = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number'

function valueOf(entries: readonly (readonly [string, unknown])[], key: string): unknown {
  return entries.find(([name]) => name === key)?.[1]
}

function levelOfValue(key: string, value: unknown, has: (key: string) => boolean): LevelIndex {
  return typeof value === 'number' ? numberedLevel(key, value, has) : namedLevel(key, String(value), has)
}
