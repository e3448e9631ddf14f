import type { TextRange } from '../../shared/text-range.ts'
import { findHeredocs, type HeredocOpening } from './heredoc.ts'
import { isPosixShell } from './instruction.ts'
import type { lineReader } from './lines.ts'
import { offsetAt, rangeAt } from './logical.ts'
import type { Heredoc, Instruction, VariableRef } from './model.ts'
import { parseTemplate } from './template.ts'
import { builderReferences, shellReferences, templateProblems, type Problem } from './variables.ts'

interface Read {
  readonly instruction: Instruction
  readonly problems: readonly Problem[]
}

/** Reads the bodies of the heredocs that an instruction opens, from the lines below it. */
export function readHeredocs(
  text: string,
  lines: ReturnType<typeof lineReader>,
  instruction: Instruction,
  posixShell: boolean,
): Read {
  const inner = instruction.trigger ?? instruction
  if (!takesHeredocs(inner)) return { instruction, problems: [] }
  const { logical } = instruction
  const { openings, faultAt } = findHeredocs(logical.text, logical.text.length)
  const problems: Problem[] = []
  if (faultAt !== undefined) {
    const range = rangeAt(logical, faultAt, logical.text.length)
    problems.push({ code: 'heredocQuote', range, subject: logical.text.slice(faultAt) })
  }
  if (openings.length === 0) return { instruction, problems }
  const heredocs = openings.map((opening) => {
    const heredoc = readBody(text, lines, instruction, opening)
    if (heredoc.end === undefined)
      problems.push({ code: 'unterminatedHeredoc', range: heredoc.range, subject: heredoc.name })
    return heredoc
  })
  const last = heredocs.at(-1)!
  const fullRange = { start: instruction.range.start, end: (last.end ?? last.body).end }
  const variables: VariableRef[] = [...inner.variables]
  for (const heredoc of heredocs) {
    const found = bodyVariables(text, inner, heredoc, heredocs.length, posixShell)
    for (const variable of found.variables) variables.push(variable)
    problems.push(...found.problems)
  }
  const withHeredocs = {
    ...inner,
    heredocs,
    variables,
    fullRange: { ...fullRange, start: inner.range.start },
  }
  return {
    instruction:
      instruction.trigger === undefined
        ? withHeredocs
        : { ...instruction, heredocs, fullRange, trigger: withHeredocs },
    problems,
  }
}

function takesHeredocs({ name, json }: Instruction): boolean {
  return (name === 'RUN' || name === 'COPY' || name === 'ADD') && json?.state !== 'valid'
}

function readBody(
  text: string,
  lines: ReturnType<typeof lineReader>,
  { logical }: Instruction,
  opening: HeredocOpening,
): Heredoc {
  const heredoc = {
    name: opening.name,
    quoted: opening.quoted,
    chomp: opening.chomp,
    fd: opening.fd,
    range: rangeAt(logical, opening.at, opening.end),
    nameRange: rangeAt(logical, opening.nameAt, opening.end),
  }
  const start = lines.at()
  for (let line = lines.read(); line !== undefined; line = lines.read()) {
    let from = line.start
    if (opening.chomp) while (from < line.end && text[from] === '\t') from++
    if (line.end - from === opening.name.length && text.startsWith(opening.name, from))
      return { ...heredoc, body: { start, end: line.start }, end: { start: from, end: line.end } }
  }
  return { ...heredoc, body: { start, end: text.length }, end: undefined }
}

interface Found {
  readonly variables: readonly VariableRef[]
  readonly problems: readonly Problem[]
}

const nothing: Found = { variables: [], problems: [] }

function bodyVariables(
  text: string,
  instruction: Instruction,
  { body, quoted, range }: Heredoc,
  count: number,
  posixShell: boolean,
): Found {
  const content = text.slice(body.start, body.end)
  if (!content.includes('$')) return nothing
  const toRange = (at: number, end: number): TextRange => ({ start: body.start + at, end: body.start + end })
  if (instruction.name !== 'RUN') {
    if (quoted) return nothing
    const template = parseTemplate(content, 0, content.length, { escape: '\\', quotes: false })
    return {
      variables: builderReferences(content, template, toRange),
      problems: templateProblems(template, toRange),
    }
  }
  const isScript = count === 1 && offsetAt(instruction.logical, instruction.args.at) === range.start
  const alone = isScript && instruction.args.range.end === range.end
  if (alone) {
    if (!posixShell || !isShellScript(content)) return nothing
    return { variables: shellReferences(content, 0, content.length, false, toRange), problems: [] }
  }
  if (quoted || !posixShell) return nothing
  return { variables: shellReferences(content, 0, content.length, true, toRange), problems: [] }
}

/** By its first line: `#!/bin/sh`, `#!/usr/bin/env bash`, or none. */
function isShellScript(script: string): boolean {
  if (!script.startsWith('#!')) return true
  const line = script.slice(2, script.includes('\n') ? script.indexOf('\n') : undefined)
  const words = line.trim().split(/\s+/)
  const program = /(?:^|\/)env$/.test(words[0] ?? '')
    ? words.find((word, index) => index > 0 && !word.startsWith('-'))
    : words[0]
  return isPosixShell(program ?? '')
}
