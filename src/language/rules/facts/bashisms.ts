import { staticText } from '../../shell/commands.ts'
import type { Redirect, Script, SimpleCommand, Span, WordPart } from '../../shell/syntax.ts'
import { shellNodes } from './shell-nodes.ts'

export interface Bashism {
  readonly span: Span
  /** In code: `` `[[` ``. */
  readonly what: string
}

/** What of bash is in a script; busybox knows more of it than dash does. */
export function findBashisms(script: Script, busybox: boolean): Bashism[] {
  const nodes = shellNodes(script)
  const found: Bashism[] = []
  const add = (span: Span, what: string): void => void found.push({ span, what: `\`${what}\`` })
  for (const command of nodes.commands) {
    if (command.kind === 'test' && !busybox) add(command, '[[ … ]]')
    if (command.kind === 'arithmetic') add(command, '(( … ))')
    if (command.kind === 'select') add({ start: command.start, end: command.start + 6 }, 'select')
    if (command.kind === 'for' && command.variable === '')
      add({ start: command.start, end: command.start + 3 }, 'for ((…))')
    if (command.kind === 'simple') simpleBashisms(command, busybox, add)
  }
  for (const redirect of nodes.redirects) redirectBashism(redirect, busybox, add)
  for (const { part, quoted } of nodes.parts) partBashism(part, quoted, busybox, add)
  return found.sort((a, b) => a.span.start - b.span.start)
}

type Add = (span: Span, what: string) => void

function simpleBashisms({ words, assignments }: SimpleCommand, busybox: boolean, add: Add): void {
  for (const assignment of assignments) {
    if (assignment.value.parts[0]?.kind === 'array') add(assignment, 'name=(…)')
    else if (assignment.append) add(assignment, 'name+=…')
  }
  const [first] = words
  const name = first ? staticText(first) : undefined
  if (!first || name === undefined) return
  if (
    (name === 'source' && !busybox) ||
    ['pushd', 'popd', 'shopt', 'declare', 'mapfile', 'readarray'].includes(name)
  )
    add(first, name)
  if (name === '[' || name === 'test')
    for (const word of words)
      if (!busybox && staticText(word) === '==' && word.parts[0]?.kind === 'literal') add(word, '==')
  if (name === 'set' && !busybox) {
    const option = words.find((word) => staticText(word) === 'pipefail')
    if (option) add(option, 'set -o pipefail')
  }
}

function redirectBashism(redirect: Redirect, busybox: boolean, add: Add): void {
  if (redirect.operator === '&>' || redirect.operator === '&>>') {
    if (!busybox) add(redirect, redirect.operator)
  } else if (redirect.operator === '<<<') add(redirect, '<<<')
  else if (redirect.operator === '>&' && !/^(\d+|-)$/.test(staticText(redirect.target) ?? '1'))
    add(redirect, '>& file')
}

function partBashism(part: WordPart, quoted: boolean, busybox: boolean, add: Add): void {
  if (part.kind === 'process') add(part, '<(…)')
  if (part.kind === 'literal' && part.quote === 'ansi' && !busybox) add(part, "$'…'")
  if (
    part.kind === 'literal' &&
    part.quote === 'none' &&
    !quoted &&
    /\{(\d+\.\.\d+|[a-z]\.\.[a-z])\}/.test(part.value)
  )
    add(part, '{1..9}')
  if (part.kind !== 'parameter') return
  const { name, operator, subscript, word } = part
  if (subscript !== '') add(part, '${name[…]}')
  else if (/^[\^,]/.test(operator)) add(part, `\${name${operator}}`)
  else if (/^\//.test(operator) && !busybox) add(part, '${name/…/…}')
  else if (operator === ':' && !busybox && word) add(part, '${name:0:1}')
  else if (name === 'RANDOM' && !busybox) add(part, '$RANDOM')
}
