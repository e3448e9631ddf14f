import type { TextEdit, TextRange } from '../../../shared/text-range.ts'
import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import { documentRange, shellScriptOf } from '../../shell/script.ts'
import { lineBreakOf, wholeLines } from './edits.ts'

/** A change that sets the comments in the text that it replaces above the instruction, where it does not write them itself. */
export function keepingComments<Change extends { readonly edits: readonly TextEdit[] }>(
  change: Change,
  doc: DockerfileDoc,
): Change {
  const added: TextEdit[] = []
  const edits = change.edits.map((edit) => {
    const lost = lostComments(edit, doc)
    const owner =
      lost.length > 0 && doc.instructions.find(({ fullRange }) => fullRange.end >= edit.range.start)
    if (!owner) return edit
    const { start } = wholeLines(doc, owner)
    const indent = doc.text.slice(start, owner.keywordRange.start)
    const lines = lost.map((comment) => `${indent}${comment}${lineBreakOf(doc)}`).join('')
    if (edit.range.start <= start) return { ...edit, newText: `${lines}${edit.newText}` }
    added.push({ range: { start, end: start }, newText: lines })
    return edit
  })
  return added.length === 0 && edits.every((edit, index) => edit === change.edits[index])
    ? change
    : { ...change, edits: [...added, ...edits] }
}

function lostComments({ range, newText }: TextEdit, doc: DockerfileDoc): readonly string[] {
  const { start, end } = range
  const replaced = doc.text.slice(start, end)
  if (!replaced.includes('#')) return []
  const inside = commentsOf(doc, range).filter((each) => each.range.start >= start && each.range.end <= end)
  let rest = replaced
  for (const comment of inside.toReversed())
    rest = rest.slice(0, comment.range.start - start) + rest.slice(comment.range.end - start)
  // Who replaces nothing but comments means them.
  if (rest.trim() === '') return []
  return inside.map(({ text }) => text).filter((text) => !newText.includes(text))
}

interface Found {
  readonly range: TextRange
  /** On one line, from its `#` on. */
  readonly text: string
}

/** Those of the Dockerfile and of the shell code in it, in the order of the text. */
function commentsOf(doc: DockerfileDoc, { start, end }: TextRange): Found[] {
  const isNear = ({ fullRange }: Instruction): boolean => fullRange.start < end && start < fullRange.end
  const near = doc.instructions
    .filter(isNear)
    .flatMap((each) => (each.trigger ? [each, each.trigger] : [each]))
  const found = [
    ...near.flatMap(({ comments }) =>
      comments.map(({ range }): Found => ({ range, text: doc.text.slice(range.start, range.end) })),
    ),
    ...near.flatMap((each) => {
      const script = shellScriptOf(doc, each)
      // A comment of the shell goes on where the line is continued.
      const textOf = (span: TextRange): string => script!.text.slice(span.start, span.end).trimEnd()
      return (
        script?.comments.map((span) => ({ range: documentRange(script, span), text: textOf(span) })) ?? []
      )
    }),
  ]
  const known = new Set<number>()
  return found
    .sort((a, b) => a.range.start - b.range.start)
    .filter(({ range }) => !known.has(range.start) && known.add(range.start))
}
