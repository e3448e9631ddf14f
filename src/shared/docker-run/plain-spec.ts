import type { RunSpec } from './run-line.ts'

/** A spec as a message can carry it. */
export interface PlainSpec {
  readonly flags: Readonly<Record<string, string | readonly string[]>>
  readonly image: string
  readonly command: readonly string[]
}

export const plainSpec = ({ flags, image, command }: RunSpec): PlainSpec => ({
  flags: Object.fromEntries(flags),
  image,
  command,
})
export const specOf = ({ flags, image, command }: PlainSpec): RunSpec => ({
  flags: new Map(Object.entries(flags)),
  image,
  command,
})

const textOf = (value: unknown): value is string => typeof value === 'string'
const linesOf = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(textOf)

export function isPlainSpec(value: unknown): value is PlainSpec {
  if (typeof value !== 'object' || value === null) return false
  const { flags, image, command } = value as Record<string, unknown>
  if (!textOf(image) || !linesOf(command) || typeof flags !== 'object' || flags === null) return false
  return Object.values(flags).every((entry) => textOf(entry) || linesOf(entry))
}
