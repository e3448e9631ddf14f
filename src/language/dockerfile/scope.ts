import { builtinArg } from './builtin-args.ts'
import { evaluate, type Known, type Lookup } from './evaluate.ts'
import type { DockerfileDoc, Instruction, KeyValue, Stage } from './model.ts'
import { parseTemplate } from './template.ts'

/** A variable that an ARG or ENV makes. */
export interface Definition {
  readonly name: string
  readonly kind: 'arg' | 'env'
  /** The ARG or ENV; for one under ONBUILD the trigger. */
  readonly instruction: Instruction
  readonly pair: KeyValue
  /** -1 before the first FROM. */
  readonly stage: number
  /** Under ONBUILD: only later triggers see it. */
  readonly inTrigger: boolean
  /**
   * What it is here, as far as the text tells. An ARG may get another value from the command line.
   */
  readonly known: Known
  /** The ARG before the first FROM whose value an `ARG NAME` in a stage takes. */
  readonly global: Definition | undefined
}

export interface Scopes {
  /** All of them in the order of the text. */
  readonly definitions: readonly Definition[]
  /** What a name means in an instruction (or its trigger); undefined when the text does not define it there. */
  find(name: string, instruction: Instruction): Definition | undefined
  /** The value of a name in an instruction; undefined when it comes from outside (a base image, the builder). */
  lookup(name: string, instruction: Instruction): Known | undefined
  /** The text that BuildKit makes of a stretch of the instruction's logical text. */
  expand(instruction: Instruction, at: number, end: number): string | undefined
  /** The names that an instruction sees, nearest definition each. */
  visible(instruction: Instruction): readonly Definition[]
}

const cache = new WeakMap<DockerfileDoc, Scopes>()

export function scopesOf(doc: DockerfileDoc): Scopes {
  const known = cache.get(doc)
  if (known !== undefined) return known
  const made = makeScopes(doc)
  cache.set(doc, made)
  return made
}

/** The definitions of one name in one scope, each list in the order of the text. An ENV counts before an ARG, wherever they stand. */
interface Named {
  readonly env: Definition[]
  readonly arg: Definition[]
  readonly triggers: Definition[]
}
type ByName = Map<string, Named>

function makeScopes(doc: DockerfileDoc): Scopes {
  const definitions: Definition[] = []
  const globals: ByName = new Map()
  const stages: ByName[] = doc.stages.map(() => new Map())
  const names = new Set<string>()
  /** What a name means at the end of a stage, for stages built upon it. */
  const atEnd: Map<string, Definition | undefined>[] = doc.stages.map(() => new Map())

  const find = (name: string, instruction: Instruction): Definition | undefined => {
    if (!names.has(name)) return undefined
    const { index } = instruction
    const global = globals.get(name)
    if (instruction.name === 'FROM') return lastBefore(global?.arg, index)
    // An ENV has no place there, but what was meant by it is plain.
    if (instruction.stage < 0) return lastBefore(global?.env, index) ?? lastBefore(global?.arg, index)
    const own = stages[instruction.stage]?.get(name)
    const found = isTrigger(doc, instruction)
      ? (lastBefore(own?.triggers, index) ?? lastBefore(own?.env, index))
      : (lastBefore(own?.env, index) ?? lastBefore(own?.arg, index))
    return found ?? findAtEnd(name, doc.stages[instruction.stage]?.baseStage)
  }

  const findAtEnd = (name: string, start: number | undefined): Definition | undefined => {
    if (start === undefined) return undefined
    let found: Definition | undefined
    for (let stage: number | undefined = start; stage !== undefined; stage = doc.stages[stage]?.baseStage) {
      const own = stages[stage]?.get(name)
      found = own?.env.at(-1) ?? own?.arg.at(-1) ?? atEnd[stage]?.get(name)
      if (found !== undefined || atEnd[stage]?.has(name)) break
    }
    atEnd[start]?.set(name, found)
    return found
  }

  const lookup = (name: string, instruction: Instruction): Known | undefined => {
    const definition = find(name, instruction)
    if (definition !== undefined) return definition.known
    const builtin = builtinArg(name)
    if (instruction.stage < 0 || instruction.name === 'FROM')
      return builtin?.kind === 'platform' ? { set: true, value: undefined } : { set: false }
    const root = rootOf(doc.stages, doc.stages[instruction.stage])
    return root?.base.toLowerCase() === 'scratch' && name !== 'PATH' ? { set: false } : undefined
  }

  const expand = (instruction: Instruction, at: number, end: number): string | undefined => {
    const { text } = instruction.logical
    if (!/[$"'\\`]/.test(text.slice(at, end))) return text.slice(at, end)
    const { parts, faults } = parseTemplate(text, at, end, { escape: doc.escape, quotes: true })
    if (faults.length > 0) return undefined
    const resolve: Lookup = (name) => lookup(name, instruction)
    return evaluate(parts, resolve)
  }

  const define = (instruction: Instruction, inTrigger: boolean): void => {
    if (instruction.name !== 'ARG' && instruction.name !== 'ENV') return
    const kind = instruction.name === 'ARG' ? 'arg' : 'env'
    const scope = instruction.stage < 0 ? globals : stages[instruction.stage]
    const made: Definition[] = []
    for (const pair of instruction.pairs) {
      if (pair.key === '') continue
      const global =
        kind === 'arg' && pair.value === undefined && instruction.stage >= 0
          ? globals.get(pair.key)?.arg.at(-1)
          : undefined
      const known: Known = inTrigger
        ? { set: true, value: undefined }
        : valueOf(instruction, pair, kind, global)
      made.push({
        name: pair.key,
        kind,
        instruction,
        pair,
        stage: instruction.stage,
        inTrigger,
        known,
        global,
      })
    }
    // An ENV with several pairs sees the values from before it.
    for (const definition of made) {
      definitions.push(definition)
      names.add(definition.name)
      const named = scope?.get(definition.name) ?? { env: [], arg: [], triggers: [] }
      scope?.set(definition.name, named)
      ;(inTrigger ? named.triggers : named[kind]).push(definition)
    }
  }

  const valueOf = (
    instruction: Instruction,
    pair: KeyValue,
    kind: 'arg' | 'env',
    global: Definition | undefined,
  ): Known => {
    if (pair.value !== undefined)
      return { set: true, value: expand(instruction, pair.valueAt, pair.valueEnd) }
    if (global !== undefined) return global.known
    if (kind === 'env') return { set: true, value: undefined }
    return builtinArg(pair.key) === undefined ? { set: false } : { set: true, value: undefined }
  }

  for (const instruction of doc.instructions) {
    if (instruction.trigger !== undefined) define(instruction.trigger, true)
    else define(instruction, false)
  }

  const visible = (instruction: Instruction): Definition[] => {
    const seen = new Set<string>()
    if (instruction.stage < 0 || instruction.name === 'FROM')
      for (const name of globals.keys()) seen.add(name)
    else
      for (
        let stage: number | undefined = instruction.stage;
        stage !== undefined;
        stage = doc.stages[stage]?.baseStage
      )
        for (const name of stages[stage]?.keys() ?? []) seen.add(name)
    return [...seen].map((name) => find(name, instruction)).filter((found) => found !== undefined)
  }

  return { definitions, find, lookup, expand, visible }
}

function isTrigger(doc: DockerfileDoc, instruction: Instruction): boolean {
  return doc.instructions[instruction.index]?.trigger === instruction
}

/** The last definition of an instruction before `index`. */
function lastBefore(list: readonly Definition[] | undefined, index: number): Definition | undefined {
  let low = 0
  let high = list?.length ?? 0
  while (low < high) {
    const middle = (low + high) >> 1
    if (list![middle]!.instruction.index < index) low = middle + 1
    else high = middle
  }
  return list?.[low - 1]
}

/** The stage at the start of the chain, which is built upon an image. */
export function rootOf(stages: readonly Stage[], stage: Stage | undefined): Stage | undefined {
  let root = stage
  while (root?.baseStage !== undefined) root = stages[root.baseStage]
  return root
}
