import { walkShell } from '../../shell/commands.ts'
import type { Chain, Command, Redirect, Script, SimpleCommand, Word, WordPart } from '../../shell/syntax.ts'

/** What a script holds, in flat lists in the order of the text. */
export interface ShellNodes {
  readonly commands: readonly Command[]
  readonly simple: readonly SimpleCommand[]
  readonly redirects: readonly Redirect[]
  /** The parts of words, with whether they stand in double quotes. */
  readonly parts: readonly { readonly part: WordPart; readonly quoted: boolean }[]
  /** The lists of commands, each with its chains. */
  readonly lists: readonly (readonly Chain[])[]
}

const cache = new WeakMap<Script, ShellNodes>()

export function shellNodes(script: Script): ShellNodes {
  const known = cache.get(script)
  if (known) return known
  const commands: Command[] = []
  const simple: SimpleCommand[] = []
  const redirects: Redirect[] = []
  const parts: { part: WordPart; quoted: boolean }[] = []
  const lists: (readonly Chain[])[] = []
  walkShell(script, {
    command: (command) => commands.push(command),
    simple: (command) => simple.push(command),
    redirect: (redirect) => redirects.push(redirect),
    part: (part, quoted) => parts.push({ part, quoted }),
    script: ({ chains }) => lists.push(chains),
  })
  const nodes = { commands, simple, redirects, parts, lists }
  cache.set(script, nodes)
  return nodes
}

/** The words that a shell splits where something in them is not quoted: arguments and targets of redirections. */
export function splitWords(nodes: ShellNodes): readonly Word[] {
  const words: Word[] = []
  for (const command of nodes.simple) for (const word of command.words) words.push(word)
  for (const redirect of nodes.redirects)
    if (!redirect.heredoc && redirect.operator !== '<<<') words.push(redirect.target)
  return words
}
