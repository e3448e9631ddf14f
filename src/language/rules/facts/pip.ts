import type { DockerfileContext, RunCommand } from './context.ts'
import { operands } from './arguments.ts'
import type { Install } from './installs.ts'

const valueOptions = [
  'r', 'requirement', 'c', 'constraint', 'e', 'editable', 't', 'target', 'i', 'index-url', 'extra-index-url', 'f',
  'find-links', 'platform', 'python-version', 'implementation', 'abi', 'root', 'prefix', 'b', 'build', 'src', 'd',
  'upgrade-strategy', 'install-option', 'global-option', 'config-settings', 'C', 'progress-bar', 'no-binary', 'only-binary',
  'trusted-host', 'cert', 'client-cert', 'cache-dir', 'log', 'proxy', 'retries', 'timeout', 'exists-action', 'report', 'group',
] // prettier-ignore

const names = [
  'pip',
  'pip2',
  'pip3',
  'pip3.8',
  'pip3.9',
  'pip3.10',
  'pip3.11',
  'pip3.12',
  'pip3.13',
  'pip3.14',
]
const pythons = [
  'python',
  'python2',
  'python3',
  'python3.8',
  'python3.9',
  'python3.10',
  'python3.11',
  'python3.12',
  'python3.13',
  'python3.14',
]

/** `pip install …` and `python -m pip install …`. */
export function pipInstalls(context: DockerfileContext): Install[] {
  const installs: Install[] = []
  for (const entry of context.commands(...names, ...pythons)) {
    const command = pipOf(entry)
    const verb = command?.command.args.find(({ text }) => !text.startsWith('-'))
    if (!command || verb?.text !== 'install') continue
    const packages = operands(command.command, valueOptions).filter((argument) => argument !== verb)
    installs.push({ ...command, verb, packages })
  }
  return installs
}

/** The call of pip inside `python -m pip …`, as if it stood alone. */
function pipOf(entry: RunCommand): RunCommand | undefined {
  const { command, run } = entry
  if (names.includes(command.name)) return entry
  const at = command.args.findIndex(({ text }) => text === '-m')
  const module = command.args[at + 1]
  if (at < 0 || module?.text !== 'pip') return undefined
  const words = command.node.words.slice(at + 2)
  return { run, command: { node: { ...command.node, words }, name: 'pip', args: command.args.slice(at + 2) } }
}
