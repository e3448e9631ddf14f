/** A stretch of text by offsets in UTF-16 units; `end` is exclusive. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** Replaces the text of `range`; an empty range inserts. */
export interface TextEdit {
  readonly range: TextRange
  readonly newText: string
}

/** Applies edits that do not overlap, in whatever order they are given. Throws a RangeError when two overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.map((edit, index) => ({ edit, index }))
  sorted.sort(
    (a, b) =>
      a.edit.range.start - b.edit.range.start || a.edit.range.end - b.edit.range.end || a.index - b.index,
  )
  let result = ''
  let last = 0
  for (const { edit } of sorted) {
    if (edit.range.start < last) throw new RangeError(`edits overlap at ${edit.range.start}`)
    result += text.slice(last, edit.range.start) + edit.newText
    last = edit.range.end
  }
  return result + text.slice(last)
}
