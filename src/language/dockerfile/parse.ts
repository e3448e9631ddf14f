import type { TextRange } from '../../shared/text-range.ts'
import { skipSpaces } from './characters.ts'
import { readDirective } from './directives.ts'
import { readHeredocs } from './heredoc-body.ts'
import { readInstruction } from './instruction.ts'
import { lineReader, lineStartBefore, lineStartsOf } from './lines.ts'
import { logicalBuilder } from './logical.ts'
import type { Comment, Directive, DockerfileDoc, Escape, Instruction, ParseProblem } from './model.ts'
import { stagesOf } from './stages.ts'

/**
 * Reads a Dockerfile as BuildKit does, in one pass. Never throws; what BuildKit would stop at is in `problems`.
 * With an earlier version of the text the instructions in front of the first change are taken from it as they are.
 */
export function parseDockerfile(text: string, earlier?: DockerfileDoc): DockerfileDoc {
  const same = earlier && unchanged(earlier, text)
  const from = same?.from ?? (text.startsWith('\uFEFF') ? 1 : 0)
  const directives: Directive[] = same ? [...earlier!.directives] : []
  const comments: Comment[] = same ? earlier!.comments.filter(({ range }) => range.start < from) : []
  const instructions: Instruction[] = same ? earlier!.instructions.slice(0, same.kept) : []
  const problems = same ? earlier!.problems.filter(({ instruction }) => instruction < same.kept) : []
  const shells = shellTracker()
  for (const instruction of instructions) shells.see(instruction)
  const lines = lineReader(text, from)
  let escape: Escape = same ? earlier!.escape : '\\'
  let inDirectives = same === undefined
  let above: Comment[] = same ? [...same.above] : []
  let stage = instructions.at(-1)?.stage ?? -1

  for (let line = lines.read(); line !== undefined; line = lines.read()) {
    const start = skipSpaces(text, line.start, line.end)
    if (text[start] === '#' && start < line.end) {
      const directive = inDirectives ? readDirective(text, start, line.end) : undefined
      if (directive === undefined) {
        // BuildKit looks for `syntax` below a shebang too.
        inDirectives =
          inDirectives && directives.length === 0 && comments.length === 0 && text.startsWith('#!', start)
        const comment = commentAt(text, start, line.end)
        comments.push(comment)
        if (comment.text === '') above = []
        else above.push(comment)
        continue
      }
      const fault = directiveFault(directive, directives, comments.length > 0)
      if (fault !== undefined) problems.push(fault)
      else if (directive.name === 'escape' && comments.length === 0) escape = directive.value as Escape
      directives.push(directive)
      continue
    }
    inDirectives = false
    if (start >= line.end) continue

    const builder = logicalBuilder()
    const inner: Comment[] = []
    const emptyLines: TextRange[] = []
    let from = start
    for (let part: TextRange | undefined = line; part !== undefined;) {
      const end = continuedEnd(text, from, part.end, escape)
      builder.add(text.slice(from, end ?? part.end), from)
      if (end === undefined) break
      part = skipInside(text, lines, inner, emptyLines)
      if (part !== undefined) from = part.start
    }
    for (const comment of inner) comments.push(comment)
    const index = instructions.length
    const logical = builder.build()
    if (/^\s*from(?:[\t\v\f\r ]|$)/i.test(logical.text)) stage++
    const source = { logical, escape, index, stage, comments: inner, emptyLines, commentsAbove: above }
    const head = readInstruction({ ...source, posixShell: shells.posix(escape) })
    above = []
    if (head === undefined) continue
    for (const problem of head.problems) problems.push({ ...problem, instruction: index })
    const read = readHeredocs(text, lines, head.instruction, shells.posix(escape))
    for (const problem of read.problems) problems.push({ ...problem, instruction: index })
    instructions.push(read.instruction)
    shells.see(read.instruction)
  }

  const stages = stagesOf(instructions, escape)
  return {
    text,
    lineStarts: lineStartsOf(text),
    escape,
    directives,
    comments,
    instructions,
    preamble: instructions.filter((instruction) => instruction.stage < 0),
    stages,
    problems,
  }
}

interface Unchanged {
  /** How many instructions are as they were. */
  readonly kept: number
  /** Where the line begins from which on the text is read anew, and the comments that stand right above it. */
  readonly from: number
  readonly above: readonly Comment[]
}

/**
 * What stands in front of the first change. What follows an instruction belongs to it until another one begins, unless its
 * last line has ended; undefined where nothing is kept.
 */
function unchanged(earlier: DockerfileDoc, text: string): Unchanged | undefined {
  const { text: before, instructions, escape } = earlier
  const same = sameUntil(before, text)
  let low = 0
  let high = instructions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (instructions[middle]!.range.start < same) low = middle + 1
    else high = middle
  }
  if (low === 0) return undefined
  const end = lineAfter(earlier, instructions[low - 1]!)
  if (end !== undefined && end <= same) return { kept: low, from: end, above: [] }
  let kept = low - 1
  while (kept > 0 && !beginsWithLine(before, instructions[kept]!, escape)) kept--
  if (kept === 0) return undefined
  const { range, commentsAbove } = instructions[kept]!
  return { kept, from: lineStartBefore(text, range.start), above: commentsAbove }
}

/** How long the beginning is that two texts share. Halves are compared whole, which is quicker than unit by unit. */
function sameUntil(a: string, b: string): number {
  let same = 0
  let different = Math.min(a.length, b.length) + 1
  while (different - same > 1) {
    const middle = (same + different) >> 1
    if (a.slice(same, middle) === b.slice(same, middle)) same = middle
    else different = middle
  }
  return same
}

/** Where the line behind an instruction begins, whatever follows there; undefined where it goes on. */
function lineAfter({ text, problems }: DockerfileDoc, { fullRange, index }: Instruction): number | undefined {
  const end = text.indexOf('\n', fullRange.end)
  const ended =
    end >= 0 &&
    text.slice(fullRange.end, end).trim() === '' &&
    !problems.some(({ code, instruction }) => code === 'unterminatedHeredoc' && instruction === index)
  return ended ? end + 1 : undefined
}

/** Whether the keyword stands on the first line of an instruction: lines with an escape character alone may come first. */
function beginsWithLine(
  text: string,
  { range: { start }, emptyLines, comments }: Instruction,
  escape: Escape,
): boolean {
  const above = text.slice(0, lineStartBefore(text, start)).trimEnd()
  return (
    !above.endsWith(escape) &&
    ![...emptyLines, ...comments.map(({ range }) => range)].some((each) => each.start < start)
  )
}

function commentAt(text: string, start: number, end: number): Comment {
  return { text: text.slice(start + 1, end).trim(), range: { start, end } }
}

function directiveFault(
  directive: Directive,
  earlier: readonly Directive[],
  belowShebang: boolean,
): ParseProblem | undefined {
  if (earlier.some(({ name }) => name === directive.name))
    return { code: 'duplicateDirective', range: directive.range, subject: directive.name, instruction: -1 }
  const { value } = directive
  if (directive.name !== 'escape' || belowShebang || value === '\\' || value === '`') return undefined
  return { code: 'invalidEscape', range: directive.valueRange, subject: value, instruction: -1 }
}

/** Where the escape character stands that continues the line; undefined when the line ends the instruction. */
function continuedEnd(text: string, from: number, end: number, escape: Escape): number | undefined {
  let at = end
  while (at > from && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--
  if (at === from || text[at - 1] !== escape) return undefined
  return at - 2 >= from && text[at - 2] === escape ? undefined : at - 1
}

/** The next line that counts inside a continued instruction; comments and empty lines before it are noted. */
function skipInside(
  text: string,
  lines: ReturnType<typeof lineReader>,
  comments: Comment[],
  emptyLines: TextRange[],
): TextRange | undefined {
  for (let line = lines.read(); line !== undefined; line = lines.read()) {
    const start = skipSpaces(text, line.start, line.end)
    if (start >= line.end) emptyLines.push({ start: line.start, end: line.end })
    else if (text[start] === '#') comments.push(commentAt(text, start, line.end))
    else return line
  }
  return undefined
}

/** Knows whether the shell in force is one that replaces `$NAME`: by SHELL, inherited along FROM, else by the platform. */
function shellTracker(): { posix(escape: Escape): boolean; see(instruction: Instruction): void } {
  const stages = new Map<string, boolean | undefined>()
  let current: boolean | undefined
  let name: string | undefined
  return {
    // Nobody but people who write for Windows changes the escape character.
    posix: (escape) => current ?? escape === '\\',
    see({ name: keyword, words, command }) {
      if (keyword === 'FROM') {
        current = stages.get((words[0]?.text ?? '').toLowerCase())
        name = words[1]?.text.toLowerCase() === 'as' ? words[2]?.text.toLowerCase() : undefined
      } else if (keyword === 'SHELL' && command?.form === 'exec') {
        const [shell] = command.items
        current =
          shell === undefined ? undefined : !/(?:^|[\\/])(?:cmd|powershell|pwsh)(?:\.exe)?$/i.test(shell.text)
      } else return
      if (name !== undefined) stages.set(name, current)
    },
  }
}
