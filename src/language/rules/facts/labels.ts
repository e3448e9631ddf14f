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
  /** Without quotes; undefined where a variable makes it unknown. */
  readonly value: string | undefined
  readonly keyRange: TextRange
  /** That of the key where the value is empty. */
  readonly valueRange: TextRange
  /** What the schema says of the value. */
  readonly type: LabelType | undefined
}

/** The labels of a file, with what the configuration wants of them. */
export function labelsOf(context: DockerfileContext): Label[] {
  const schema = context.config.labelSchema
  return context.named('LABEL').flatMap((instruction) =>
    instruction.pairs.map(({ key, keyRange, value, valueRange }, index) => {
      const name = unquote(key)
      const text = unquote(value ?? '')
      return {
        instruction,
        index,
        key: name,
        value: text.includes('$') ? undefined : text,
        keyRange,
        valueRange: valueRange && valueRange.end > valueRange.start ? valueRange : keyRange,
        type: Object.hasOwn(schema, name) ? schema[name] : undefined,
      }
    }),
  )
}

/** The labels of one type whose known, not empty value does not fit. */
export function unfitLabels(
  context: DockerfileContext,
  type: LabelType,
  fits: (value: string) => boolean,
): Label[] {
  return labelsOf(context).filter(
    (label) => label.type === type && label.value !== undefined && label.value !== '' && !fits(label.value),
  )
}
