/** Words of our own for one key: what it is for, how it is written, since when Compose knows it. */
export interface Words {
  readonly doc: string
  readonly example?: string
  readonly since?: string
}

/** By the way to a key below a prefix. An entry is the text alone, or the text, an example and a version. */
export type WordTable = Readonly<
  Record<string, string | readonly [doc: string, example?: string | undefined, since?: string]>
>

export function under(prefix: string, table: WordTable): readonly (readonly [string, Words])[] {
  return Object.entries(table).map(([key, entry]) => {
    const [doc, example, since] = typeof entry === 'string' ? [entry] : entry
    return [
      `${prefix}.${key}`,
      { doc, ...(example === undefined ? {} : { example }), ...(since === undefined ? {} : { since }) },
    ]
  })
}
