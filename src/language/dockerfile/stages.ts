import type { Instruction, Stage } from './model.ts'

/** The stages of a file: each FROM with what follows it. */
export function stagesOf(instructions: readonly Instruction[]): Stage[] {
  const stages: Stage[] = []
  const byName = new Map<string, number>()
  for (let index = 0; index < instructions.length;) {
    const from = instructions[index]!
    if (from.stage < 0) {
      index++
      continue
    }
    let end = index + 1
    while (end < instructions.length && instructions[end]!.stage === from.stage) end++
    const [base, as, name] = from.words
    const named = as?.text.toLowerCase() === 'as' ? name : undefined
    const stage: Stage = {
      index: stages.length,
      name: named?.text,
      nameRange: named?.range,
      base: base?.text ?? '',
      baseRange: base?.range,
      baseStage: base === undefined ? undefined : byName.get(base.text.toLowerCase()),
      platform: from.flags.find((flag) => flag.name === 'platform'),
      from,
      instructions: instructions.slice(index, end),
      range: { start: from.range.start, end: instructions[end - 1]!.fullRange.end },
    }
    stages.push(stage)
    if (named !== undefined) byName.set(named.text.toLowerCase(), stage.index)
    index = end
  }
  return stages
}
