import type { TextRange } from '../../shared/text-range.ts'
import { fieldsOf } from './mount.ts'
import type { DockerfileDoc, Instruction, Stage } from './model.ts'

/** A place that names a stage: after FROM, in `COPY --from=` or in `RUN --mount=from=`. */
export interface StageReference {
  readonly text: string
  readonly range: TextRange
  readonly from: 'base' | 'copy' | 'mount'
  readonly instruction: Instruction
  /** The stage that is meant; undefined for an image or a named context. */
  readonly stage: Stage | undefined
}

const cache = new WeakMap<DockerfileDoc, readonly StageReference[]>()

/** All such places in the order of the text, whether they name a stage or an image. */
export function stageReferences(doc: DockerfileDoc): readonly StageReference[] {
  const known = cache.get(doc)
  if (known !== undefined) return known
  const found: StageReference[] = []
  const byName = new Map<string, Stage>()
  for (const stage of doc.stages) {
    const { baseRange } = stage
    if (baseRange !== undefined)
      found.push({
        text: stage.base,
        range: baseRange,
        from: 'base',
        instruction: stage.from,
        stage: stage.base.includes('$') ? undefined : doc.stages[stage.baseStage ?? -1],
      })
    for (const instruction of stage.instructions)
      for (const { text, range, from } of sourcesOf(instruction.trigger ?? instruction)) {
        // Under ONBUILD a name means a stage of the file that uses this image.
        const named = instruction.trigger === undefined ? stageNamed(doc, byName, stage, text) : undefined
        found.push({ text, range, from, instruction, stage: named })
      }
    if (stage.name !== undefined) byName.set(stage.name.toLowerCase(), stage)
  }
  cache.set(doc, found)
  return found
}

function stageNamed(
  doc: DockerfileDoc,
  earlier: ReadonlyMap<string, Stage>,
  current: Stage,
  text: string,
): Stage | undefined {
  const named = earlier.get(text.toLowerCase())
  if (named !== undefined) return named
  if (/^\d{1,6}$/.test(text)) return Number(text) < current.index ? doc.stages[Number(text)] : undefined
  // A stage cannot copy from itself, but it is plain what was meant.
  return current.name?.toLowerCase() === text.toLowerCase() ? current : undefined
}

function sourcesOf(instruction: Instruction): { text: string; range: TextRange; from: 'copy' | 'mount' }[] {
  if (instruction.name === 'COPY')
    return instruction.flags.flatMap(({ name, value, valueRange }) =>
      name === 'from' && value && valueRange ? [{ text: value, range: valueRange, from: 'copy' }] : [],
    )
  if (instruction.name !== 'RUN') return []
  return instruction.flags
    .filter(({ name }) => name === 'mount')
    .flatMap((flag) => fieldsOf(instruction, flag))
    .flatMap(({ key, value, valueRange }) =>
      key.toLowerCase() === 'from' && value && valueRange
        ? [{ text: value, range: valueRange, from: 'mount' }]
        : [],
    )
}

/** Where a stage is named: first its declaration, then what refers to it by name or by number. */
export function stageOccurrences(
  doc: DockerfileDoc,
  stage: Stage,
): { readonly declaration: TextRange | undefined; readonly references: readonly StageReference[] } {
  return {
    declaration: stage.nameRange,
    references: stageReferences(doc).filter((reference) => reference.stage === stage),
  }
}

/** The form that a stage's name must have. */
export function isStageName(name: string): boolean {
  return /^[a-z][a-z0-9-_.]*$/i.test(name)
}
