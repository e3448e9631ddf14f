import { t } from '../l10n.ts'
import { freshRoom, substitute, type Lookup, type VariableUse } from './template.ts'
import { unescapeEnv, type EnvEntry, type EnvFault, type EnvFile } from './parse.ts'

/** A variable with its value and the line that gave it. */
export interface EnvVariable {
  readonly value: string
  readonly entry: EnvEntry
}

export interface EnvUse extends VariableUse {
  readonly entry: EnvEntry
  readonly set: boolean
}

export interface EvaluatedEnv {
  /** By name; the last line that sets a name counts. */
  readonly variables: ReadonlyMap<string, EnvVariable>
  /** Variables used in values. Offsets are in the file where the value has no escapes before them. */
  readonly uses: readonly EnvUse[]
  readonly faults: readonly EnvFault[]
}

/**
 * Works out the values of a file of variables, as the engine does: `outer` counts before what the file says itself, a
 * name alone takes the value of `outer`, single quotes keep everything as it is.
 */
export function evaluateEnv(file: EnvFile, outer: Lookup): EvaluatedEnv {
  const variables = new Map<string, EnvVariable>()
  const uses: EnvUse[] = []
  const faults: EnvFault[] = [...file.faults]
  const room = freshRoom()
  const lookup: Lookup = (name) => outer(name) ?? variables.get(name)?.value
  for (const entry of file.entries) {
    if (!entry.assigned) {
      const value = outer(entry.name)
      if (value !== undefined) variables.set(entry.name, { value, entry })
      continue
    }
    if (entry.quote === 'single') {
      variables.set(entry.name, { value: entry.raw, entry })
      continue
    }
    const plain = entry.quote === 'double' ? unescapeEnv(entry.raw) : entry.raw
    const result = substitute(plain, lookup, room)
    for (const use of result.uses)
      uses.push({
        ...use,
        start: entry.valueStart + use.start,
        end: entry.valueStart + use.end,
        nameStart: entry.valueStart + use.nameStart,
        entry,
        set: lookup(use.name) !== undefined,
      })
    for (const fault of result.faults)
      faults.push({
        message:
          fault.kind === 'invalid'
            ? t('This is no variable the engine can read. Write `$$` for a plain dollar sign.')
            : t('The variable `{0}` is required and has no value.', fault.name ?? ''),
        start: entry.valueStart,
        end: Math.max(entry.valueEnd, entry.valueStart),
      })
    variables.set(entry.name, { value: result.value, entry })
  }
  return { variables, uses, faults }
}
