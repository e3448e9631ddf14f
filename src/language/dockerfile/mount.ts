import type { TextRange } from '../../shared/text-range.ts'
import { rangeAt } from './logical.ts'
import type { Flag, Instruction } from './model.ts'

/** One `key=value` of a `--mount`. */
export interface MountField {
  readonly key: string
  readonly keyRange: TextRange
  readonly value: string | undefined
  readonly valueRange: TextRange | undefined
  readonly range: TextRange
  /** Where the field stands in the logical text. */
  readonly at: number
  readonly end: number
}

/** The fields of a flag whose value is a list with commas, as written; quotes around a field are left out. */
export function fieldsOf({ logical }: Instruction, flag: Flag): MountField[] {
  if (flag.value === undefined) return []
  const { text } = logical
  const fields: MountField[] = []
  let start = flag.valueAt
  let quote = ''
  for (let at = flag.valueAt; at <= flag.valueEnd; at++) {
    const character = at < flag.valueEnd ? text[at]! : ','
    if (at < flag.valueEnd && (character === '"' || character === "'"))
      quote = quote === '' ? character : quote === character ? '' : quote
    if (at < flag.valueEnd && (character !== ',' || quote !== '')) continue
    fields.push(fieldAt(logical, start, at))
    start = at + 1
  }
  return fields
}

function fieldAt(logical: Instruction['logical'], from: number, to: number): MountField {
  const { text } = logical
  let at = from
  let end = to
  if (end - at >= 2 && (text[at] === '"' || text[at] === "'") && text[end - 1] === text[at]) {
    at++
    end--
  }
  const equals = text.slice(at, end).indexOf('=')
  const keyEnd = equals < 0 ? end : at + equals
  return {
    key: text.slice(at, keyEnd),
    keyRange: rangeAt(logical, at, keyEnd),
    value: equals < 0 ? undefined : text.slice(keyEnd + 1, end),
    valueRange: equals < 0 ? undefined : rangeAt(logical, keyEnd + 1, end),
    range: rangeAt(logical, at, end),
    at,
    end,
  }
}

/** The type of a mount; `bind` when it names none. */
export function mountTypeOf(fields: readonly MountField[]): string {
  return fields.find(({ key }) => key.toLowerCase() === 'type')?.value?.toLowerCase() ?? 'bind'
}
