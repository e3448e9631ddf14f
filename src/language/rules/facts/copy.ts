import type { Instruction, Word } from '../../dockerfile/model.ts'

export interface CopySource extends Word {
  /** A URL or a git repository. */
  readonly remote: boolean
}

const isHeredoc = (text: string): boolean => /^\d*<<-?["']?\w/.test(text)

const remote = /^(https?|ftp|git|ssh):\/\/|^git@|^github\.com\//i

const known = new WeakMap<Instruction, readonly CopySource[]>()

/** What a COPY or ADD copies, heredocs left out. */
export function copySources(instruction: Instruction): readonly CopySource[] {
  let sources = known.get(instruction)
  if (sources === undefined) {
    sources = instruction.words
      .slice(0, -1)
      .filter(({ text }) => !isHeredoc(text))
      .map((word) => ({ ...word, remote: remote.test(unquote(word.text)) }))
    known.set(instruction, sources)
  }
  return sources
}

/** Everything that COPY or ADD takes, heredocs included. */
export const sourceCount = (instruction: Instruction): number => Math.max(0, instruction.words.length - 1)

export const copyDestination = (instruction: Instruction): Word | undefined =>
  instruction.words.length > 1 ? instruction.words.at(-1) : undefined

export const unquote = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2')
