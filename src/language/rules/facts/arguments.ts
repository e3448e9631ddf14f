import type { TextRange } from '../../../shared/text-range.ts'
import type { ShellArgument, ShellCommand } from '../../shell/script.ts'
import type { RunCommand } from './context.ts'

/** An option of a command: `-y` gives `y`, `-qy` gives `q` and `y`, `--yes=x` gives `yes`. */
export interface Option {
  readonly name: string
  /** What follows the `=`. */
  readonly value: string | undefined
  readonly argument: ShellArgument
}

const optionCache = new WeakMap<ShellCommand, readonly Option[]>()

/** The options of a command, up to a `--`. */
export function optionsOf(command: ShellCommand): readonly Option[] {
  const known = optionCache.get(command)
  if (known) return known
  const options: Option[] = []
  for (const argument of command.args) {
    const { text } = argument
    if (text === '--') break
    if (text.startsWith('--')) {
      const equals = text.indexOf('=')
      options.push({
        name: equals < 0 ? text.slice(2) : text.slice(2, equals),
        value: equals < 0 ? undefined : text.slice(equals + 1),
        argument,
      })
    } else if (text.startsWith('-') && text.length > 1)
      for (const name of text.slice(1)) options.push({ name, value: undefined, argument })
  }
  optionCache.set(command, options)
  return options
}

/** Whether one of the options is there; a single letter also inside `-qy`. */
export function hasOption(command: ShellCommand, ...names: string[]): boolean {
  return optionsOf(command).some((option) => names.includes(option.name))
}

/** The values of options, in their order: `-r a`, `-ra`, `--requirement a`, `--requirement=a`. */
export function valuesOf({ args }: Pick<ShellCommand, 'args'>, ...names: string[]): readonly string[] {
  return args.flatMap(({ text }, index) => {
    const long = text.startsWith('--')
    const name = long ? text.slice(2).split('=')[0]! : text.startsWith('-') ? text.slice(1, 2) : ''
    if (name === '' || !names.includes(name)) return []
    const own = long ? text.slice(2 + name.length).replace(/^=/, '') : text.slice(2)
    const value = own === '' ? args[index + 1]?.text : own
    return value === undefined ? [] : [value]
  })
}

/** Whether the exact words are among the arguments (`-mod=vendor` and such). */
export function hasArgument(command: ShellCommand, ...texts: string[]): boolean {
  return command.args.some((argument) => texts.includes(argument.text))
}

/** The arguments that are no options; the value of an option in `withValue` (`t`, `target-release`) is none either. */
export function operands(
  command: Pick<ShellCommand, 'args'>,
  withValue: readonly string[] = [],
): readonly ShellArgument[] {
  const result: ShellArgument[] = []
  let skip = false
  let ended = false
  for (const argument of command.args) {
    const { text } = argument
    if (skip) {
      skip = false
      continue
    }
    if (!ended && text === '--') ended = true
    else if (!ended && text.startsWith('-') && text.length > 1) skip = takesNext(text, withValue)
    else result.push(argument)
  }
  return result
}

function takesNext(option: string, withValue: readonly string[]): boolean {
  if (option.startsWith('--')) return withValue.includes(option.slice(2))
  // `-t value`, but not `-tvalue`.
  return option.length === 2 && withValue.includes(option[1]!)
}

/** The place of an argument in the document. */
export const argumentRange = ({ run }: RunCommand, argument: ShellArgument): TextRange =>
  run.range(argument.word)

/** The place of the command's name in the document. */
export const nameRange = ({ run, command }: RunCommand): TextRange => run.range(command.node.words[0]!)

/** From the name to an argument. */
export function headRange({ run, command }: RunCommand, last: ShellArgument): TextRange {
  return run.range({ start: command.node.words[0]!.start, end: last.word.end })
}

/** The first operand, where it is one of the names: `install` of `apt-get -y install`. */
export function subcommand(command: ShellCommand, ...names: string[]): ShellArgument | undefined {
  return command.args.find((argument) => names.includes(argument.text))
}
