import type { TextRange } from '../../../shared/text-range.ts'
import type { DockerfileDoc, Flag, Instruction, Stage } from '../../dockerfile/model.ts'
import { scopesOf } from '../../dockerfile/scope.ts'

/** A key of a `--mount=` flag with its value. */
export interface MountKey {
  readonly key: string
  /** Undefined without a `=`. */
  readonly value: string | undefined
  readonly keyRange: TextRange
  readonly valueRange: TextRange | undefined
  readonly range: TextRange
}

/** The keys of a `--mount=type=bind,from=x` flag; empty for one that is continued on another line or quoted. */
export function mountKeys(doc: DockerfileDoc, flag: Flag): MountKey[] {
  const { valueRange } = flag
  if (!valueRange) return []
  const text = doc.text.slice(valueRange.start, valueRange.end)
  const keys: MountKey[] = []
  let at = 0
  for (const part of splitFields(text)) {
    const start = valueRange.start + at
    const equals = part.indexOf('=')
    const quoted = part.startsWith('"')
    const end = start + part.length
    keys.push({
      key: part.slice(quoted ? 1 : 0, equals < 0 ? undefined : equals).toLowerCase(),
      value: equals < 0 ? undefined : part.slice(equals + 1, quoted ? -1 : undefined),
      keyRange: { start: start + (quoted ? 1 : 0), end: equals < 0 ? end : start + equals },
      valueRange: equals < 0 ? undefined : { start: start + equals + 1, end: quoted ? end - 1 : end },
      range: { start, end },
    })
    at += part.length + 1
  }
  return keys
}

/** Splits at commas that are in no quotes. */
function splitFields(text: string): string[] {
  const fields: string[] = []
  let start = 0
  let quoted = false
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '"') quoted = !quoted
    if (at < text.length && (text[at] !== ',' || quoted)) continue
    fields.push(text.slice(start, at))
    start = at + 1
  }
  return fields
}

/** The mounts of a RUN. */
export function mountsOf(doc: DockerfileDoc, instruction: Instruction): readonly MountKey[][] {
  let mounts = mountCache.get(instruction)
  if (!mounts) {
    mounts = instruction.flags.filter(({ name }) => name === 'mount').map((flag) => mountKeys(doc, flag))
    mountCache.set(instruction, mounts)
  }
  return mounts
}

const mountCache = new WeakMap<Instruction, readonly MountKey[][]>()

export const mountValue = (keys: readonly MountKey[], ...names: string[]): string | undefined =>
  keys.find(({ key }) => names.includes(key))?.value

/** Whether a RUN keeps a folder out of its layer by a cache or tmpfs mount. */
export function mountsAway(
  doc: DockerfileDoc,
  instruction: Instruction,
  folders: readonly string[],
): boolean {
  return mountsOf(doc, instruction).some((keys) => {
    const type = mountValue(keys, 'type')
    if (type !== 'cache' && type !== 'tmpfs') return false
    const target = mountValue(keys, 'target', 'dst', 'destination')?.replace(/(.)\/+$/, '$1')
    return target !== undefined && folders.includes(target)
  })
}

/** A place where an instruction names a stage or an image: `COPY --from=x`, `RUN --mount=from=x`. */
export interface FromReference {
  readonly instruction: Instruction
  readonly text: string
  readonly range: TextRange
  readonly by: 'copy' | 'mount'
}

function fromReferences(doc: DockerfileDoc, instruction: Instruction): FromReference[] {
  const target = instruction.trigger ?? instruction
  const found: FromReference[] = []
  for (const flag of target.flags) {
    if (flag.name === 'from' && target.name === 'COPY' && flag.value && flag.valueRange)
      found.push({ instruction: target, text: flag.value, range: flag.valueRange, by: 'copy' })
  }
  if (target.name === 'RUN')
    for (const keys of mountsOf(doc, target))
      for (const { key, value, valueRange } of keys)
        if (key === 'from' && value && valueRange)
          found.push({ instruction: target, text: value, range: valueRange, by: 'mount' })
  return found
}

/** Every reference of a file, found once. */
const referenceCache = new WeakMap<DockerfileDoc, readonly FromReference[]>()

export function allFromReferences(doc: DockerfileDoc): readonly FromReference[] {
  let found = referenceCache.get(doc)
  if (!found) {
    found = doc.instructions.flatMap((instruction) =>
      instruction.name === 'COPY' || instruction.name === 'RUN' || instruction.name === 'ONBUILD'
        ? fromReferences(doc, instruction)
        : [],
    )
    referenceCache.set(doc, found)
  }
  return found
}

/** The places below a stage that name it, up to a later stage of the same name. */
export function stageReferences(doc: DockerfileDoc, stage: Stage): TextRange[] {
  const name = stage.name?.toLowerCase()
  if (name === undefined) return []
  const next = doc.stages.find((other) => other.index > stage.index && other.name?.toLowerCase() === name)
  const end = next ? next.from.range.end : Infinity
  const bases = doc.stages
    .filter((other) => other.baseStage === stage.index)
    .map(({ baseRange }) => baseRange!)
  const froms = allFromReferences(doc)
    .filter(
      ({ text, range }) =>
        text.toLowerCase() === name && range.start > stage.range.start && range.start < end,
    )
    .map(({ range }) => range)
  return [...bases, ...froms]
}

/** The stage and those it builds on, itself first. */
export function stageChain(doc: DockerfileDoc, stage: Stage): Stage[] {
  const chain = [stage]
  for (let base = stage.baseStage; base !== undefined; base = doc.stages[base]!.baseStage)
    chain.push(doc.stages[base]!)
  return chain
}

const rootCache = new WeakMap<DockerfileDoc, readonly string[]>()

/** What FROM names, with the defaults of its arguments where all of them have one. */
export function baseImage(doc: DockerfileDoc, { base, from }: Stage): string {
  const word = from.words[0]
  if (word === undefined || !base.includes('$')) return base
  return scopesOf(doc).expand(from, word.at, word.end) || base
}

/** The image that a stage is built on in the end. */
export function rootImage(doc: DockerfileDoc, { index }: Stage): string {
  let roots = rootCache.get(doc)
  if (!roots) {
    const found: string[] = []
    for (const stage of doc.stages) {
      const { baseStage } = stage
      found[stage.index] = baseStage === undefined ? baseImage(doc, stage) : found[baseStage]!
    }
    rootCache.set(doc, (roots = found))
  }
  return roots[index]!
}

/** The stages that another one is built on or copies from, and the last one. */
export function usedStages(doc: DockerfileDoc): ReadonlySet<number> {
  const used = new Set<number>()
  const last = doc.stages.at(-1)
  if (last) used.add(last.index)
  // `FROM build-${TARGET}` can mean any stage above that is named so; the last FROM of the kind sees most.
  const open = new Map<string, number>()
  for (const { index, base, baseStage } of doc.stages) {
    if (baseStage !== undefined) used.add(baseStage)
    if (/\$\w|\$\{/.test(base)) open.set(base.toLowerCase(), index)
  }
  for (const [base, index] of [...open].slice(-mostPatterns)) {
    const parts = base.split(/(?:\$(?:\w+|\{[^{}]*\}))+/)
    for (const { name, index: other } of doc.stages)
      if (other < index && name !== undefined && fits(name.toLowerCase(), parts)) used.add(other)
  }
  const byName = new Map(doc.stages.map((stage) => [stage.name?.toLowerCase(), stage.index]))
  for (const { text } of allFromReferences(doc)) {
    const index = /^\d+$/.test(text) ? Number(text) : byName.get(text.toLowerCase())
    if (index !== undefined) used.add(index)
  }
  return used
}

/** More kinds of names with variables than these are not looked at. */
const mostPatterns = 50

/** Whether a name is made of the parts in their order with anything between them. */
function fits(name: string, parts: readonly string[]): boolean {
  let at = 0
  for (const [index, part] of parts.entries()) {
    const found = index === 0 ? (name.startsWith(part) ? 0 : -1) : name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return parts.at(-1) === '' || name.endsWith(parts.at(-1)!)
}

/** Whether the layer of an instruction becomes part of an image; what ONBUILD carries runs in the build of another file. */
export const isInImage = (doc: DockerfileDoc, { stage, index }: Instruction): boolean =>
  doc.instructions[index]?.trigger !== undefined || isImageStage(doc, stage)

/** Whether the layers of a stage become part of an image: of the last stage or of one that another builds on. */
function isImageStage(doc: DockerfileDoc, index: number): boolean {
  if (index < 0 || index === doc.stages.length - 1) return true
  let bases = baseCache.get(doc)
  if (!bases) {
    bases = new Set(doc.stages.flatMap(({ baseStage }) => (baseStage === undefined ? [] : [baseStage])))
    baseCache.set(doc, bases)
  }
  return bases.has(index)
}

const baseCache = new WeakMap<DockerfileDoc, ReadonlySet<number>>()
