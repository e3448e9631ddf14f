import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import { unquote } from './copy.ts'

/** What the ENVs of a stage do with one name. */
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

/** Whether a variable is one plain word in a RUN, because ENV says so: no build argument can change that. */
export function isEnvWord(doc: DockerfileDoc, { index, stage }: Instruction, name: string): boolean {
  for (let level = levelsOf(doc)[stage]; level; level = level.base) {
    const setting = level.own.get(name)
    if (setting && setting.from < index) return setting.isWord
  }
  return false
}

function levelsOf(doc: DockerfileDoc): readonly Level[] {
  const known = cache.get(doc)
  if (known) return known
  const levels: Level[] = []
  for (const { index, baseStage, instructions } of doc.stages) {
    const own = new Map<string, Setting>()
    for (const { name, pairs, index: from } of instructions)
      if (name === 'ENV')
        for (const { key, value } of pairs) {
          const before = own.get(key)
          const isWord = /^[\w@%+=:,./-]+$/.test(unquote(value ?? ''))
          own.set(key, { from: before?.from ?? from, isWord: isWord && before?.isWord !== false })
        }
    levels[index] = { own, base: baseStage === undefined ? undefined : levels[baseStage] }
  }
  cache.set(doc, levels)
  return levels
}
