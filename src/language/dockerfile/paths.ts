import type { DockerfileDoc, Instruction, Stage } from './model.ts'
import { scopesOf } from './scope.ts'

/** The working directory in which an instruction runs; undefined when the text does not tell (a base image, a variable). */
export function workdirAt(doc: DockerfileDoc, instruction: Instruction): string | undefined {
  const steps: Instruction[] = []
  let before = instruction.index
  let root: Stage | undefined
  for (
    let stage = doc.stages[instruction.stage];
    stage !== undefined;
    stage = doc.stages[stage.baseStage ?? -1]
  ) {
    root = stage
    const workdirs = workdirsOf(stage)
    for (let index = countBefore(workdirs, before) - 1; index >= 0; index--) {
      const step = workdirs[index]!
      steps.unshift(step)
      if (/^["']?\//.test(step.args.text)) return follow(doc, steps, '/')
    }
    before = Infinity
  }
  return root?.base.toLowerCase() === 'scratch' ? follow(doc, steps, '/') : undefined
}

const known = new WeakMap<Stage, readonly Instruction[]>()

/** In their order. Each RUN asks for the one before it: a stage is gone through once. */
function workdirsOf(stage: Stage): readonly Instruction[] {
  let workdirs = known.get(stage)
  if (workdirs === undefined)
    known.set(stage, (workdirs = stage.instructions.filter(({ name }) => name === 'WORKDIR')))
  return workdirs
}

/** How many stand before an instruction of that index. */
function countBefore(ordered: readonly Instruction[], index: number): number {
  let [low, high] = [0, ordered.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ordered[middle]!.index < index) low = middle + 1
    else high = middle
  }
  return low
}

function follow(doc: DockerfileDoc, steps: readonly Instruction[], from: string): string | undefined {
  let path: string | undefined = from
  for (const step of steps) {
    const next = scopesOf(doc).expand(step, step.args.at, step.args.end)
    path = next === undefined ? undefined : resolvePath(path ?? '', next, path === undefined)
  }
  return path
}

/** A path of the image, seen from a folder of it; undefined when the folder is not known and the path is relative. */
export function resolvePath(folder: string, path: string, unknownFolder = false): string | undefined {
  if (!path.startsWith('/') && unknownFolder) return undefined
  const parts: string[] = []
  for (const part of `${path.startsWith('/') ? '' : folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  const end = path.endsWith('/') && parts.length > 0 ? '/' : ''
  return `/${parts.join('/')}${end}`
}

export const isRemote = (source: string): boolean => /^(?:https?:\/\/|git@|git:\/\/|ssh:\/\/)/i.test(source)

/** Whether COPY or ADD takes its sources from the build context. */
export function copiesFromContext(instruction: Instruction): boolean {
  if (instruction.name === 'ADD') return true
  return instruction.name === 'COPY' && !instruction.flags.some(({ name }) => name === 'from')
}
