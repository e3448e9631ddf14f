/**
 * One pattern of a `.dockerignore`, matched as Docker's pattern matcher does: `*` and `?` stop at a slash, `**` does not,
 * `[a-z]` is a class, a backslash makes the next character literal. Matching is linear for every pattern.
 */
export interface CompiledPattern {
  /** Whether the whole path matches; parents are not looked at. */
  matches(path: string): boolean
  /** No wildcard in it. */
  readonly literal: boolean
}

type Token =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'class'; readonly test: (character: string) => boolean }
  /** `?`: one character but a slash. */
  | { readonly kind: 'one' }
  /** `*`: any characters but slashes. */
  | { readonly kind: 'many' }
  /** A `**` in the middle: nothing, or anything that ends with a slash. */
  | { readonly kind: 'folders' }
  /** A `**` at the end: anything. */
  | { readonly kind: 'all' }

/** Undefined for a malformed pattern (a class that does not close, a lone backslash at the end). */
export function compilePattern(pattern: string): CompiledPattern | undefined {
  const suffix = suffixOf(pattern)
  if (suffix !== undefined) {
    const bare = suffix.startsWith('/') ? suffix.slice(1) : undefined
    return { literal: false, matches: (path) => path.endsWith(suffix) || path === bare }
  }
  const tokens = tokensOf(pattern)
  if (tokens === undefined) return undefined
  const literal = tokens.every(({ kind }) => kind === 'literal')
  return { literal, matches: (path) => run(tokens, path) }
}

/** A `**` in front of plain characters means: ends with them, even in the middle of a name. */
function suffixOf(pattern: string): string | undefined {
  if (!pattern.startsWith('**')) return undefined
  const rest = pattern.slice(2)
  return /[*?[\]\\]/.test(rest) ? undefined : rest
}

function tokensOf(pattern: string): Token[] | undefined {
  const tokens: Token[] = []
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!
    if (character === '*') {
      if (pattern[at + 1] !== '*') {
        tokens.push({ kind: 'many' })
        continue
      }
      at++
      if (pattern[at + 1] === '/') at++
      tokens.push({ kind: at + 1 >= pattern.length ? 'all' : 'folders' })
    } else if (character === '?') tokens.push({ kind: 'one' })
    else if (character === '\\') {
      at++
      if (at >= pattern.length) return undefined
      tokens.push({ kind: 'literal', character: pattern[at]! })
    } else if (character === '[') {
      const read = readClass(pattern, at + 1)
      if (read === undefined) return undefined
      tokens.push({ kind: 'class', test: read.test })
      at = read.end
    } else tokens.push({ kind: 'literal', character })
  }
  return tokens
}

function readClass(
  pattern: string,
  from: number,
): { end: number; test: (character: string) => boolean } | undefined {
  let at = from
  const negated = pattern[at] === '^'
  if (negated) at++
  const ranges: { low: string; high: string }[] = []
  const character = (): string | undefined => {
    if (pattern[at] === '\\') at++
    return pattern[at++]
  }
  while (at < pattern.length && !(pattern[at] === ']' && ranges.length > 0)) {
    if (pattern[at] === ']' || pattern[at] === '-') return undefined
    const low = character()
    if (low === undefined) return undefined
    let high: string | undefined = low
    if (pattern[at] === '-') {
      at++
      if (pattern[at] === ']') return undefined
      high = character()
      if (high === undefined || high < low) return undefined
    }
    ranges.push({ low, high })
  }
  if (at >= pattern.length) return undefined
  return { end: at, test: (each) => ranges.some(({ low, high }) => low <= each && each <= high) !== negated }
}

/** Follows all ways through the tokens at once. */
function run(tokens: readonly Token[], path: string): boolean {
  const { length } = tokens
  let states = new Uint8Array(length + 1)
  let next = new Uint8Array(length + 1)
  const enter = (set: Uint8Array, from: number): void => {
    for (let at = from; ; at++) {
      set[at] = 1
      const kind = tokens[at]?.kind
      if (kind !== 'many' && kind !== 'folders' && kind !== 'all') return
    }
  }
  /** 2 marks that a `**` has begun to take characters, which it may end only behind a slash. */
  enter(states, 0)
  for (const character of path) {
    next.fill(0)
    for (let at = 0; at < length; at++) {
      const state = states[at]!
      if (state === 0) continue
      const token = tokens[at]!
      switch (token.kind) {
        case 'literal':
          if (character === token.character) enter(next, at + 1)
          break
        case 'class':
          if (token.test(character)) enter(next, at + 1)
          break
        case 'one':
          if (character !== '/') enter(next, at + 1)
          break
        case 'many':
          if (character !== '/') enter(next, at)
          break
        case 'folders':
          if (character === '/') enter(next, at + 1)
          if (next[at] === 0) next[at] = 2
          break
        case 'all':
          enter(next, at)
          break
      }
    }
    ;[states, next] = [next, states]
  }
  return states[length] === 1
}
