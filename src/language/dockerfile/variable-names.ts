import type { TextRange } from '../../shared/text-range.ts'
import type { DockerfileDoc, Instruction, VariableRef } from './model.ts'
import { scopesOf, type Definition } from './scope.ts'

export interface VariableUse {
  readonly reference: VariableRef
  readonly instruction: Instruction
}

/** A variable of the file: definitions that stand for one another (an ARG before the first FROM and those that take its value, an ENV set anew), and their uses. */
export interface Variable {
  readonly name: string
  readonly definitions: readonly Definition[]
  readonly uses: readonly VariableUse[]
}

export interface Variables {
  /** The variable that a definition belongs to. */
  ofDefinition(definition: Definition): Variable
  /** The variable that a reference in an instruction means; undefined when the text does not define it. */
  ofReference(reference: VariableRef, instruction: Instruction): Variable | undefined
  /** The uses of a name that the text does not define, in one stage. */
  undefinedUses(name: string, stage: number): readonly VariableUse[]
}

const cache = new WeakMap<DockerfileDoc, Variables>()

export function variablesOf(doc: DockerfileDoc): Variables {
  const known = cache.get(doc)
  if (known !== undefined) return known
  const made = makeVariables(doc)
  cache.set(doc, made)
  return made
}

function makeVariables(doc: DockerfileDoc): Variables {
  const scopes = scopesOf(doc)
  const leader = new Map<Definition, Definition>()
  const leaderOf = (definition: Definition): Definition => {
    let top = definition
    for (let next = leader.get(top); next !== undefined; next = leader.get(top)) top = next
    for (let at = definition; at !== top;) {
      const next = leader.get(at)!
      leader.set(at, top)
      at = next
    }
    return top
  }
  const join = (a: Definition, b: Definition | undefined): void => {
    if (b === undefined) return
    const [first, second] = [leaderOf(a), leaderOf(b)]
    if (first !== second) leader.set(first, second)
  }
  for (const definition of scopes.definitions) {
    const before = scopes.find(definition.name, definition.instruction)
    if (before?.kind === definition.kind) join(definition, before)
    join(definition, definition.global)
  }
  const groups = new Map<Definition, { name: string; definitions: Definition[]; uses: VariableUse[] }>()
  const groupOf = (
    definition: Definition,
  ): { name: string; definitions: Definition[]; uses: VariableUse[] } => {
    const top = leaderOf(definition)
    const known = groups.get(top)
    if (known !== undefined) return known
    const made = { name: definition.name, definitions: [], uses: [] }
    groups.set(top, made)
    return made
  }
  for (const definition of scopes.definitions) groupOf(definition).definitions.push(definition)

  const loose = new Map<string, VariableUse[]>()
  const meaning = (reference: VariableRef, instruction: Instruction): Definition | undefined =>
    reference.by === 'shell' && isAssignedBefore(doc, instruction, reference)
      ? undefined
      : scopes.find(reference.name, instruction)
  for (const outer of doc.instructions) {
    const instruction = outer.trigger ?? outer
    for (const reference of instruction.variables) {
      const definition = meaning(reference, instruction)
      if (definition !== undefined) groupOf(definition).uses.push({ reference, instruction })
      else {
        const key = `${instruction.stage}:${reference.name}`
        const list = loose.get(key)
        if (list === undefined) loose.set(key, [{ reference, instruction }])
        else list.push({ reference, instruction })
      }
    }
  }
  return {
    ofDefinition: groupOf,
    ofReference(reference, instruction) {
      const definition = meaning(reference, instruction)
      return definition && groupOf(definition)
    },
    undefinedUses: (name, stage) => loose.get(`${stage}:${name}`) ?? [],
  }
}

const assignments = new WeakMap<Instruction, ReadonlyMap<string, number>>()
const assignment =
  /(?<=^|[\s;&|(`])(?:([A-Za-z_]\w*)\+?=|for\s+([A-Za-z_]\w*)\s|read\s+(?:-\w+\s+)*([A-Za-z_]\w*))/g

/** Whether the shell itself has set the variable further up in the same script, so that it is the script's own. */
function isAssignedBefore(doc: DockerfileDoc, instruction: Instruction, reference: VariableRef): boolean {
  let own = assignments.get(instruction)
  if (own === undefined) assignments.set(instruction, (own = assignmentsOf(doc, instruction)))
  const end = own.get(reference.name)
  return end !== undefined && reference.range.start >= end
}

/** For each name that a script sets, where the word of its first assignment ends. */
function assignmentsOf(doc: DockerfileDoc, instruction: Instruction): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const scan = ({ start, end }: TextRange): void => {
    const script = doc.text.slice(start, end)
    if (!/=|\bfor\b|\bread\b/.test(script)) return
    for (const match of script.matchAll(assignment)) {
      const name = match[1] ?? match[2] ?? match[3]!
      if (found.has(name)) continue
      const from = match.index + match[0].length
      found.set(name, start + (match[1] === undefined ? from : wordEnd(script, from)))
    }
  }
  if (instruction.command?.form === 'shell') scan(instruction.command.range)
  if (instruction.name === 'RUN') for (const { body } of instruction.heredocs) scan(body)
  return found
}

/** Where a shell word ends: quotes and substitutions are passed over. */
function wordEnd(script: string, from: number): number {
  let depth = 0
  let quote = ''
  for (let at = from; at < script.length; at++) {
    const character = script[at]!
    if (character === '\\') at++
    else if (quote === "'") quote = character === "'" ? '' : quote
    else if (character === '"') quote = quote === '"' ? '' : '"'
    else if (character === "'" && quote === '') quote = "'"
    else if ((character === '(' || character === '{') && script[at - 1] === '$') depth++
    else if ((character === ')' || character === '}') && depth > 0) depth--
    else if (depth === 0 && quote === '' && /[\s;&|)]/.test(character)) return at
  }
  return script.length
}
