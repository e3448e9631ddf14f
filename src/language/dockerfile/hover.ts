import { plural, t } from '../../shared/l10n.ts'
import { markdown, markdownCode } from '../../shared/sinks.ts'
import type { Hover } from '../answers.ts'
import type { Context } from '../provider.ts'
import { builtinArg } from './builtin-args.ts'
import { hoverImage } from './hover-image.ts'
import { hoverWord } from './hover-word.ts'
import { lineAt } from './lines.ts'
import { logicalAt } from './logical.ts'
import type { DockerfileDoc, Heredoc, Instruction, Stage, VariableRef } from './model.ts'
import { mountTypeOf } from './mount.ts'
import { directiveReference } from './reference/directives.ts'
import { flagReference, type FlagReference } from './reference/flags.ts'
import { instructionReference, referenceUrl } from './reference/instructions.ts'
import { labelReference } from './reference/labels.ts'
import { mountKey, mountType } from './reference/mounts.ts'
import { scopesOf, type Definition } from './scope.ts'
import { stageReferences } from './stage-names.ts'
import { targetAt, type Target } from './target.ts'
import { variablesOf } from './variable-names.ts'

export async function hover(
  doc: DockerfileDoc,
  uri: string,
  offset: number,
  context: Context,
): Promise<Hover | undefined> {
  const target = targetAt(doc, offset)
  if (target === undefined) return undefined
  const text = await textFor(doc, uri, target, context)
  return text === undefined ? undefined : { markdown: text, range: target.range }
}

async function textFor(
  doc: DockerfileDoc,
  uri: string,
  target: Target,
  context: Context,
): Promise<string | undefined> {
  switch (target.kind) {
    case 'directive':
      return directiveReference(target.directive.name)?.about()
    case 'keyword':
      return keywordText(target.instruction)
    case 'flag': {
      const flag = flagReference(target.instruction.name, target.flag.name)
      return flag && flagText(flag)
    }
    case 'field':
      return fieldText(target)
    case 'variable':
      return variableText(doc, target.instruction, target.reference)
    case 'definition':
      return definitionText(doc, target.definition)
    case 'stageName':
      return stageText(doc, target.stage)
    case 'stage':
      return stageText(doc, target.stage)
    case 'image':
      return hoverImage(doc, target.reference, context)
    case 'heredoc':
      return heredocText(target.heredoc, target.instruction)
    case 'word':
      return hoverWord(doc, uri, target.instruction, target.index, context)
    case 'label':
      return labelText(target.pair.key)
    case 'comment':
    case 'command':
      return undefined
  }
}

function keywordText(instruction: Instruction): string | undefined {
  const reference = instructionReference(instruction.name)
  if (reference === undefined) return undefined
  const here = formText(instruction)
  return [
    ['```dockerfile', ...reference.forms, '```'].join('\n'),
    reference.about(),
    ...(here === undefined ? [] : [here]),
    `[${t('Reference')}](${referenceUrl(reference.anchor)})`,
  ].join('\n\n')
}

function formText({ name, command, json }: Instruction): string | undefined {
  if (command === undefined || name === 'SHELL') return undefined
  if (json?.state === 'broken')
    return t('Here: starts like the exec form but is no valid JSON, so it is read as the shell form.')
  if (command.form === 'exec')
    return t('Here: exec form. The program starts directly; no shell replaces variables.')
  if (name === 'RUN') return undefined
  return t('Here: shell form. The program runs below a shell, which does not pass signals on.')
}

function flagText(flag: FlagReference): string {
  const since =
    flag.since === undefined ? '' : `\n\n${t('Since {0}.', `\`docker/dockerfile:${flag.since}\``)}`
  const form = `--${flag.name}${flag.value === undefined ? '' : `=${flag.value}`}`
  return `\`${form}\`\n\n${flag.about()}${since}\n\n[${t('Reference')}](${referenceUrl(flag.anchor)})`
}

function fieldText({ field, fields, part, flag }: Extract<Target, { kind: 'field' }>): string | undefined {
  if (flag.name !== 'mount') return undefined
  const type = mountType(mountTypeOf(fields))
  if (field.key.toLowerCase() === 'type') {
    const named = part === 'key' ? undefined : mountType(field.value ?? '')
    return named === undefined ? t('What is mounted.') : `\`type=${named.name}\`\n\n${named.about()}`
  }
  const key = mountKey(type, field.key)
  return key && `\`${key.name}\`\n\n${key.about()}`
}

function variableText(doc: DockerfileDoc, instruction: Instruction, reference: VariableRef): string {
  const scopes = scopesOf(doc)
  const variable = variablesOf(doc).ofReference(reference, instruction)
  const definition = variable && scopes.find(reference.name, instruction)
  const lines = [`**${markdown(reference.name)}**`]
  if (definition !== undefined) lines.push(...definitionLines(doc, definition))
  else lines.push(...originLines(doc, reference, instruction))
  if (reference.by === 'builder' && reference.modifier !== undefined) {
    const { logical } = instruction
    const [at, end] = [logicalAt(logical, reference.range.start), logicalAt(logical, reference.range.end)]
    const inLine = reference.range.end <= instruction.range.end
    const value = inLine ? scopes.expand(instruction, at, end) : undefined
    const written = logical.text.slice(at, end)
    if (value !== undefined && inLine)
      lines.push(t('{0} becomes {1}', markdownCode(written), valueCode(value)))
  }
  return lines.join('\n\n')
}

function originLines(doc: DockerfileDoc, reference: VariableRef, instruction: Instruction): string[] {
  const place = reference.by === 'shell' ? assignmentInScript(doc, reference, instruction) : undefined
  if (place === undefined) return [originText(reference, instruction)]
  const line = lineAt(doc.lineStarts, place)
  const code = doc.text.slice(doc.lineStarts[line], doc.lineStarts[line + 1]).trim()
  return [t('Set by the command itself.'), t('Line {0}: {1}', line + 1, markdownCode(code, 120))]
}

/** Longer commands are not searched for where they set a variable, in UTF-16 units. */
const longestSearched = 100_000

/** Where a command sets a variable that it uses: the last place above the use, else the first one. */
function assignmentInScript(
  { text }: DockerfileDoc,
  { name, range }: VariableRef,
  { fullRange: { start, end } }: Instruction,
): number | undefined {
  if (end - start > longestSearched) return undefined
  const sets = new RegExp(
    `(?<![\\w$\\-/.])(?:${name}\\+?=|(?:for|select)\\s+${name}\\b|read\\s(?:[^\\n;|&]{0,200}\\s)?${name}\\b)`,
    'g',
  )
  let found: number | undefined
  for (const { index } of text.slice(start, end).matchAll(sets)) {
    if (found !== undefined && start + index > range.start) break
    found = start + index
  }
  return found
}

function originText({ name, by }: VariableRef, instruction: Instruction): string {
  const builtin = builtinArg(name)
  if (builtin !== undefined) {
    const example = builtin.example === undefined ? '' : ` ${t('For example {0}.', `\`${builtin.example}\``)}`
    const undeclared = builtin.kind === 'platform' && instruction.stage >= 0 && instruction.name !== 'FROM'
    const declare = undeclared ? `\n\n${t('A stage sees it only after {0}.', `\`ARG ${name}\``)}` : ''
    return builtin.about() + example + declare
  }
  if (by === 'shell') return t('Not set in this file: the base image or the command itself may set it.')
  if (instruction.name === 'FROM' || instruction.stage < 0)
    return t('Not set: FROM sees only ARGs that stand before the first FROM.')
  return t('Not set in this file: the base image may set it.')
}

function definitionText(doc: DockerfileDoc, definition: Definition): string {
  const variable = variablesOf(doc).ofDefinition(definition)
  const uses = variable.uses.length
  const lines = [`**${markdown(definition.name)}**`, ...definitionLines(doc, definition)]
  if (uses > 0) lines.push(plural(uses, 'Used once.', 'Used {0} times.'))
  // Programs in the container may read what ENV sets; the value of an ARG is for the build alone.
  else if (definition.kind === 'arg') lines.push(t('Not used in this file.'))
  return lines.join('\n\n')
}

function definitionLines(doc: DockerfileDoc, definition: Definition): string[] {
  const lines: string[] = []
  const { kind, known, pair, global } = definition
  const origin = global ?? definition
  if (!known.set)
    lines.push(t('No value, unless {0} gives one.', `\`--build-arg ${plainName(definition.name)}=…\``))
  else if (known.value === undefined) lines.push(t('Its value is only known when the image is built.'))
  else if (kind === 'arg')
    lines.push(t('{0}, unless {1} gives another value.', valueCode(known.value), '`--build-arg`'))
  else lines.push(valueCode(known.value))
  const { key, separator, value, range } = origin.pair
  const written = `${origin.instruction.keyword} ${key}${separator}${value ?? ''}`
  const line = lineAt(doc.lineStarts, range.start) + 1
  lines.push(t('Line {0}: {1}', line, markdownCode(written.replace(/\s+/g, ' '), 120)))
  const builtin = builtinArg(definition.name)
  if (builtin !== undefined && pair.value === undefined) lines.push(builtin.about())
  return lines
}

const plainName = (name: string): string => (/^\w+$/.test(name) ? name : '…')

function valueCode(value: string): string {
  return value === '' ? t('(empty)') : markdownCode(value, 300)
}

function stageText(doc: DockerfileDoc, stage: Stage): string {
  const name = stage.name === undefined ? '' : ` **${markdown(stage.name)}**`
  const lines = [t('Stage {0}', stage.index) + name]
  const from = doc.text.slice(stage.from.range.start, stage.from.range.end).replace(/\s+/g, ' ')
  lines.push(t('Line {0}: {1}', lineAt(doc.lineStarts, stage.from.range.start) + 1, markdownCode(from, 200)))
  const comments = stage.from.commentsAbove
  if (comments.length > 0) lines.push(comments.map(({ text }) => markdown(text)).join('  \n'))
  const uses = stageReferences(doc).filter((reference) => reference.stage === stage).length
  const isLast = stage.index === doc.stages.length - 1
  if (isLast) lines.push(t('The last stage: what a build makes without `--target`.'))
  else if (uses === 0) lines.push(t('No later stage uses it.'))
  return lines.join('\n\n')
}

function labelText(written: string): string | undefined {
  const key = written.replace(/^(["'])(.*)\1$/, '$2')
  const label = labelReference(key)
  return label && `\`${key}\`\n\n${label.about()}`
}

function heredocText({ name, quoted, chomp }: Heredoc, { name: of, args }: Instruction): string {
  const lines = [t('The lines up to {0}.', markdownCode(name))]
  if (of === 'RUN' && /^<<-?\s*(?:"[^"]*"|'[^']*'|[^\s"']+)$/.test(args.text))
    lines.push(
      t('They are the script that is run, by the shell of SHELL or by the program of their `#!` line.'),
    )
  else if (quoted) lines.push(t('Quoted: variables in them are left as they are.'))
  else if (of === 'RUN') lines.push(t('Variables in them are replaced by the shell.'))
  else lines.push(t('Variables in them are replaced.'))
  if (chomp) lines.push(t('`<<-`: tabs at the start of the lines are taken away.'))
  return lines.join('\n\n')
}
