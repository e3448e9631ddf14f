import type { Command, Redirect, Script, SimpleCommand, Word, WordPart } from './syntax.ts'

/** What `walkShell` calls on the way down, in the order of the text. */
export interface ShellVisitor {
  readonly command?: (command: Command) => void
  readonly simple?: (command: SimpleCommand) => void
  readonly word?: (word: Word) => void
  /** `quoted`: inside double quotes. */
  readonly part?: (part: WordPart, quoted: boolean) => void
  readonly redirect?: (redirect: Redirect) => void
  readonly script?: (script: Script) => void
}

/** Visits every command, word and part, also those inside substitutions. */
export function walkShell(script: Script, visitor: ShellVisitor): void {
  visitor.script?.(script)
  for (const chain of script.chains)
    for (const pipeline of chain.pipelines)
      for (const command of pipeline.commands) walkCommand(command, visitor)
}

function walkCommand(command: Command, visitor: ShellVisitor): void {
  visitor.command?.(command)
  switch (command.kind) {
    case 'simple':
      visitor.simple?.(command)
      for (const assignment of command.assignments) walkWord(assignment.value, visitor)
      for (const word of command.words) walkWord(word, visitor)
      break
    case 'subshell':
    case 'group':
    case 'function':
      walkShell(command.body, visitor)
      break
    case 'if':
      for (const branch of command.branches) {
        walkShell(branch.condition, visitor)
        walkShell(branch.body, visitor)
      }
      if (command.otherwise) walkShell(command.otherwise, visitor)
      break
    case 'while':
    case 'until':
      walkShell(command.condition, visitor)
      walkShell(command.body, visitor)
      break
    case 'for':
    case 'select':
      for (const word of command.words ?? []) walkWord(word, visitor)
      walkShell(command.body, visitor)
      break
    case 'case':
      walkWord(command.word, visitor)
      for (const item of command.items) {
        for (const pattern of item.patterns) walkWord(pattern, visitor)
        walkShell(item.body, visitor)
      }
      break
    case 'test':
    case 'arithmetic':
      for (const word of command.words) walkWord(word, visitor)
  }
  for (const redirect of command.redirects) {
    visitor.redirect?.(redirect)
    if (!redirect.heredoc) walkWord(redirect.target, visitor)
  }
}

function walkWord(word: Word, visitor: ShellVisitor): void {
  visitor.word?.(word)
  for (const part of word.parts) walkPart(part, visitor, false)
}

function walkPart(part: WordPart, visitor: ShellVisitor, quoted: boolean): void {
  visitor.part?.(part, quoted)
  switch (part.kind) {
    case 'literal':
      return
    case 'double':
      for (const inner of part.parts) walkPart(inner, visitor, true)
      return
    case 'arithmetic':
      // Nothing is split in there: as good as quoted.
      for (const inner of part.parts) walkPart(inner, visitor, true)
      return
    case 'parameter':
      for (const inner of part.word?.parts ?? []) walkPart(inner, visitor, quoted)
      return
    case 'command':
    case 'process':
      walkShell(part.script, visitor)
      return
    case 'array':
      for (const inner of part.words) walkWord(inner, visitor)
  }
}

/** Every simple command of the script in the order of the text, also those in compounds and substitutions. */
export function simpleCommands(script: Script): SimpleCommand[] {
  const found: SimpleCommand[] = []
  walkShell(script, { simple: (command) => found.push(command) })
  return found
}

/** The word as the command receives it, or undefined where that is known only at run time. */
export function staticText(word: Word): string | undefined {
  let text = ''
  for (const part of word.parts) {
    const value = staticPart(part)
    if (value === undefined) return undefined
    text += value
  }
  return text
}

function staticPart(part: WordPart): string | undefined {
  if (part.kind === 'literal') return part.value
  if (part.kind !== 'double') return undefined
  let text = ''
  for (const inner of part.parts) {
    if (inner.kind !== 'literal') return undefined
    text += inner.value
  }
  return text
}

/** The word with its quotes resolved and each expansion written as `${NAME}` (a command as `$()`). */
export function roughText(word: Word): string {
  return word.parts.map(roughPart).join('')
}

function roughPart(part: WordPart): string {
  switch (part.kind) {
    case 'literal':
      return part.value
    case 'double':
      return part.parts.map(roughPart).join('')
    case 'parameter':
      return `\${${part.name}}`
    case 'command':
    case 'process':
      return '$()'
    case 'arithmetic':
      return '$(())'
    case 'array':
      return `(${part.words.map(roughText).join(' ')})`
  }
}
