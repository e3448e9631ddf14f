import type { Expansion } from '../shell-words.ts'

/** What a shell in the folder of the workspace would put in place of the expressions that pasted lines use. */
export interface ShellValues {
  /** For `$PWD`, `$(pwd)`, `%cd%` and their like. */
  readonly folder?: string
  readonly home?: string
  readonly user?: string
  readonly uid?: string
  readonly gid?: string
}

/** A variable or the output of a command as bash, PowerShell and cmd write it. */
const expression =
  /^(?:\$\{(?<braced>[\w:]+)\}|\$\((?<command>[^()]*)\)|`(?<quoted>[^`\n]+)`|\$(?<name>(?:env:)?[a-z_]\w*)|%(?<percent>[a-z_]\w*)%)/i

const commands: Readonly<Record<string, keyof ShellValues>> = {
  pwd: 'folder',
  'get-location': 'folder',
  'id -u': 'uid',
  'id -g': 'gid',
  'id -un': 'user',
  whoami: 'user',
}
const variables: Readonly<Record<string, keyof ShellValues>> = {
  pwd: 'folder',
  cd: 'folder',
  home: 'home',
  'env:home': 'home',
  userprofile: 'home',
  'env:userprofile': 'home',
  user: 'user',
  'env:username': 'user',
  username: 'user',
  uid: 'uid',
  gid: 'gid',
}

/** Replaces the expressions that `values` know; the others stay as they are written and are told to `unknown`. */
export const expandWith =
  (values: ShellValues, unknown: (text: string) => void): Expansion =>
  (rest, atWordStart) => {
    if (rest.startsWith('~')) {
      const tilde = atWordStart && /^~(?=[/\\:\s]|$)/.test(rest) ? values.home : undefined
      return tilde === undefined ? undefined : { text: tilde, length: 1 }
    }
    const match = expression.exec(rest)
    if (match?.groups === undefined) return undefined
    const { braced, command, quoted, name, percent } = match.groups
    const output = command ?? quoted
    const key =
      output === undefined
        ? variables[(braced ?? name ?? percent ?? '').toLowerCase()]
        : commands[output.trim().toLowerCase()]
    const value = key === undefined ? undefined : values[key]
    // `%…%` is an expression for cmd alone: what is no known one is text.
    if (value === undefined) {
      if (percent === undefined) unknown(match[0])
      return { text: match[0], length: match[0].length }
    }
    return { text: value, length: match[0].length }
  }

/** Paths below the folder as one writes them: `./src`. */
export function belowFolder(path: string, folder: string | undefined): string {
  if (folder === undefined || folder === '.' || !path.startsWith(folder)) return path
  const rest = path.slice(folder.length)
  return rest === '' || /^[/\\:]/.test(rest) ? `.${rest}` : path
}
