/** `name=value` taken apart. */
export function pair(entry: string): readonly [string, string] {
  const equals = entry.indexOf('=')
  return equals === -1 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)]
}

/** Compose would replace `$NAME`; a literal dollar is written twice. */
export const dollars = (value: string): string => value.replaceAll('$', '$$$$')
