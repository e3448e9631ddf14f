import type { TextRange } from '../../../shared/text-range.ts'
import type { Instruction } from '../../dockerfile/model.ts'
import { unquote } from './copy.ts'
import type { DockerfileContext } from './context.ts'
import type { LabelType } from '../hadolint-config.ts'

export interface Label {
  readonly instruction: Instruction
  /** Its place among the pairs of the instruction. */
  readonly index: number
  readonly key: string
  /** Without quotes. */
  readonly value: string
  readonly keyRange: TextRange
  /** That of the key where the value is empty. */
  readonly valueRange: TextRange
  /** What the schema says of the value. */
  readonly type: LabelType | undefined
}

const cache = new WeakMap<DockerfileContext, readonly Label[]>()

/** The labels of a file, with what the configuration wants of them. */
export function labelsOf(context: DockerfileContext): readonly Label[] {
  let labels = cache.get(context)
  if (!labels) cache.set(context, (labels = readLabels(context)))
  return labels
}

function readLabels(context: DockerfileContext): Label[] {
  const schema = context.config.labelSchema
  return context.named('LABEL').flatMap((instruction) =>
    instruction.pairs.map(({ key, keyRange, value, valueRange }, index) => {
      const name = unquote(key)
      return {
        instruction,
        index,
        key: name,
        value: unquote(value ?? ''),
        keyRange,
        valueRange: valueRange && valueRange.end > valueRange.start ? valueRange : keyRange,
        type: Object.hasOwn(schema, name) ? schema[name] : undefined,
      }
    }),
  )
}

/**
 * The labels of one type whose value, if there is one, does not fit. A variable is taken as it is written: what
 * it will hold nobody can promise, and hadolint wants the type `text` for such a label.
 */
export function unfitLabels(
  context: DockerfileContext,
  type: LabelType,
  fits: (value: string) => boolean,
): readonly Label[] {
  if (!Object.values(context.config.labelSchema).includes(type)) return []
  return labelsOf(context).filter((label) => label.type === type && label.value !== '' && !fits(label.value))
}
