import type { RunSpec } from './run-line.ts'
import { looksSecret, masked, maskText, maskWords } from '../masking.ts'

function maskEntry(entry: string): string {
  const equals = entry.indexOf('=')
  if (equals > 0 && looksSecret(entry.slice(0, equals))) return `${entry.slice(0, equals)}=${masked}`
  return maskText(entry)
}

/** The spec with what looks like a secret replaced, in every flag and in the command; the same object where nothing does. */
export function maskedSpec(spec: RunSpec): RunSpec {
  const flags = new Map(
    [...spec.flags].map(
      ([name, value]) => [name, typeof value === 'string' ? maskText(value) : value.map(maskEntry)] as const,
    ),
  )
  const result = { flags, image: spec.image, command: maskWords(spec.command) }
  const same =
    JSON.stringify([[...flags], result.command]) === JSON.stringify([[...spec.flags], spec.command])
  return same ? spec : result
}
