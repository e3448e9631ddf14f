import type { TextEdit, TextRange } from '../../shared/text-range.ts'
import type { DockerfileDoc, Instruction } from '../dockerfile/model.ts'
import type { ShellCheckRequest } from '../host.ts'
import type { Run } from './facts/context.ts'
import { defaultHadolintConfig, type HadolintConfig, hadolintLevel } from './hadolint-config.ts'
import { isBuildKitName, type Pragmas } from './pragmas.ts'
import type { Finding, Fix, Level, RuleSettings, Severity } from './rule.ts'
import { documentOffset, type ShellScript } from '../shell/script.ts'

/** Codes that say nothing about a script inside a RUN: the shell is known, and files to source are not there. */
const excluded: readonly string[] = ['SC2187', 'SC1090', 'SC1091', 'SC2148']

const dialects: Readonly<Record<string, ShellCheckRequest['shell']>> = {
  sh: 'sh',
  bash: 'bash',
  dash: 'dash',
  ash: 'sh',
  busybox: 'sh',
  ksh: 'ksh',
  mksh: 'ksh',
}

/** What to ask ShellCheck about a RUN, and how long the lines are that stand before its script. */
export interface ShellCheckQuestion {
  readonly request: ShellCheckRequest
  readonly run: Run
  /** The length of what was put before the script. */
  readonly preamble: number
}

/** A question for each RUN with shell code; variables that ARG and ENV set are known to the script. */
export function shellCheckQuestions(doc: DockerfileDoc, runs: readonly Run[]): ShellCheckQuestion[] {
  const variables = variablesBefore(doc)
  const questions: ShellCheckQuestion[] = []
  for (const run of runs) {
    const shell = Object.hasOwn(dialects, run.shell.name) ? dialects[run.shell.name] : undefined
    if (shell === undefined || run.script.text.length > 100_000) continue
    const names = variables.get(run.instruction.index) ?? []
    const preamble = names.length > 0 ? `export ${names.map((name) => `${name}=1`).join(' ')}\n` : ''
    questions.push({
      request: { script: preamble + run.script.text, shell, exclude: excluded },
      run,
      preamble: preamble.length,
    })
  }
  return questions
}

const proxies = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'FTP_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'ftp_proxy',
  'no_proxy',
]

/** The names that ARG and ENV set above each RUN of its stage and those it builds on. */
function variablesBefore(doc: DockerfileDoc): Map<number, readonly string[]> {
  const before = new Map<number, readonly string[]>()
  const atEnd: (readonly string[])[] = []
  for (const stage of doc.stages) {
    let names: readonly string[] =
      stage.baseStage === undefined ? proxies : (atEnd[stage.baseStage] ?? proxies)
    for (const { name, pairs, index } of stage.instructions) {
      if (name === 'RUN' || name === 'ONBUILD') before.set(index, names)
      if (name !== 'ARG' && name !== 'ENV') continue
      const fresh = pairs
        .map(({ key }) => key)
        .filter((key) => /^[A-Za-z_]\w*$/.test(key) && !names.includes(key))
      if (fresh.length > 0 && names.length < 500) names = [...names, ...fresh]
    }
    atEnd[stage.index] = names
  }
  return before
}

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
): Finding[] {
  const findings: Finding[] = []
  const places = placesOf(request.script)
  const toDocument = (line: number, column: number, isEnd: boolean): number | undefined => {
    const at = places(line, column)
    return at === undefined || at < preamble
      ? undefined
      : documentOffset(run.script.pieces, at - preamble, isEnd)
  }
  for (const comment of commentsOf(output)) {
    const rule = `SC${comment.code}`
    const level: Level = Object.hasOwn(settings, rule)
      ? settings[rule]!
      : (hadolintLevel(hadolint, [rule]) ?? severities[comment.level] ?? 'warning')
    const start = toDocument(comment.line, comment.column, false)
    const end = toDocument(comment.endLine, comment.endColumn, true)
    if (start === undefined || end === undefined || level === 'off') continue
    const named = { id: rule, aliases: [] }
    if (pragmas?.skips(named) || pragmas?.silences(named, start)) continue
    const fix = fixOf(comment, run.script, preamble, places)
    findings.push({
      rule,
      aliases: [],
      severity: level,
      range: { start, end: Math.max(start, end) },
      message: comment.message,
      ...(fix && { suggestions: [fix] }),
    })
  }
  return findings
}

function fixOf(
  comment: Comment,
  script: ShellScript,
  preamble: number,
  places: (line: number, column: number) => number | undefined,
): Fix | undefined {
  const edits: TextEdit[] = []
  for (const { line, column, endLine, endColumn, insertionPoint, replacement } of comment.fix) {
    const start = places(line, column)
    const end = places(endLine, endColumn)
    if (start === undefined || end === undefined || start < preamble || end < start) return undefined
    const range: TextRange = {
      start: documentOffset(
        script.pieces,
        start - preamble,
        start === end && insertionPoint === 'beforeStart',
      ),
      end: documentOffset(script.pieces, end - preamble, start !== end || insertionPoint === 'beforeStart'),
    }
    if (range.end < range.start) return undefined
    edits.push({ range, newText: replacement })
  }
  return edits.length > 0 ? { title: comment.message, edits } : undefined
}

/** From lines and columns as ShellCheck counts them (from 1, by code point) to offsets. */
function placesOf(script: string): (line: number, column: number) => number | undefined {
  const starts = [0]
  for (let at = script.indexOf('\n'); at >= 0; at = script.indexOf('\n', at + 1)) starts.push(at + 1)
  return (line, column) => {
    const start = starts[line - 1]
    if (start === undefined) return undefined
    const end = starts[line] ?? script.length + 1
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
    const isShell = aliases.some((alias) => /^SC\d+$/.test(alias)) && !aliases.some(isBuildKitName)
    return !isShell || !ranges.some(({ start, end }) => start <= range.start && range.end <= end)
  })
}
