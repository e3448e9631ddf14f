import type { TextRange } from '../../shared/text-range.ts'
import { skipSpaces } from './characters.ts'
import { rangeAt } from './logical.ts'
import type {
  CommandForm,
  Comment,
  Escape,
  Instruction,
  KeyValue,
  LogicalText,
  VariableRef,
  Word,
} from './model.ts'
import { splitLine } from './split.ts'
import { parseTemplate } from './template.ts'
import { builderReferences, shellReferences, templateProblems, type Problem } from './variables.ts'
import { blankWords, jsonForm, keyValues, quotedWords, wordAt } from './words.ts'

/** How BuildKit reads the arguments of an instruction. */
type Shape = 'blanks' | 'blanksOrJson' | 'pairs' | 'args' | 'rest' | 'command' | 'health' | 'trigger'

const shapes: ReadonlyMap<string, Shape> = new Map([
  ['ADD', 'blanksOrJson'],
  ['ARG', 'args'],
  ['CMD', 'command'],
  ['COPY', 'blanksOrJson'],
  ['ENTRYPOINT', 'command'],
  ['ENV', 'pairs'],
  ['EXPOSE', 'blanks'],
  ['FROM', 'blanks'],
  ['HEALTHCHECK', 'health'],
  ['LABEL', 'pairs'],
  ['MAINTAINER', 'rest'],
  ['ONBUILD', 'trigger'],
  ['RUN', 'command'],
  ['SHELL', 'command'],
  ['STOPSIGNAL', 'rest'],
  ['USER', 'rest'],
  ['VOLUME', 'blanksOrJson'],
  ['WORKDIR', 'rest'],
])

export const instructionNames: readonly string[] = [...shapes.keys()]

/** What the caller knows of an instruction before it is taken apart. */
export interface InstructionSource {
  readonly logical: LogicalText
  readonly escape: Escape
  readonly index: number
  readonly stage: number
  readonly comments: readonly Comment[]
  readonly emptyLines: readonly TextRange[]
  readonly commentsAbove: readonly Comment[]
  /** Whether the shell of the stage is one that replaces `$NAME`. */
  readonly posixShell: boolean
}

/** An instruction before its heredocs are read, which stand below it. */
export interface InstructionHead {
  readonly instruction: Instruction
  readonly problems: readonly Problem[]
}

/** Undefined for a line without a keyword, such as a lone escape character. */
export function readInstruction(
  source: InstructionSource,
  from = 0,
  inTrigger = false,
): InstructionHead | undefined {
  const { logical } = source
  const { keywordAt, keywordEnd, flags, argsAt, argsEnd } = splitLine(logical, from, logical.text.length)
  if (keywordEnd === keywordAt) return undefined
  const keyword = logical.text.slice(keywordAt, keywordEnd)
  const name = keyword.toUpperCase()
  const shape = shapes.get(name)
  const problems: Problem[] = []
  const range = rangeAt(logical, keywordAt, argsEnd)
  const trigger = shape === 'trigger' && !inTrigger ? readInstruction(source, argsAt, true) : undefined
  const shaped = readArguments(source, shape, argsAt, argsEnd, problems)
  const instruction: Instruction = {
    name,
    known: shape !== undefined,
    keyword,
    keywordRange: rangeAt(logical, keywordAt, keywordEnd),
    range,
    fullRange: range,
    logical,
    flags,
    args: wordAt(logical, argsAt, argsEnd),
    ...shaped,
    heredocs: [],
    variables: [],
    ...(trigger && { trigger: trigger.instruction }),
    comments: source.comments,
    emptyLines: source.emptyLines,
    commentsAbove: source.commentsAbove,
    index: source.index,
    stage: source.stage,
  }
  const variables = readVariables(source, instruction, problems)
  if (trigger) problems.push(...trigger.problems)
  return { instruction: { ...instruction, variables }, problems }
}

type Shaped = Pick<Instruction, 'words' | 'pairs' | 'json' | 'command'>

function readArguments(
  { logical, escape }: InstructionSource,
  shape: Shape | undefined,
  at: number,
  end: number,
  problems: Problem[],
): Shaped {
  const pairs: readonly KeyValue[] = []
  if (end <= at || shape === undefined || shape === 'trigger') return { words: [], pairs }
  if (shape === 'rest') return { words: [wordAt(logical, at, end)], pairs }
  if (shape === 'blanks') return { words: blankWords(logical, at, end), pairs }
  if (shape === 'pairs' || shape === 'args') {
    const words = quotedWords(logical, at, end, escape)
    const read = keyValues(logical, words, end, shape === 'pairs')
    for (const word of read.withoutEquals)
      problems.push({ code: 'missingEquals', range: word.range, subject: word.text })
    const [first] = read.pairs
    if (shape === 'pairs' && read.pairs.length === 1 && first?.separator === '')
      problems.push({ code: 'missingValue', range: first.range, subject: first.key })
    return { words, pairs: read.pairs }
  }
  if (shape === 'health') return readHealthcheck(logical, at, end, problems)
  const json = jsonForm(logical, at, end)
  if (json?.state === 'notStrings') problems.push({ code: 'jsonNotStrings', range: json.range, subject: '' })
  const withJson = json && { json }
  const valid = json?.state === 'valid'
  if (shape === 'blanksOrJson')
    return { words: valid ? json.items : blankWords(logical, at, end), pairs, ...withJson }
  const words = valid ? json.items : []
  return { words, pairs, ...withJson, command: commandForm(logical, at, end, valid ? json.items : undefined) }
}

function commandForm(
  logical: LogicalText,
  at: number,
  end: number,
  items: readonly Word[] | undefined,
): CommandForm {
  return {
    form: items === undefined ? 'shell' : 'exec',
    text: logical.text.slice(at, end),
    at,
    end,
    range: rangeAt(logical, at, end),
    items: items ?? [],
  }
}

function readHealthcheck(logical: LogicalText, at: number, end: number, problems: Problem[]): Shaped {
  let typeEnd = at
  while (typeEnd < end && skipSpaces(logical.text, typeEnd, typeEnd + 1) === typeEnd) typeEnd++
  const rest = skipSpaces(logical.text, typeEnd, end)
  const words = [wordAt(logical, at, typeEnd)]
  if (rest >= end) return { words, pairs: [] }
  const json = jsonForm(logical, rest, end)
  if (json?.state === 'notStrings') problems.push({ code: 'jsonNotStrings', range: json.range, subject: '' })
  const items = json?.state === 'valid' ? json.items : undefined
  return { words, pairs: [], ...(json && { json }), command: commandForm(logical, rest, end, items) }
}

/** The flags in whose values BuildKit replaces variables. */
const expandedFlags: ReadonlyMap<string, readonly string[]> = new Map([
  ['ADD', ['chown', 'chmod', 'checksum', 'exclude']],
  ['COPY', ['chown', 'chmod', 'exclude']],
  ['FROM', ['platform']],
  ['RUN', ['mount']],
])

function readVariables(
  source: InstructionSource,
  instruction: Instruction,
  problems: Problem[],
): VariableRef[] {
  const { logical, escape } = source
  const { name } = instruction
  const variables: VariableRef[] = []
  const toRange = (at: number, end: number): TextRange => rangeAt(logical, at, end)
  const expand = (at: number, end: number): void => {
    if (!/[$"']/.test(logical.text.slice(at, end))) return
    const template = parseTemplate(logical.text, at, end, { escape, quotes: true })
    variables.push(...builderReferences(logical.text, template, toRange))
    problems.push(...templateProblems(template, toRange))
  }
  const flagNames = expandedFlags.get(name) ?? []
  for (const flag of instruction.flags) if (flagNames.includes(flag.name)) expand(flag.valueAt, flag.valueEnd)
  for (const { at, end } of expandedPlaces(instruction)) expand(at, end)
  const { command } = instruction
  if (command === undefined || name === 'SHELL' || !source.posixShell) return variables
  const argument = command.form === 'exec' ? shellArgument(command.items) : undefined
  const script = command.form === 'shell' ? command : argument && insideQuotes(argument)
  if (script !== undefined)
    variables.push(...shellReferences(logical.text, script.at, script.end, false, toRange))
  return variables
}

interface Place {
  readonly at: number
  readonly end: number
}

function expandedPlaces({ name, words, pairs, json }: Instruction): readonly Place[] {
  switch (name) {
    case 'ADD':
    case 'COPY':
    case 'VOLUME':
      if (json?.state === 'valid') return words.map(insideQuotes)
      return words.filter((word) => !/^\d*<</.test(word.text))
    case 'EXPOSE':
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
      return words
    case 'FROM':
      return words.slice(0, 1)
    case 'ARG':
      return pairs.map((pair) => ({ at: pair.valueAt, end: pair.valueEnd }))
    case 'ENV':
    case 'LABEL':
      return pairs.flatMap((pair) => [
        { at: pair.keyAt, end: pair.keyAt + pair.key.length },
        { at: pair.valueAt, end: pair.valueEnd },
      ])
    default:
      return []
  }
}

function insideQuotes({ at, end }: Word): Place {
  return { at: at + 1, end: end - 1 }
}

/** The script of `["sh", "-c", "…"]`. */
export function shellArgument(items: readonly Word[]): Word | undefined {
  const [shell, option, script] = items
  if (shell === undefined || option === undefined || script === undefined) return undefined
  return isPosixShell(shell.text) && /^-[a-z]*c$/.test(option.text) ? script : undefined
}

const posixShells = ['sh', 'ash', 'bash', 'dash', 'ksh', 'mksh', 'yash', 'zsh']

/** By the last part of its path, `/bin/bash`. */
export function isPosixShell(path: string): boolean {
  return posixShells.includes(path.slice(path.lastIndexOf('/') + 1))
}
