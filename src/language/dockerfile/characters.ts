/** What Go's `unicode.IsSpace` takes for white space; BuildKit trims and splits words by it. */
export function isSpace(character: string): boolean {
  return character !== '' && spaces.includes(character)
}

const spaces =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'

/** The narrower set at which BuildKit splits the arguments of FROM, COPY and EXPOSE, and the keyword from the rest. */
export function isBlank(character: string): boolean {
  return (
    character === ' ' || character === '\t' || character === '\v' || character === '\f' || character === '\r'
  )
}

export function skipSpaces(text: string, from: number, to: number): number {
  let at = from
  while (at < to && isSpace(text[at]!)) at++
  return at
}

export function trimEnd(text: string, from: number, to: number): number {
  let end = to
  while (end > from && isSpace(text[end - 1]!)) end--
  return end
}

const nameStart = /^[\p{L}_]$/u
const nameRest = /^[\p{L}\p{Nd}_]$/u

/** Where a variable's name that starts at `from` ends, by the rules of BuildKit; `from` itself when there is none. */
export function nameEnd(text: string, from: number, to: number): number {
  if (from >= to) return from
  const first = text[from]!
  if (first >= '0' && first <= '9') {
    let at = from + 1
    while (at < to && text[at]! >= '0' && text[at]! <= '9') at++
    return at
  }
  if ('@*#?-$!'.includes(first)) return from + 1
  if (!isNameStart(first)) return from
  let at = from + 1
  while (at < to && isNamePart(text[at]!)) at++
  return at
}

function isNameStart(character: string): boolean {
  if (character < '\u0080')
    return (
      (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character === '_'
    )
  return nameStart.test(character)
}

function isNamePart(character: string): boolean {
  if (character < '\u0080') return isNameStart(character) || (character >= '0' && character <= '9')
  return nameRest.test(character)
}
