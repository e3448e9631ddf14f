import type { Completion, CompletionKind } from '../../answers.ts'

/** What a word of each kind goes on with. */
const rests: Partial<Record<CompletionKind, RegExp>> = {
  variable: /\w*/y,
  image: /[\w./:@-]*/y,
  stage: /[\w./:@-]*/y,
  value: /[\w./:@$+-]*/y,
  file: /[^\s/",\\`$]*/y,
  folder: /[^\s",\\`$]*/y,
}
const otherRest = /[\w.-]*/y

/** Tells where the word ends that an item is offered for, so that the rest of it can go. */
export function withWordEnd(item: Completion, text: string): Completion {
  const { end } = item.edit.range
  const pattern = rests[item.kind] ?? otherRest
  pattern.lastIndex = end
  let wordEnd = end + pattern.exec(text)![0].length
  if (text[wordEnd] === '=' && item.edit.newText.endsWith('=')) wordEnd++
  return wordEnd === end ? item : { ...item, wordEnd }
}
