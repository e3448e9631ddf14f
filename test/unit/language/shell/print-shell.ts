import type { Command, Script, Word, WordPart } from '../../../../src/language/shell/syntax.ts'

/** The tree as an S-expression: what tests compare and what one prints to look at a script. */
export function printShell(script: Script): string {
  return script.chains
    .map((chain) => {
      const pipelines = chain.pipelines.map((pipeline) => {
        const commands = pipeline.commands.map(printCommand)
        const text = commands.length > 1 ? `(pipe ${commands.join(' ')})` : (commands[0] ?? '')
        return pipeline.negated ? `(not ${text})` : text
      })
      const joined = pipelines.map((text, index) =>
        index === 0 ? text : `${chain.joins[index - 1]} ${text}`,
      )
      return joined.length > 1 ? `(${joined.join(' ')})` : (joined[0] ?? '')
    })
    .map((text, index) => (script.chains[index]!.terminator === '&' ? `(background ${text})` : text))
    .join(' ; ')
}

function printCommand(command: Command): string {
  const redirects = command.redirects
    .map((r) => ` ${r.descriptor}${r.operator}${printWord(r.target)}`)
    .join('')
  switch (command.kind) {
    case 'simple': {
      const assignments = command.assignments.map(
        (a) => `${a.name}${a.append ? '+' : ''}=${printWord(a.value)}`,
      )
      return `[${[...assignments, ...command.words.map(printWord)].join(' ')}${redirects}]`
    }
    case 'subshell':
    case 'group':
      return `(${command.kind} ${printShell(command.body)}${redirects})`
    case 'function':
      return `(function ${command.name} ${printShell(command.body)})`
    case 'if': {
      const branches = command.branches.map((b) => `(${printShell(b.condition)} ? ${printShell(b.body)})`)
      const otherwise = command.otherwise ? ` (else ${printShell(command.otherwise)})` : ''
      return `(if ${branches.join(' ')}${otherwise}${redirects})`
    }
    case 'while':
    case 'until':
      return `(${command.kind} ${printShell(command.condition)} do ${printShell(command.body)}${redirects})`
    case 'for':
    case 'select': {
      const words = command.words ? ` in ${command.words.map(printWord).join(' ')}` : ''
      return `(${command.kind} ${command.variable}${words} do ${printShell(command.body)}${redirects})`
    }
    case 'case': {
      const items = command.items.map((i) => `(${i.patterns.map(printWord).join('|')} ${printShell(i.body)})`)
      return `(case ${printWord(command.word)} ${items.join(' ')}${redirects})`
    }
    case 'test':
    case 'arithmetic':
      return `(${command.kind} ${command.words.map(printWord).join(' ')}${redirects})`
  }
}

export function printWord(word: Word): string {
  return word.parts.length === 0 ? "''" : word.parts.map(printPart).join('')
}

function printPart(part: WordPart): string {
  switch (part.kind) {
    case 'literal':
      return part.quote === 'single' ? `'${part.value}'` : part.value
    case 'double':
      return `"${part.parts.map(printPart).join('')}"`
    case 'parameter': {
      const word = part.word ? printWord(part.word) : ''
      return `\${${part.length ? '#' : ''}${part.name}${part.subscript}${part.operator}${word}}`
    }
    case 'command':
      return `$(${printShell(part.script)})`
    case 'process':
      return `<(${printShell(part.script)})`
    case 'arithmetic':
      return `$((${part.parts.map(printPart).join('')}))`
    case 'array':
      return `(${part.words.map(printWord).join(' ')})`
  }
}
