import { compilePattern, isError, type Pattern, type Range } from './pattern.ts'
import { compileQuery, scanSlice, type Searcher } from './search.ts'

/** Searches on this thread: for what runs on a thread of its own already, and for tests. */
export function directSearcher(): Searcher {
  return {
    prepare: () => undefined,
    async scan(query, slices, found, signal) {
      const compiled = compileQuery(query)
      for (const slice of slices) {
        if (signal.aborted) return 'cancelled'
        found(scanSlice(slice, compiled), slice.first + slice.to)
        await Promise.resolve()
      }
      return 'done'
    },
    ranges: (pattern, texts) => Promise.resolve(rangesOf(pattern, texts)),
    dispose: () => undefined,
  }
}

export function rangesOf(pattern: Pattern, texts: readonly string[]): readonly (readonly Range[])[] {
  const matcher = compilePattern(pattern)
  return texts.map((text) => (isError(matcher) ? [] : matcher.ranges(text)))
}
