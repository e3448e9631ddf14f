import type { Comment, DockerfileDoc, Instruction } from '../dockerfile/model.ts'
import { checkWishes, experimentalChecks, namesCheck } from './check-options.ts'
import type { AnyRule } from './rule.ts'

/** What the comments of a Dockerfile turn off, and what its `# check=` directive asks for. */
export interface Pragmas {
  /** Whether anything is said about the whole file. */
  readonly speakOfFile: boolean
  /** Whether the whole file is spared from a rule. */
  readonly skips: (rule: NamedRule) => boolean
  /** Whether a comment spares the place from a rule. */
  readonly silences: (rule: NamedRule, offset: number) => boolean
  /** `# check=error=true`: BuildKit's findings stop the build. */
  readonly errors: boolean
  /** `# check=experimental=…`: whether a rule that is off by default is asked for. */
  readonly wants: (rule: NamedRule) => boolean
}

export type NamedRule = Pick<AnyRule, 'id' | 'aliases'>

/** One comment that turns rules off. */
export interface IgnoreComment {
  readonly tool: 'quayside' | 'hadolint' | 'shellcheck' | 'buildkit'
  readonly scope: 'file' | 'stage' | 'next'
  /** In lower case, BuildKit's as they are written; `all` stands for every rule of the tool. */
  readonly names: readonly string[]
}

/** BuildKit's names have capitals and no digits. */
export const isBuildKitName = (name: string): boolean => /^[A-Z][A-Za-z]+$/.test(name)

const quayside = /^quayside\s+ignore(-file)?(?:\s*=\s*(.*))?$/
const hadolint = /^hadolint\s+(?:(global|stage)\s+)?ignore\s*=\s*(.*)$/
const shellcheck = /^shellcheck\s+(?:\S+\s+)*?disable\s*=\s*(\S+)/
const check = /^check\s*=\s*(.*)$/

/** What a comment turns off, if anything; `text` is without its `#`. */
export function ignoreComment(text: string): IgnoreComment | undefined {
  if (text.length > 2000) return undefined
  const own = quayside.exec(text)
  if (own)
    return {
      tool: 'quayside',
      scope: own[1] ? 'file' : 'next',
      names: own[2] === undefined ? ['all'] : namesOf(own[2]),
    }
  const theirs = hadolint.exec(text)
  if (theirs) {
    const scope = theirs[1] === 'global' ? 'file' : theirs[1] === 'stage' ? 'stage' : 'next'
    return { tool: 'hadolint', scope, names: hadolintNames(theirs[2]!) }
  }
  const shell = shellcheck.exec(text)
  if (shell) return { tool: 'shellcheck', scope: 'next', names: namesOf(shell[1]!).map(shellCheckName) }
  const buildKit = check.exec(text)
  if (buildKit) return { tool: 'buildkit', scope: 'next', names: checkWishes(buildKit[1]!).skip }
  return undefined
}

/** `disable=2086` is as good as `disable=SC2086`. */
const shellCheckName = (name: string): string => (/^\d+$/.test(name) ? `sc${name}` : name)

function namesOf(list: string): string[] {
  const names: string[] = []
  for (const name of list.split(/[\s,]+/)) {
    if (name === '' && names.length === 0) continue
    if (!/^[\w/-]+$/.test(name)) break
    names.push(name.toLowerCase())
  }
  return names
}

/** One name that is none makes hadolint overlook the whole comment; an explanation may follow the list. */
function hadolintNames(list: string): string[] {
  const names: string[] = []
  for (const [, comma, name] of list.matchAll(/(^|,|\s)\s*([^\s,]+)/g)) {
    const isCode = /^(?:[a-z]{2}\d+|[a-z]+(?:-[a-z0-9]+)*)$/i.test(name!) && !/^[a-z]+$/i.test(name!)
    if (isCode) names.push(name!.toLowerCase())
    else if (comma === ',' || names.length === 0) return []
    else break
  }
  return names
}

/** Whether a set of names, all of one tool, means the rule. */
function covers(comment: IgnoreComment, rule: NamedRule): boolean {
  const { tool, names } = comment
  if (tool === 'buildkit')
    return rule.aliases.some((alias) => isBuildKitName(alias) && namesCheck(names, alias))
  if (names.includes('all')) {
    if (tool === 'quayside') return true
    if (tool === 'shellcheck') return rule.aliases.some((alias) => alias.startsWith('SC'))
  }
  return (
    names.includes(rule.id.toLowerCase()) || rule.aliases.some((alias) => names.includes(alias.toLowerCase()))
  )
}

export function pragmasOf(doc: DockerfileDoc, hadolintPragmas = true): Pragmas {
  const ofFile: IgnoreComment[] = []
  const ofStage = new Map<number, IgnoreComment[]>()
  const ofInstruction = new Map<number, IgnoreComment[]>()
  const ofLine = new Map<number, IgnoreComment[]>()
  const read = (text: string): IgnoreComment | undefined => {
    const found = ignoreComment(text)
    return found?.tool === 'hadolint' && !hadolintPragmas ? undefined : found
  }
  const check = doc.directives.find(({ name }) => name === 'check')
  const wishes = checkWishes(check?.value ?? '')
  const skipped: IgnoreComment = { tool: 'buildkit', scope: 'file', names: wishes.skip }
  const wants = (rule: NamedRule): boolean =>
    rule.aliases.some((alias) => experimentalChecks.includes(alias) && namesCheck(wishes.experimental, alias))

  for (const comment of doc.comments) {
    const found = read(comment.text)
    if (found?.scope === 'file') ofFile.push(found)
    else if (found?.scope === 'stage') add(ofStage, stageAt(doc, comment), found)
  }
  for (const instruction of doc.instructions) {
    for (const comment of instruction.commentsAbove) {
      const found = read(comment.text)
      if (found?.scope === 'next') add(ofInstruction, instruction.index, found)
    }
    for (const comment of instruction.comments) {
      const found = read(comment.text)
      if (found?.scope === 'next') add(ofLine, lineAfter(doc, comment.range.end), found)
    }
    for (const { start, end } of bodiesOf(instruction))
      for (const match of doc.text
        .slice(start, end)
        .matchAll(/^[ \t]*#[ \t]*((?:quayside|hadolint|shellcheck) .*)$/gm)) {
        const found = read(match[1]!.trim())
        if (found?.scope === 'next') add(ofLine, lineAfter(doc, start + match.index + match[0].length), found)
      }
  }

  return {
    speakOfFile: ofFile.length > 0 || check !== undefined,
    skips: (rule) =>
      (covers(skipped, rule) && !wants(rule)) || ofFile.some((comment) => covers(comment, rule)),
    silences(rule, offset) {
      const instruction = instructionAt(doc, offset)
      const candidates = [
        ...(instruction ? (ofInstruction.get(instruction.index) ?? []) : []),
        ...(ofStage.get(instruction ? instruction.stage : -1) ?? []),
        ...(ofLine.get(lineOf(doc, offset)) ?? []),
      ]
      return candidates.some((comment) => covers(comment, rule))
    },
    errors: wishes.error,
    wants,
  }
}

function bodiesOf(instruction: Instruction): { start: number; end: number }[] {
  return instruction.name === 'RUN' ? instruction.heredocs.map(({ body }) => body) : []
}

function add(map: Map<number, IgnoreComment[]>, key: number, comment: IgnoreComment): void {
  const list = map.get(key)
  if (list) list.push(comment)
  else map.set(key, [comment])
}

/** The number of the line an offset lies on, from 0. */
export function lineOf(doc: DockerfileDoc, offset: number): number {
  let low = 0
  let high = doc.lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (doc.lineStarts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** The next line that is no comment. */
function lineAfter(doc: DockerfileDoc, offset: number): number {
  let line = lineOf(doc, offset) + 1
  while (
    line < doc.lineStarts.length &&
    /^[ \t]*#/.test(doc.text.slice(doc.lineStarts[line], doc.lineStarts[line]! + 200))
  )
    line++
  return line
}

/** The instruction that an offset lies in, or the next one where it lies between two (in a comment above). */
export function instructionAt(doc: DockerfileDoc, offset: number): Instruction | undefined {
  let low = 0
  let high = doc.instructions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (doc.instructions[middle]!.fullRange.end < offset) low = middle + 1
    else high = middle
  }
  return doc.instructions[low] ?? doc.instructions[doc.instructions.length - 1]
}

/** The stage a comment stands in; one above a FROM belongs to the stage before. */
function stageAt(doc: DockerfileDoc, comment: Comment): number {
  let stage = -1
  for (const { from, index } of doc.stages) {
    if (from.range.start > comment.range.start) break
    stage = index
  }
  return stage
}
