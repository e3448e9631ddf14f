import type { LiteralPart, WordPart } from './syntax.ts'

/** Collects parts, joining neighbouring characters of one kind. */
export interface Parts {
  add(value: string, start: number, end: number): void
  push(part: WordPart): void
  flush(): readonly WordPart[]
}

export function collectParts(quote: LiteralPart['quote']): Parts {
  const list: WordPart[] = []
  let value = ''
  let start = -1
  let end = -1
  const flush = (): readonly WordPart[] => {
    if (start >= 0) list.push({ kind: 'literal', value, quote, start, end })
    value = ''
    start = -1
    return list
  }
  return {
    add(more, from, to) {
      if (start < 0) start = from
      value += more
      end = to
    },
    push(part) {
      flush()
      list.push(part)
    },
    flush,
  }
}
