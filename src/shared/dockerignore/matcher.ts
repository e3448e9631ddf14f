import type { IgnoreDoc, IgnoreLine } from './parse.ts'

/** What a `.dockerignore` leaves out of the build context. Paths are relative to the context, with `/`. */
export interface IgnoreMatcher {
  /** The line that decides about a path, and whether the path is left out; undefined when no line speaks of it. */
  decide(path: string): { readonly line: IgnoreLine; readonly excluded: boolean } | undefined
  excludes(path: string): boolean
  /** Whether lines with `!` bring paths back. */
  readonly hasExceptions: boolean
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
  }
}

/** The path and the folders it is in: a line that matches a folder counts for what is in it. */
function withParents(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).reverse()
}
