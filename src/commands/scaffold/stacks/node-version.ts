/** What Node itself recommends to run programs with. */
export const usualNode = 24

/**
 * The version to build with for a range as `engines` has it. What is open upwards takes the usual one: a least version says what a
 * project still runs on, not what it is run on.
 */
export function nodeVersionFor(range: string): number | undefined {
  const chosen = range.split('||').flatMap((part) => versionIn(part) ?? [])
  return chosen.length === 0 ? undefined : Math.max(...chosen)
}

function versionIn(part: string): number | undefined {
  const [, upper = '', below] = /<(=?)\s*v?(\d{1,2})/.exec(part) ?? []
  const most =
    below === undefined ? undefined : Number(below) - (upper === '' && !/<\s*v?\d+\.[1-9]/.test(part) ? 1 : 0)
  const [, open = '', least] = /(>?=?)\s*v?(\d{1,2})/.exec(part.replace(/<=?\s*v?\d[\w.]*/, '')) ?? []
  if (least !== undefined && !open.startsWith('>')) return Number(least)
  if (least === undefined && most === undefined) return undefined
  const wanted = Math.max(usualNode, Number(least ?? 0))
  if (most === undefined || most >= wanted) return wanted
  // Odd versions were kept for half a year only.
  return most % 2 === 1 && most - 1 >= Number(least ?? 0) ? most - 1 : most
}
