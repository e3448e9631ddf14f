import { builtinArg } from './builtin-args.ts'
import { evaluate, type Known } from './evaluate.ts'
import type { Escape, Instruction, Stage } from './model.ts'
import { parseTemplate } from './template.ts'

/** The stages of a file: each FROM with what follows it. */
export function stagesOf(instructions: readonly Instruction[], escape: Escape): Stage[] {
  const resolve = globalValues(instructions, escape)
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
      baseStage: base === undefined ? undefined : byName.get(resolve(base.text)?.toLowerCase() ?? ''),
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

/** Replaces the variables that FROM sees: the ARGs before the first one, by their defaults. */
function globalValues(
  instructions: readonly Instruction[],
  escape: Escape,
): (text: string) => string | undefined {
  const values = new Map<string, Known>()
  const resolve = (text: string): string | undefined => {
    if (!/[$"'\\`]/.test(text)) return text
    const { parts, faults } = parseTemplate(text, 0, text.length, { escape, quotes: true })
    return faults.length > 0 ? undefined : evaluate(parts, (name) => values.get(name) ?? builtinValue(name))
  }
  for (const { stage, name, pairs } of instructions) {
    if (stage >= 0) break
    if (name !== 'ARG') continue
    for (const { key, value } of pairs) {
      const known: Known = value === undefined ? builtinValue(key) : { set: true, value: resolve(value) }
      values.set(key, known)
    }
  }
  return resolve
}

function builtinValue(name: string): Known {
  return builtinArg(name)?.kind === 'platform' ? { set: true, value: undefined } : { set: false }
}
