import type { TextRange } from '../../../shared/text-range.ts'
import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import {
  documentOffset,
  documentRange,
  type ShellCommand,
  type ShellScript,
  shellScriptOf,
} from '../../shell/script.ts'
import { type ExecScript, execScriptOf } from '../../shell/exec-script.ts'
import type { Span } from '../../shell/syntax.ts'
import { defaultHadolintConfig, type HadolintConfig } from '../hadolint-config.ts'
import { type Shell, shellsOf } from './shells.ts'

/** What `.dockerignore` leaves out of the build context. */
export interface IgnoreFile {
  /** Whether a path, relative to the context and with `/`, is left out. */
  readonly excludes: (path: string) => boolean
  /** Whether a line with `!` may bring back something below a path that is left out. */
  readonly bringsBackBelow: (path: string) => boolean
}

/** A RUN whose script can be read: shell form, in a shell of the Bourne family, or exec form. */
export interface Run {
  readonly instruction: Instruction
  readonly script: ShellScript
  readonly shell: Shell
  /** The place of a part of the script in the document. */
  readonly range: (span: Span) => TextRange
  /** The place in the document just behind a part of the script. */
  readonly after: (span: Span) => number
  /** Those with a name, in the order of the text. */
  readonly commands: readonly RunCommand[]
}

/** A RUN whose command is a JSON array. */
export interface ExecRun extends Run {
  readonly script: ExecScript
}

/** A command inside a RUN. */
export interface RunCommand {
  readonly run: Run
  readonly command: ShellCommand
}

/** What the rules know beside the document; each fact is found once, when the first rule asks. */
export interface DockerfileContext {
  readonly config: HadolintConfig
  readonly ignoreFile: IgnoreFile | undefined
  /** The platform of an image on the user's engine, `linux/amd64`; undefined where it is not there. */
  readonly imagePlatform: (name: string) => string | undefined
  /** All instructions, each ONBUILD followed by what it carries. */
  readonly all: readonly Instruction[]
  /** Those of `all` with one of the names, in the order of the text. */
  readonly named: (...names: string[]) => readonly Instruction[]
  readonly shellAt: (instruction: Instruction) => Shell
  /** Those that a shell reads as they stand. */
  readonly runs: readonly Run[]
  /** Those in exec form. */
  readonly execRuns: readonly ExecRun[]
  /** The run that an instruction is. */
  readonly runOf: (instruction: Instruction) => Run | undefined
  /** The commands of all runs with one of the names, in the order of the text. */
  readonly commands: (...names: string[]) => readonly RunCommand[]
}

export interface ContextOptions {
  readonly config?: Partial<HadolintConfig>
  readonly ignoreFile?: IgnoreFile
  /** Platforms of the images on the user's engine by `name:tag`. */
  readonly images?: ReadonlyMap<string, string>
}

export function contextOf(doc: DockerfileDoc, options: ContextOptions = {}): DockerfileContext {
  const all = once(() => doc.instructions.flatMap((i) => (i.trigger ? [i, i.trigger] : [i])))
  const byName = once(() => groupBy(all(), (instruction) => instruction.name))
  const shells = once(() => shellsOf(doc))
  const shellAt = (instruction: Instruction): Shell => shells()[instruction.index]!
  const runs = once(() => runsOf(doc, byName().get('RUN') ?? [], shellAt))
  const execRuns = once(() => execRunsOf(byName().get('RUN') ?? [], shellAt))
  const every = once((): readonly Run[] =>
    execRuns().length === 0
      ? runs()
      : [...runs(), ...execRuns()].sort((a, b) => a.instruction.range.start - b.instruction.range.start),
  )
  const byInstruction = once(() => new Map(every().map((run) => [run.instruction, run])))
  const byCommand = once(() =>
    groupBy(
      every().flatMap((run) => run.commands),
      ({ command }) => command.name,
    ),
  )
  return {
    config: { ...defaultHadolintConfig, ...options.config },
    ignoreFile: options.ignoreFile,
    imagePlatform: (name) => options.images?.get(name) ?? options.images?.get(`${name}:latest`),
    get all() {
      return all()
    },
    named: picker(byName, (a, b) => a.range.start - b.range.start),
    shellAt,
    get runs() {
      return runs()
    },
    get execRuns() {
      return execRuns()
    },
    runOf: (instruction) => byInstruction().get(instruction),
    commands: picker(byCommand, inOrder),
  }
}

function inOrder(a: RunCommand, b: RunCommand): number {
  return (
    a.run.instruction.range.start - b.run.instruction.range.start ||
    a.command.node.start - b.command.node.start
  )
}

function runsOf(
  doc: DockerfileDoc,
  instructions: readonly Instruction[],
  shellAt: (instruction: Instruction) => Shell,
): Run[] {
  const runs: Run[] = []
  for (const instruction of instructions) {
    const shell = shellAt(instruction)
    if (!shell.posix) continue
    const script = shellScriptOf(doc, instruction)
    if (!script || (script.shebang !== undefined && !/\b(ba|da|a|k|z)?sh\b/.test(script.shebang))) continue
    runs.push(runWith(instruction, script, shell))
  }
  return runs
}

function execRunsOf(
  instructions: readonly Instruction[],
  shellAt: (instruction: Instruction) => Shell,
): ExecRun[] {
  return instructions.flatMap((instruction) => {
    const script = execScriptOf(instruction)
    return script ? [runWith(instruction, script, shellAt(instruction))] : []
  })
}

/** Of the last look at each script: it is the same object in all versions of a text in which it stays as it is. */
const knownRuns = new WeakMap<ShellScript, Run>()

function runWith<S extends ShellScript>(
  instruction: Instruction,
  script: S,
  shell: Shell,
): Run & { readonly script: S } {
  const known = knownRuns.get(script)
  if (known?.instruction === instruction && known.shell === shell)
    return known as Run & { readonly script: S }
  const commands: RunCommand[] = []
  const run = {
    instruction,
    script,
    shell,
    range: (span: Span) => documentRange(script, span),
    after: (span: Span) => documentOffset(script.pieces, span.end, true),
    commands,
  }
  for (const command of script.commands) commands.push({ run, command })
  knownRuns.set(script, run)
  return run
}

function once<T>(make: () => T): () => T {
  let value: { readonly made: T } | undefined
  return () => (value ??= { made: make() }).made
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = key(item)
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  return groups
}

/** Looks names up in groups; the answer to each question is kept, since many rules ask the same. */
function picker<T>(
  groups: () => Map<string, T[]>,
  order: (a: T, b: T) => number,
): (...names: string[]) => readonly T[] {
  const answers = new Map<string, readonly T[]>()
  return (...names) => {
    const [name] = names
    if (names.length === 1) return groups().get(name!) ?? []
    const question = names.join(' ')
    let answer = answers.get(question)
    if (!answer) {
      answer = names.flatMap((each) => groups().get(each) ?? []).sort(order)
      answers.set(question, answer)
    }
    return answer
  }
}
