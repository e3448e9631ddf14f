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
  const kept = earlier === undefined ? 0 : unchanged(earlier, text)
  const next = kept > 0 ? earlier?.instructions[kept] : undefined
  const from = next ? lineStartBefore(text, next.range.start) : text.startsWith('\uFEFF') ? 1 : 0
  const directives: Directive[] = next ? [...earlier!.directives] : []
  const comments: Comment[] = next ? earlier!.comments.filter(({ range }) => range.start < from) : []
  const instructions: Instruction[] = next ? earlier!.instructions.slice(0, kept) : []
  const problems = next ? earlier!.problems.filter(({ instruction }) => instruction < kept) : []
  const shells = shellTracker()
  for (const instruction of instructions) shells.see(instruction)
  const lines = lineReader(text, from)
  let escape: Escape = next ? earlier!.escape : '\\'
  let inDirectives = next === undefined
  let above: Comment[] = next ? [...next.commentsAbove] : []
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

/**
 * How many instructions stand in front of the first change, so that the next one begins there too: what follows an
 * instruction belongs to it until another one begins.
 */
function unchanged({ text: before, instructions, escape }: DockerfileDoc, text: string): number {
  const length = Math.min(before.length, text.length)
  let same = 0
  while (same < length && before.charCodeAt(same) === text.charCodeAt(same)) same++
  let low = 0
  let high = instructions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (instructions[middle]!.range.start < same) low = middle + 1
    else high = middle
  }
  let kept = low - 1
  while (kept > 0 && !beginsWithLine(before, instructions[kept]!, escape)) kept--
  return Math.max(0, kept)
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
