import type { DockerfileDoc, Instruction, Stage } from '../../dockerfile/model.ts'
import { expand, unknownValue, type Value } from './expand.ts'

/** The variables in effect before an instruction. */
export interface Scope {
  readonly get: (name: string) => Value | undefined
  readonly names: () => readonly string[]
  /** Whether the environment of the base image is known, so that what is not here is not defined. */
  readonly complete: boolean
}

/** ARGs that BuildKit sets in FROM without a declaration. */
export const platformArguments: readonly string[] = [
  'BUILDPLATFORM',
  'BUILDOS',
  'BUILDOSVERSION',
  'BUILDARCH',
  'BUILDVARIANT',
  'TARGETPLATFORM',
  'TARGETOS',
  'TARGETOSVERSION',
  'TARGETARCH',
  'TARGETVARIANT',
  'TARGETSTAGE',
]

const emptyEnvironment = /^(docker\.io\/)?(library\/)?(alpine|debian|ubuntu|busybox)(:[^@]*)?(@.*)?$/

/** The ARGs in front of the first FROM, with their defaults, and the platform's own. */
export function globalArguments(doc: DockerfileDoc): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>(platformArguments.map((name) => [name, unknownValue]))
  for (const instruction of doc.preamble) {
    if (instruction.name !== 'ARG') continue
    for (const { key, value } of instruction.pairs) {
      if (value === undefined) continue
      values.set(
        key,
        valueOf(doc, value, (name) => values.get(name)),
      )
    }
  }
  return values
}

function valueOf(doc: DockerfileDoc, text: string, lookup: (name: string) => Value | undefined): Value {
  const expanded = expand(text, doc.escape, lookup).text
  return expanded === undefined ? unknownValue : { kind: 'text', text: expanded }
}

/** What a stage sets; the rest is with the stage it builds on. */
interface Variables {
  readonly env: Map<string, Value>
  readonly args: Map<string, Value>
  /** ARGs without a value: known, but empty unless the build gives one. */
  readonly declared: Set<string>
  readonly complete: boolean
  readonly base: Variables | undefined
}

/** Calls `visit` for each instruction of every stage with the variables in effect before it. */
export function walkScopes(
  doc: DockerfileDoc,
  visit: (instruction: Instruction, scope: Scope, stage: Stage) => void,
): void {
  const globals = globalArguments(doc)
  const globalNames = new Set(
    doc.preamble.flatMap((i) => (i.name === 'ARG' ? i.pairs.map(({ key }) => key) : [])),
  )
  const ends: Variables[] = []
  for (const stage of doc.stages) {
    const variables = startOf(stage, ends)
    const scope = scopeOf(variables)
    for (const instruction of stage.instructions) {
      visit(instruction, scope, stage)
      if (instruction.name === 'ENV') {
        // All values of one ENV are replaced before any of its names is set.
        const values = instruction.pairs.map(
          ({ key, value }) => [key, valueOf(doc, value ?? '', scope.get)] as const,
        )
        for (const [key, value] of values) variables.env.set(key, value)
      } else if (instruction.name === 'ARG')
        for (const { key, value } of instruction.pairs) {
          if (value !== undefined) variables.args.set(key, valueOf(doc, value, scope.get))
          else if (globals.has(key)) variables.args.set(key, globals.get(key)!)
          else {
            variables.declared.add(key)
            // A global ARG without a default is for the build to fill.
            if (globalNames.has(key)) variables.args.set(key, unknownValue)
          }
        }
    }
    ends[stage.index] = variables
  }
}

function startOf(stage: Stage, ends: readonly Variables[]): Variables {
  const base = stage.baseStage === undefined ? undefined : ends[stage.baseStage]
  return {
    env: new Map(base ? [] : [['PATH', unknownValue]]),
    args: new Map(),
    declared: new Set(),
    complete: base?.complete ?? (stage.base.toLowerCase() === 'scratch' || emptyEnvironment.test(stage.base)),
    base,
  }
}

/** Names beyond this number are no longer offered as what may have been meant. */
const enoughNames = 500

function scopeOf(variables: Variables): Scope {
  return {
    get(name) {
      let argument: Value | undefined
      for (let at: Variables | undefined = variables; at; at = at.base) {
        const value = at.env.get(name)
        if (value) return value
        argument ??= at.args.get(name) ?? (at.declared.has(name) ? unknownValue : undefined)
      }
      return argument
    },
    names() {
      const names: string[] = []
      for (let at: Variables | undefined = variables; at && names.length < enoughNames; at = at.base)
        names.push(...[...at.env.keys(), ...at.args.keys(), ...at.declared].slice(0, enoughNames))
      return names
    },
    complete: variables.complete,
  }
}
