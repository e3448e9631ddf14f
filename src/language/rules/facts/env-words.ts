import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import { unquote } from './copy.ts'

/** What the ENVs and ARGs of a stage do with one name. */
interface Setting {
  /** The index of the first instruction that sets it. */
  readonly from: number
  /** Whether each of them gives it one word in which a shell expands nothing. */
  readonly isWord: boolean
}

interface Level {
  readonly own: Map<string, Setting>
  readonly base: Level | undefined
}

const cache = new WeakMap<DockerfileDoc, readonly Level[]>()

/** Whether a variable is one plain word in a RUN, because ENV says so or the default of an ARG, as hadolint takes them. */
export function isEnvWord(doc: DockerfileDoc, { index, stage }: Instruction, name: string): boolean {
  return isWordAt(levelsOf(doc)[stage], index, name)
}

function isWordAt(start: Level | undefined, index: number, name: string): boolean {
  for (let level = start; level; level = level.base) {
    const setting = level.own.get(name)
    if (setting && setting.from < index) return setting.isWord
  }
  return false
}

function levelsOf(doc: DockerfileDoc): readonly Level[] {
  const known = cache.get(doc)
  if (known) return known
  const globals: Level = { own: new Map(), base: undefined }
  for (const instruction of doc.preamble) set(globals, instruction, globals)
  const levels: Level[] = []
  for (const { index, baseStage, instructions } of doc.stages) {
    const level = { own: new Map(), base: baseStage === undefined ? undefined : levels[baseStage] }
    for (const instruction of instructions) set(level, instruction, globals)
    levels[index] = level
  }
  cache.set(doc, levels)
  return levels
}

function set(level: Level, { name, pairs, index }: Instruction, globals: Level): void {
  if (name !== 'ENV' && name !== 'ARG') return
  for (const { key, value } of pairs) {
    const isWord =
      value === undefined
        ? name === 'ARG' && level !== globals && isWordAt(globals, index, key)
        : isPlain(unquote(value), (other) => isWordAt(level, index, other))
    // What an ARG leaves open an ENV may still say; what an ENV has said counts before any ARG.
    if (name === 'ARG' && !isWord) continue
    const before = level.own.get(key)
    level.own.set(key, { from: before?.from ?? index, isWord: isWord && before?.isWord !== false })
  }
}

/** One word, of which the variables in it are words too. */
function isPlain(value: string, isWord: (name: string) => boolean): boolean {
  if (!/^(?:[\w@%+=:,./-]|\$\w+|\$\{\w+\})+$/.test(value)) return false
  return [...value.matchAll(/\$\{?(\w+)/g)].every(([, name]) => isWord(name!))
}
