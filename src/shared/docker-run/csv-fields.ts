/** The fields of `type=bind,src=/a,dst=/b,ro` as CSV: a field with a comma is quoted; a field without `=` is `true`. */
export function csvPairs(value: string): readonly (readonly [name: string, value: string])[] {
  return [...value.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].flatMap((match) => {
    const field = match[1]?.replaceAll('""', '"') ?? match[2] ?? ''
    if (field === '') return []
    const equals = field.indexOf('=')
    const name = (equals === -1 ? field : field.slice(0, equals)).toLowerCase()
    return [[name, equals === -1 ? 'true' : field.slice(equals + 1)] as const]
  })
}

/** The same by name; of a field that is given several times the last counts. */
export const csvFields = (value: string): ReadonlyMap<string, string> => new Map(csvPairs(value))

/** Every value of a field that may be given several times: `alias=a,alias=b`. */
export const csvValues = (value: string, field: string): readonly string[] =>
  csvPairs(value).flatMap(([name, entry]) => (name === field ? [entry] : []))

/** The fields as one line that reads back as the same. */
export const csvLine = (pairs: readonly (readonly [name: string, value: string])[]): string =>
  pairs
    .map(([name, value]) =>
      /[",\n]/.test(value) ? `"${name}=${value.replaceAll('"', '""')}"` : `${name}=${value}`,
    )
    .join(',')
