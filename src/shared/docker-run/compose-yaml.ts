export type Yaml = string | readonly string[] | { readonly [key: string]: Yaml }

const unquoted = '\u0000'
/** A scalar that is no string. */
export const raw = (value: string): string => unquoted + value

export function scalar(value: string): string {
  if (value.startsWith(unquoted)) return value.slice(1)
  // Numbers, booleans, times in base 60 and dates would change their type without quotes.
  const plain =
    /^[A-Za-z/_.$][\w@/.$-]*$/.test(value) && !/^(y|n|yes|no|on|off|true|false|null|~)$/i.test(value)
  if (plain) return value
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export const key = (name: string): string => scalar(name)

export function print(name: string, value: Yaml, indent: number): string[] {
  const margin = ' '.repeat(indent)
  if (typeof value === 'string') return [`${margin}${key(name)}: ${scalar(value)}`]
  if (Array.isArray(value)) {
    const entries = value as readonly string[]
    return entries.length === 0
      ? [`${margin}${key(name)}: []`]
      : [`${margin}${key(name)}:`, ...entries.map((entry) => `${margin}  - ${scalar(entry)}`)]
  }
  const fields = Object.entries(value as { readonly [key: string]: Yaml })
  return fields.length === 0
    ? [`${margin}${key(name)}: {}`]
    : [`${margin}${key(name)}:`, ...fields.flatMap(([field, entry]) => print(field, entry, indent + 2))]
}

export function item(value: string | { readonly [key: string]: Yaml }, indent: number): string[] {
  if (typeof value === 'string') return [`${' '.repeat(indent)}- ${scalar(value)}`]
  const lines = Object.entries(value).flatMap(([field, entry]) => print(field, entry, indent + 2))
  return [`${' '.repeat(indent)}- ${lines[0]!.trimStart()}`, ...lines.slice(1)]
}
