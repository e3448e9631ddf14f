import type { Raw } from '../model/raw.ts'
import { fields, items, text, texts, time } from '../raw/fields.ts'

/** One step of a build as the image's configuration tells it, the base first. */
export interface ImageStep {
  /** `RUN apk add curl`; empty where the image does not tell. */
  readonly instruction: string
  readonly comment: string
  /** Milliseconds since the epoch. */
  readonly created: number | undefined
  /** Which layer it made; undefined for a step that changed no files. */
  readonly layer: number | undefined
}

/** The steps with the layers that they made. Layers that no step tells of come at the end, without words. */
export function stepsOf(config: Raw, layers: number): readonly ImageStep[] {
  let layer = 0
  const told = items(config['history']).map((step): ImageStep => {
    const makes = step['empty_layer'] !== true && layer < layers
    return {
      instruction: instructionOf(text(step['created_by'])),
      comment: text(step['comment']),
      created: time(step['created']),
      layer: makes ? layer++ : undefined,
    }
  })
  const silent = Array.from({ length: layers - layer }, (_, i) => ({
    instruction: '',
    comment: '',
    created: undefined,
    layer: layer + i,
  }))
  return [...told, ...silent]
}

/** As it stood in the Dockerfile: the classic builder writes what the shell was given, BuildKit the instruction with a mark. */
export function instructionOf(createdBy: string): string {
  const line = createdBy
    .replace(/\s+# buildkit$/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const noOperation = /^(?:\|\d+ .*? )?\/bin\/sh -c #\(nop\) */.exec(line)
  if (noOperation !== null) return line.slice(noOperation[0].length).trim()
  const [, shell] = /^(?:RUN )?(?:\|\d+ .*? )?\/bin\/sh -c (.*)$/.exec(line) ?? []
  return shell === undefined ? line : `RUN ${shell}`
}

/** The digests of the layers, unpacked: layers of two images with the same digest are the same. */
export const diffIdsOf = (config: Raw): readonly string[] => texts(fields(config['rootfs'])['diff_ids'])
