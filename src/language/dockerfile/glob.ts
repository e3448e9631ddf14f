/** The patterns of `${name#pattern}`: `*`, `?`, and a backslash before a character that is meant literally. */
type Token = { readonly any: 'one' | 'many' } | { readonly literal: string }

/** More work than this for one pattern is not done. */
const budget = 200_000

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!
    if (character === '*') tokens.push({ any: 'many' })
    else if (character === '?') tokens.push({ any: 'one' })
    else if (character === '\\' && at + 1 < pattern.length) tokens.push({ literal: pattern[++at]! })
    else tokens.push({ literal: character })
  }
  return tokens
}

/** All places where a match that starts at `from` may end, in ascending order. */
function ends(tokens: readonly Token[], value: string, from: number): number[] {
  let reached = new Set([from])
  for (const token of tokens) {
    const next = new Set<number>()
    if ('any' in token && token.any === 'many')
      for (let at = Math.min(...reached, value.length + 1); at <= value.length; at++) next.add(at)
    else
      for (const at of reached)
        if (at < value.length && ('any' in token || value[at] === token.literal)) next.add(at + 1)
    reached = next
    if (reached.size === 0) break
  }
  return [...reached].sort((a, b) => a - b)
}

const tooMuch = (pattern: string, value: string): boolean => pattern.length * value.length > budget

/** `${name#pattern}` and `##`; undefined when it is too much work. */
export function trimPrefix(value: string, pattern: string, longest: boolean): string | undefined {
  if (tooMuch(pattern, value)) return undefined
  const found = ends(tokensOf(pattern), value, 0)
  const end = longest ? found.at(-1) : found[0]
  return end === undefined ? value : value.slice(end)
}

/** `${name%pattern}` and `%%`. */
export function trimSuffix(value: string, pattern: string, longest: boolean): string | undefined {
  if (tooMuch(pattern, value)) return undefined
  const backwards = [...value].reverse().join('')
  const found = ends(tokensOf(pattern).reverse(), backwards, 0)
  const end = longest ? found.at(-1) : found[0]
  return end === undefined ? value : value.slice(0, value.length - end)
}

/** `${name/pattern/replacement}` and `//`; undefined when it is too much work. An empty pattern matches in front of every character. */
export function replacePattern(
  value: string,
  pattern: string,
  replacement: string,
  all: boolean,
): string | undefined {
  if (pattern.length * value.length * value.length > budget) return undefined
  if (pattern === '') return all ? ['', ...value, ''].join(replacement) : replacement + value
  const tokens = tokensOf(pattern)
  let result = ''
  let from = 0
  for (let at = 0; at < value.length;) {
    const end = ends(tokens, value, at).at(-1)
    if (end === undefined || end === at) {
      at++
      continue
    }
    result += value.slice(from, at) + replacement
    from = at = end
    if (!all) break
  }
  return result + value.slice(from)
}
