type Key = string | number

/** Sorted by one key, then the next: numbers as such, names as people read them (`web-2` before `web-10`, case aside). */
export function sortedBy<T>(items: readonly T[], ...keys: readonly ((item: T) => Key)[]): T[] {
  const keyed = items.map((item) => ({ item, keys: keys.map((key) => lower(key(item))) }))
  keyed.sort((a, b) => {
    for (let i = 0; i < keys.length; i++) {
      const order = compare(a.keys[i]!, b.keys[i]!)
      if (order !== 0) return order
    }
    return 0
  })
  return keyed.map(({ item }) => item)
}

const lower = (key: Key): Key => (typeof key === 'string' ? key.toLowerCase() : key)

function compare(a: Key, b: Key): number {
  return typeof a === 'string' && typeof b === 'string' ? compareNames(a, b) : Number(a) - Number(b)
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Character by character, runs of digits by their value; an own loop since a collator takes ten times as long. */
export function compareNames(a: string, b: string): number {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(j)
    if (isDigit(x) && isDigit(y)) {
      const left = digits(a, i)
      const right = digits(b, j)
      const order = left.text.length - right.text.length || (left.text < right.text ? -1 : 1)
      if (left.text !== right.text) return order
      i = left.end
      j = right.end
    } else if (x === y) {
      i++
      j++
    } else return x - y
  }
  return a.length - i - (b.length - j)
}

/** The run of digits from `start`, without leading zeros. */
function digits(text: string, start: number): { readonly text: string; readonly end: number } {
  let from = start
  while (text.charCodeAt(from) === 48 && isDigit(text.charCodeAt(from + 1))) from++
  let end = from
  while (isDigit(text.charCodeAt(end))) end++
  return { text: text.slice(from, end), end }
}
