import type { ShellCommand } from './script.ts'

/** The commands that change the shell they run in, or end it. */
const builtins = new Set(
  'cd pushd popd export unset set shopt source . umask trap exec alias exit return ulimit'.split(' '),
)

/** Whether what comes behind a command would fare differently in a shell of its own. */
export const leavesState = ({ name, node }: ShellCommand): boolean =>
  builtins.has(name) || node.words.length === 0
