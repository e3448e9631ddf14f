import { t } from '../../../shared/l10n.ts'
import type { CodeAction } from '../../answers.ts'
import { shellsOf } from '../../rules/facts/shells.ts'
import { documentRange, shellScriptOf } from '../../shell/script.ts'
import { leavesState } from '../../shell/state.ts'
import { lineAt } from '../lines.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'

/** Two RUNs or more, one after the other, as one: joined by `&&`. */
export function mergeRuns(doc: DockerfileDoc, chosen: readonly Instruction[]): CodeAction | undefined {
  const [first, ...rest] = chosen
  if (first === undefined) return undefined
  const runs =
    rest.length > 0
      ? chosen
      : [first, ...(doc.instructions[first.index + 1] ? [doc.instructions[first.index + 1]!] : [])]
  if (runs.length < 2 || runs.length > 50 || !runs.every((run) => isPlainRun(doc, run))) return undefined
  // What one sets in its shell would reach into the next.
  if (runs.slice(0, -1).some((run) => shellScriptOf(doc, run)?.commands.some(leavesState))) return undefined
  const flags = flagsText(doc, first)
  if (runs.some((run) => flagsText(doc, run) !== flags || run.stage !== first.stage)) return undefined
  const eol = doc.text.includes('\r\n') ? '\r\n' : '\n'
  const edits = runs.slice(1).map((run, index) => {
    const start = runs[index]!.range.end
    const end = run.command!.range.start
    // What stands between them stays: comments are allowed between continued lines.
    const between = doc.text.slice(start, run.range.start)
    const comments = between
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
    const lines = [` ${doc.escape}`, ...comments.map((line) => `    ${line}`), '    && ']
    return { range: { start, end }, newText: lines.join(eol) }
  })
  return {
    title: runs.length === 2 && rest.length === 0 ? t('Merge with the next RUN') : t('Merge the RUNs'),
    kind: 'refactor.rewrite',
    edits,
  }
}

/** A RUN in shell form whose commands can be joined: no PowerShell, no heredoc, nothing open at its end, no `||` that would reach into the next. */
function isPlainRun(doc: DockerfileDoc, instruction: Instruction): boolean {
  const { name, command, heredocs } = instruction
  if (name !== 'RUN' || command?.form !== 'shell' || heredocs.length > 0) return false
  if (shellsOf(doc)[instruction.index]?.posix !== true) return false
  const script = shellScriptOf(doc, instruction)
  if (script === undefined || script.problems.length > 0 || /(?:^|\s)#/.test(script.text)) return false
  const chains = script.script.chains
  return chains.length === 1 && !chains[0]!.joins.includes('||') && chains[0]!.terminator === ''
}

function flagsText(doc: DockerfileDoc, { flags }: Instruction): string {
  return flags.map(({ range }) => doc.text.slice(range.start, range.end)).join(' ')
}

/** The commands that a RUN joins with `&&`, a RUN each. */
export function splitRun(doc: DockerfileDoc, instruction: Instruction): CodeAction | undefined {
  if (!isPlainRun(doc, instruction)) return undefined
  const script = shellScriptOf(doc, instruction)!
  const { pipelines } = script.script.chains[0]!
  if (pipelines.length < 2 || pipelines.length > 100) return undefined
  // What one command sets for the shell would be lost to the next.
  if (script.commands.some(leavesState) || instruction.comments.length > 0) return undefined
  const { range, command, logical } = instruction
  const head = doc.text.slice(range.start, command!.range.start)
  if (/[\r\n]/.test(head) || logical.pieces.length === 0) return undefined
  const indent = doc.text.slice(doc.lineStarts[lineAt(doc.lineStarts, range.start)], range.start)
  const eol = doc.text.includes('\r\n') ? '\r\n' : '\n'
  const texts = pipelines.map((pipeline) => {
    const place = documentRange(script, pipeline)
    return doc.text.slice(place.start, place.end).trimEnd()
  })
  return {
    title: t('Split into one RUN for each command'),
    kind: 'refactor.rewrite',
    edits: [{ range, newText: texts.map((text) => head + text).join(eol + indent) }],
  }
}
