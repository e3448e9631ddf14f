import type { IgnoreDoc, IgnoreLine } from './parse.ts'

/** What a `.dockerignore` leaves out of the build context. Paths are relative to the context, with `/`. */
export interface IgnoreMatcher {
  /** The line that decides about a path, and whether the path is left out; undefined when no line speaks of it. */
  decide(path: string): { readonly line: IgnoreLine; readonly excluded: boolean } | undefined
  excludes(path: string): boolean
  /** Whether lines with `!` bring paths back. */
  readonly hasExceptions: boolean
  /** Whether a line with `!` may bring back something below a path that is left out; the path may end with wildcards. */
  bringsBackBelow(path: string): boolean
}

export function ignoreMatcher({ lines }: IgnoreDoc): IgnoreMatcher {
  const usable = lines.filter(({ compiled }) => compiled !== undefined)
  const decide: IgnoreMatcher['decide'] = (path) => {
    const paths = withParents(path)
    let decision: { line: IgnoreLine; excluded: boolean } | undefined
    for (const line of usable) {
      // A line only counts when it changes something: an exception for what is left out, another line for what is not.
      if (line.exception !== (decision?.excluded ?? false)) continue
      if (paths.some((each) => line.compiled!.matches(each))) decision = { line, excluded: !line.exception }
    }
    return decision
  }
  return {
    decide,
    excludes: (path) => decide(path)?.excluded ?? false,
    hasExceptions: usable.some(({ exception }) => exception),
    bringsBackBelow: (path) => {
      const folder = plainStart(path)
      const from = usable.indexOf(decide(path)?.line ?? usable[0]!)
      return usable.slice(from).some(({ exception, pattern, compiled }) => {
        if (!exception) return false
        const start = plainStart(pattern)
        return isWithin(start, folder) || (!compiled!.literal && isWithin(folder, start))
      })
    },
  }
}

/** The folders of a pattern before its first wildcard, as plain text; all of a pattern without one. */
function plainStart(pattern: string): string {
  const parts = pattern.split('/')
  const wild = parts.findIndex((part) => /(?<!\\)[*?[]/.test(part))
  return (wild < 0 ? parts : parts.slice(0, wild)).join('/').replace(/\\(.)/g, '$1')
}

const isWithin = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`)

/** The path and the folders it is in: a line that matches a folder counts for what is in it. */
function withParents(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).reverse()
}
