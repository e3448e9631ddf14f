/**
 * For ascending places of a text, whether each is inside quotes, or behind something that cannot be told from quotes: where white
 * space may mean something. A backslash or the escape character takes the next character out.
 */
export function insideQuotes(
  text: string,
  from: number,
  places: readonly number[],
  escape: string,
): boolean[] {
  const inside: boolean[] = []
  let quote = ''
  let at = from
  for (const place of places) {
    for (; at < place; at++) {
      const character = text[at]!
      if (quote === "'") {
        if (character === "'") quote = ''
      } else if (character === '\\' || character === escape) at++
      else if (character === quote) quote = ''
      else if (quote === '' && (character === '"' || character === "'")) quote = character
    }
    inside.push(quote !== '' || at > place)
  }
  return inside
}
