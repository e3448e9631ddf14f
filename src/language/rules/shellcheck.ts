import type { TextEdit, TextRange } from '../../shared/text-range.ts'
import type { Diagnostic } from '../answers.ts'
import type { Instruction } from '../dockerfile/model.ts'
import { defaultHadolintConfig, type HadolintConfig, hadolintLevel } from './hadolint-config.ts'
import { isBuildKitName, type Pragmas } from './pragmas.ts'
import type { Finding, Fix, Level, RuleSettings, Severity } from './rule.ts'
import { documentOffset, type ShellScript } from '../shell/script.ts'
import type { ShellCheckQuestion } from './shellcheck-questions.ts'

/** The rule of a finding of ShellCheck's is its code. */
export const isShellCheckCode = (rule: string): boolean => /^SC\d+$/.test(rule)

interface Replacement {
  readonly line: number
  readonly endLine: number
  readonly column: number
  readonly endColumn: number
  readonly insertionPoint: string
  readonly replacement: string
}

interface Comment {
  readonly line: number
  readonly endLine: number
  readonly column: number
  readonly endColumn: number
  readonly level: string
  readonly code: number
  readonly message: string
  readonly fix: readonly Replacement[]
}

const severities: Readonly<Record<string, Severity>> = {
  error: 'error',
  warning: 'warning',
  info: 'information',
  style: 'hint',
}

/** The findings in the output of `shellcheck -f json1`, at their exact places, with ShellCheck's own fixes. Anything else gives none. */
export function shellCheckFindings(
  { run, request, preamble }: ShellCheckQuestion,
  output: string,
  settings: RuleSettings = {},
  pragmas?: Pragmas,
  hadolint: HadolintConfig = defaultHadolintConfig,
): Diagnostic[] {
  const findings: Diagnostic[] = []
  const placeAt = placesOf(request.script)
  const places: Places = (line, column, isEnd) => {
    const place = placeAt(line, column)
    if (place === undefined || place < preamble.at + (isEnd ? 1 : 0)) return place
    // Nothing is said to the user about the lines that were put in.
    return place < preamble.at + preamble.length ? undefined : place - preamble.length
  }
  const toDocument = (line: number, column: number, isEnd: boolean): number | undefined => {
    const place = places(line, column, isEnd)
    return place === undefined ? undefined : documentOffset(run.script.pieces, place, isEnd)
  }
  // What cannot be parsed is told as a point: the word there is marked.
  const endOfWord = ({ line, column }: Comment): number | undefined => {
    const place = places(line, column, false)
    if (place === undefined) return undefined
    const length = /^(?:\w+|[^\s\w])?/u.exec(run.script.text.slice(place, place + 100))![0].length
    return documentOffset(run.script.pieces, place + length, true)
  }
  for (const comment of commentsOf(output)) {
    const rule = `SC${comment.code}`
    const level: Level = Object.hasOwn(settings, rule)
      ? settings[rule]!
      : (hadolintLevel(hadolint, [rule]) ?? severities[comment.level] ?? 'warning')
    const start = toDocument(comment.line, comment.column, false)
    const isEmpty = comment.line === comment.endLine && comment.column === comment.endColumn
    const end = isEmpty ? endOfWord(comment) : toDocument(comment.endLine, comment.endColumn, true)
    if (start === undefined || end === undefined || level === 'off') continue
    const named = { id: rule, aliases: [] }
    if (pragmas?.skips(named) || pragmas?.silences(named, start)) continue
    const fix = fixOf(comment, run.script, places)
    findings.push({
      rule,
      aliases: [],
      severity: level,
      range: { start, end: Math.max(start, end) },
      message: comment.message,
      url: `https://www.shellcheck.net/wiki/${rule}`,
      ...(fix && { suggestions: [fix] }),
    })
  }
  return findings
}

/** From lines and columns of ShellCheck to offsets in the script of the RUN; undefined for what it does not have. */
type Places = (line: number, column: number, isEnd: boolean) => number | undefined

function fixOf(comment: Comment, script: ShellScript, places: Places): Fix | undefined {
  const edits: TextEdit[] = []
  for (const { line, column, endLine, endColumn, insertionPoint, replacement } of comment.fix) {
    const isInsertion = line === endLine && column === endColumn
    const start = places(line, column, false)
    const end = places(endLine, endColumn, !isInsertion)
    if (start === undefined || end === undefined || end < start) return undefined
    const isBehind = isInsertion && insertionPoint === 'beforeStart'
    const range: TextRange = {
      start: documentOffset(script.pieces, start, isBehind),
      end: documentOffset(script.pieces, end, !isInsertion || isBehind),
    }
    if (range.end < range.start) return undefined
    edits.push({ range, newText: replacement })
  }
  return edits.length > 0 ? { title: comment.message, edits } : undefined
}

/** From lines and columns as ShellCheck counts them (from 1, by code point) to offsets. */
function placesOf(script: string): (line: number, column: number) => number | undefined {
  const isPlain = !/[\ud800-\udfff]/.test(script)
  const starts = [0]
  for (let at = script.indexOf('\n'); at >= 0; at = script.indexOf('\n', at + 1)) starts.push(at + 1)
  return (line, column) => {
    const start = starts[line - 1]
    if (start === undefined) return undefined
    const end = starts[line] ?? script.length + 1
    if (isPlain) return Math.min(start + Math.max(column - 1, 0), end - 1)
    let at = start
    let reached = 1
    while (reached < column && at < end - 1) {
      at += script.codePointAt(at)! > 0xffff ? 2 : 1
      reached++
    }
    return Math.min(at, script.length)
  }
}

function commentsOf(output: string): Comment[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(output)
  } catch {
    return []
  }
  const list: unknown =
    typeof parsed === 'object' && parsed !== null ? (parsed as { comments?: unknown }).comments : undefined
  return Array.isArray(list) ? list.flatMap(commentOf).slice(0, 500) : []
}

function commentOf(value: unknown): Comment[] {
  const place = placeOf(value)
  if (!place) return []
  const { code, level, message, fix } = value as Record<string, unknown>
  if (typeof code !== 'number' || typeof message !== 'string' || typeof level !== 'string') return []
  const replacements = (fix as { replacements?: unknown } | null | undefined)?.replacements
  return [
    {
      ...place,
      code,
      level,
      message: message.slice(0, 2000),
      fix: Array.isArray(replacements) ? replacements.flatMap(replacementOf) : [],
    },
  ]
}

function replacementOf(value: unknown): Replacement[] {
  const place = placeOf(value)
  if (!place) return []
  const { replacement, insertionPoint } = value as Record<string, unknown>
  return typeof replacement === 'string'
    ? [{ ...place, replacement, insertionPoint: String(insertionPoint) }]
    : []
}

function placeOf(value: unknown): Pick<Comment, 'line' | 'endLine' | 'column' | 'endColumn'> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { line, endLine, column, endColumn } = value as Record<string, unknown>
  if (typeof line !== 'number' || typeof endLine !== 'number') return undefined
  return typeof column === 'number' && typeof endColumn === 'number'
    ? { line, endLine, column, endColumn }
    : undefined
}

/** Our own findings without those about shell code that ShellCheck has looked at: it knows more. */
export function withoutShellRules(findings: readonly Finding[], checked: readonly Instruction[]): Finding[] {
  const ranges = checked.map(({ fullRange }) => fullRange)
  return findings.filter(({ aliases, range }) => {
    const isShell = aliases.some(isShellCheckCode) && !aliases.some(isBuildKitName)
    return !isShell || !ranges.some(({ start, end }) => start <= range.start && range.end <= end)
  })
}
