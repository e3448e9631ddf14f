/** What a filter's words look at in one row: by field, each of them one text. */
export type Searchable = Readonly<Record<string, string>>

interface Term {
  readonly field: string | undefined
  readonly text: string
  readonly not: boolean
}

const fieldTerm = /^([a-z]+):(.+)$/

/**
 * Words, all of which must occur: `web`, in any field; `image:nginx`, in that one; `-db`, nowhere. Quotes hold words together;
 * case does not matter. A colon whose left side is no field is part of the word (`nginx:1.27`).
 */
export function matcher(
  filter: string,
  fields: readonly string[],
): ((row: Searchable) => boolean) | undefined {
  const terms = (filter.toLowerCase().match(/-?(?:[a-z]+:)?"[^"]*"|\S+/g) ?? []).map((word) =>
    termOf(word, fields),
  )
  const looked = terms.filter(({ text }) => text !== '')
  if (looked.length === 0) return undefined
  return (row) => looked.every((term) => occurs(term, row) !== term.not)
}

function termOf(word: string, fields: readonly string[]): Term {
  const not = word.startsWith('-')
  const bare = (not ? word.slice(1) : word).replaceAll('"', '')
  const [, field, text] = fieldTerm.exec(bare) ?? []
  return field !== undefined && fields.includes(field)
    ? { field, text: text!, not }
    : { field: undefined, text: bare, not }
}

function occurs({ field, text }: Term, row: Searchable): boolean {
  if (field !== undefined) return row[field]?.toLowerCase().includes(text) === true
  return Object.values(row).some((value) => value.toLowerCase().includes(text))
}

export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
}
