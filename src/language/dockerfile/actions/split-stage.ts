import { t } from '../../../shared/l10n.ts'
import type { CodeAction } from '../../answers.ts'
import { lineAt } from '../lines.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'
import { scopesOf } from '../scope.ts'
import { stageReferences } from '../stage-names.ts'

/** Makes what stands above an instruction a stage of its own, which the rest of the stage is built upon. */
export function splitStage(doc: DockerfileDoc, instruction: Instruction): CodeAction | undefined {
  const stage = doc.stages[instruction.stage]
  if (
    stage === undefined ||
    instruction.name === 'FROM' ||
    stage.baseRange === undefined ||
    !instruction.known
  )
    return undefined
  if (stage.instructions.indexOf(instruction) < 2) return undefined
  // Older builders do not pass ARGs on, and numbers of later stages would be off by one.
  const argsReachDown = stage.instructions.slice(stage.instructions.indexOf(instruction)).some((below) =>
    below.variables.some(({ name }) => {
      const found = scopesOf(doc).find(name, below)
      return (
        found?.kind === 'arg' && found.stage === stage.index && found.instruction.index < instruction.index
      )
    }),
  )
  const counted = stageReferences(doc).some(({ text }) => /^\d+$/.test(text) && Number(text) >= stage.index)
  if (argsReachDown || counted) return undefined
  const taken = new Set(doc.stages.map(({ name }) => name?.toLowerCase()))
  const wanted = stage.name === undefined ? 'base' : `${stage.name}-base`
  let name = wanted
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted}${number}`
  const eol = doc.text.includes('\r\n') ? '\r\n' : '\n'
  const [keyword, as] = stage.from.keyword === 'from' ? ['from', 'as'] : ['FROM', 'AS']
  const first = instruction.commentsAbove.at(0)?.range.start ?? instruction.range.start
  const above = doc.instructions[instruction.index - 1]
  const start =
    doc.lineStarts[
      lineAt(
        doc.lineStarts,
        above !== undefined && first < above.fullRange.end ? instruction.range.start : first,
      )
    ]!
  const line = `${keyword} ${name}${stage.name === undefined ? '' : ` ${as} ${stage.name}`}`
  const edits = [{ range: { start, end: start }, newText: `${eol}${line}${eol}` }]
  const { nameRange, baseRange } = stage
  if (nameRange === undefined)
    edits.unshift({ range: { start: baseRange.end, end: baseRange.end }, newText: ` ${as} ${name}` })
  else edits.unshift({ range: nameRange, newText: name })
  return { title: t('Make what is above a stage of its own'), kind: 'refactor.extract', edits }
}
