import type { TextEdit, TextRange } from '../../../shared/text-range.ts'
import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import type { Fix } from '../rule.ts'
import type { DockerfileContext } from './context.ts'
import { lineBreakOf, wholeLines } from './edits.ts'

/** A fix that sets the comments in the text that it replaces above the instruction, where it does not write them itself. */
export function keepingComments(fix: Fix, doc: DockerfileDoc, context: DockerfileContext): Fix {
  const added: TextEdit[] = []
  const edits = fix.edits.map((edit) => {
    const lost = lostComments(edit, doc, context)
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
  return added.length === 0 && edits.every((edit, index) => edit === fix.edits[index])
    ? fix
    : { ...fix, edits: [...added, ...edits] }
}

function lostComments(
  { range, newText }: TextEdit,
  doc: DockerfileDoc,
  context: DockerfileContext,
): readonly string[] {
  const { start, end } = range
  const replaced = doc.text.slice(start, end)
  if (!replaced.includes('#')) return []
  const inside = commentsOf(doc, context, range).filter((each) => each.start >= start && each.end <= end)
  let rest = replaced
  for (const comment of inside.toReversed())
    rest = rest.slice(0, comment.start - start) + rest.slice(comment.end - start)
  // Who replaces nothing but comments means them.
  if (rest.trim() === '') return []
  return inside
    .map((comment) => doc.text.slice(comment.start, comment.end))
    .filter((comment) => !newText.includes(comment))
}

/** Those of the Dockerfile and of the shell code in it, in the order of the text. */
function commentsOf(doc: DockerfileDoc, context: DockerfileContext, { start, end }: TextRange): TextRange[] {
  const isNear = ({ fullRange }: Instruction): boolean => fullRange.start < end && start < fullRange.end
  const near = doc.instructions
    .filter(isNear)
    .flatMap((each) => (each.trigger ? [each, each.trigger] : [each]))
  const ranges = [
    ...near.flatMap(({ comments }) => comments.map(({ range }) => range)),
    ...near.flatMap((each) => {
      const run = context.runOf(each)
      return run?.script.comments.map((span) => run.range(span)) ?? []
    }),
  ]
  const known = new Set<number>()
  return ranges
    .sort((a, b) => a.start - b.start)
    .filter((range) => !known.has(range.start) && known.add(range.start))
}
