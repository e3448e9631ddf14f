import type { DockerfileDoc } from '../../dockerfile/model.ts'
import type { TextEdit } from '../../../shared/text-range.ts'
import type { Run } from './context.ts'
import { insert, lineBreakOf } from './edits.ts'

/** Adds a command at the end of a RUN, in the way its lines are laid out; undefined where that would not be plain. */
export function appendCommand(doc: DockerfileDoc, run: Run, command: string): TextEdit | undefined {
  const { instruction, script } = run
  const last = script.script.chains.at(-1)
  if (!last || script.problems.length > 0 || last.pipelines.length === 0) return undefined
  const end = last.pipelines.at(-1)!
  if (last.terminator === '&' || end.commands.length === 0) return undefined
  const [heredoc] = instruction.heredocs
  if (heredoc) {
    // Only a script that is the heredoc itself.
    if (instruction.heredocs.length > 1 || script.pieces[0]?.start !== heredoc.body.start || !heredoc.end)
      return undefined
    return insert(heredoc.body.end, `${command}${lineBreakOf(doc)}`)
  }
  const rest = script.text.slice(end.end)
  if (!/^[\s;]*(?:#.*)?$/.test(rest)) return undefined
  const at = run.after(end)
  const written = doc.text.slice(instruction.range.start, instruction.range.end)
  if (/^\s*;/.test(rest) || !/[\r\n]/.test(written)) return insert(at, ` && ${command}`)
  const lineBreak = lineBreakOf(doc)
  const leading = /(?:\r\n|\n|\r)([ \t]*)&&[ \t]/.exec(written)
  if (leading) return insert(at, ` ${doc.escape}${lineBreak}${leading[1]}&& ${command}`)
  const indent = /(?:\r\n|\n|\r)([ \t]+)\S/.exec(written)?.[1] ?? '    '
  return insert(at, ` && ${doc.escape}${lineBreak}${indent}${command}`)
}
