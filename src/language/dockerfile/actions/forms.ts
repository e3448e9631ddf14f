import { t } from '../../../shared/l10n.ts'
import type { CodeAction } from '../../answers.ts'
import { staticText } from '../../shell/commands.ts'
import { shellScriptOf } from '../../shell/script.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'

const takesBoth = ['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']

/** The shell form as a JSON array, where a shell does no more than split words. */
export function execForm(doc: DockerfileDoc, instruction: Instruction): CodeAction | undefined {
  const { name, command, comments, heredocs } = instruction
  if (!takesBoth.includes(name) || command?.form !== 'shell' || comments.length > 0 || heredocs.length > 0)
    return undefined
  const words = plainWords(doc, instruction)
  if (words === undefined) return undefined
  const newText = `[${words.map((word) => JSON.stringify(word)).join(', ')}]`
  return {
    title: t('Write as a JSON array (exec form)'),
    kind: 'refactor.rewrite',
    edits: [{ range: command.range, newText }],
  }
}

/** What only a shell has. */
const builtins = new Set(
  '. : [ alias cd command eval exec exit export read set shift source test trap type ulimit umask unset wait'.split(
    ' ',
  ),
)

function plainWords(doc: DockerfileDoc, instruction: Instruction): string[] | undefined {
  const script = shellScriptOf(doc, instruction)
  const [chain, ...more] = script?.script.chains ?? []
  const [pipeline, ...others] = chain?.pipelines ?? []
  const [command, ...piped] = pipeline?.commands ?? []
  if (script === undefined || script.problems.length > 0 || more.length + others.length + piped.length > 0)
    return undefined
  if (command?.kind !== 'simple' || command.assignments.length > 0 || command.redirects.length > 0)
    return undefined
  if (chain?.terminator === '&' || pipeline?.negated === true) return undefined
  const words: string[] = []
  for (const word of command.words) {
    const text = staticText(word)
    const pattern = word.parts.some(
      (part) => part.kind === 'literal' && part.quote === 'none' && /[*?[\]{}~]/.test(part.value),
    )
    if (text === undefined || pattern) return undefined
    words.push(text)
  }
  return words[0] === undefined || builtins.has(words[0]) ? undefined : words
}

/** The JSON array as words for the shell. */
export function shellForm(doc: DockerfileDoc, { name, command }: Instruction): CodeAction | undefined {
  if (!takesBoth.includes(name) || command?.form !== 'exec' || command.items.length === 0) return undefined
  const items = command.items.map(({ text }) => text)
  if (items.some((item) => /[\n\r\0]/.test(item))) return undefined
  const script = isShell(items) ? items[2]! : items.map(quoteWord).join(' ')
  // An array again, an empty line, or a line that goes on would be read as something else.
  if (/^\s*(?:\[|--|$)/.test(script) || script.endsWith(doc.escape) || script.includes('<<')) return undefined
  return {
    title: t('Write as a command for the shell (shell form)'),
    kind: 'refactor.rewrite',
    edits: [{ range: command.range, newText: script }],
  }
}

const isShell = (items: readonly string[]): boolean =>
  items.length === 3 && /^(?:\/bin\/)?sh$/.test(items[0]!) && items[1] === '-c'

function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
