import { applyEdits, type TextEdit, type TextRange } from '../../../shared/text-range.ts'
import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import { parseDockerfile } from '../../dockerfile/parse.ts'
import type { Fix } from '../rule.ts'
import type { DockerfileContext, ExecRun } from './context.ts'

/** A change of shell code, written as JSON where the code stands in an exec form; undefined where it cannot be. */
export function inJson(fix: Fix, doc: DockerfileDoc, context: DockerfileContext): Fix | undefined {
  if (context.execRuns.length === 0) return fix
  const edits: TextEdit[] = []
  const inside = new Map<ExecRun, TextEdit[]>()
  for (const edit of fix.edits) {
    const run = context.execRuns.find(({ instruction }) => touches(instruction.command!.range, edit.range))
    const newText = run && textInJson(run, edit, doc)
    if (run === undefined) edits.push(edit)
    else if (newText === undefined) return undefined
    else {
      const written = { ...edit, newText }
      edits.push(written)
      inside.set(run, [...(inside.get(run) ?? []), written])
    }
  }
  for (const [{ instruction }, changes] of inside)
    if (!isExecForm(doc, instruction, changes)) return undefined
  return { ...fix, edits }
}

/** A place inside the brackets. */
const touches = (json: TextRange, { start, end }: TextRange): boolean =>
  start < json.end && end > json.start && !(start <= json.start && end >= json.end)

/** Words as strings of their own, code in the string it belongs to; undefined where that cannot be told. */
function textInJson(
  { script, instruction }: ExecRun,
  edit: TextEdit,
  doc: DockerfileDoc,
): string | undefined {
  const { newText, range } = edit
  if (script.kind === 'script') return JSON.stringify(newText) === `"${newText}"` ? newText : undefined
  const hasEscape = instruction.command!.items.some(
    ({ text, range: { start, end } }) =>
      start <= range.end && range.start <= end && doc.text.slice(start + 1, end - 1) !== text,
  )
  return !hasEscape && /^[\w ./:=@%+,^-]*$/.test(newText) ? newText.replaceAll(/ +/g, '", "') : undefined
}

/** Each change is read again; longer instructions are not changed, in UTF-16 units. */
const longestChanged = 2_000

/** Whether an instruction is still in exec form after changes. */
function isExecForm(
  { text, escape, instructions }: DockerfileDoc,
  { index }: Instruction,
  edits: TextEdit[],
): boolean {
  const { start, end } = instructions[index]!.fullRange
  if (end - start > longestChanged) return false
  const moved = edits.map(({ range, newText }) => ({
    range: { start: range.start - start, end: range.end - start },
    newText,
  }))
  const directive = escape === '`' ? '# escape=`\n' : ''
  const [read] = parseDockerfile(directive + applyEdits(text.slice(start, end), moved)).instructions
  return (read?.trigger ?? read)?.command?.form === 'exec'
}
