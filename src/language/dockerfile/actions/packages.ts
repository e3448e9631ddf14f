import { t } from '../../../shared/l10n.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import type { CodeAction } from '../../answers.ts'
import { documentRange, shellScriptOf, type ShellArgument, type ShellCommand } from '../../shell/script.ts'
import { lineStartBefore } from '../lines.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'

/** Managers and the words after which packages follow. */
const managers: Readonly<Record<string, readonly string[]>> = {
  'apt-get': ['install'],
  apt: ['install'],
  apk: ['add'],
  yum: ['install'],
  dnf: ['install'],
  microdnf: ['install'],
  zypper: ['install', 'in'],
  pip: ['install'],
  pip3: ['install'],
}

/** The packages of install commands in the order of the alphabet, one on each line. */
export function sortPackages(doc: DockerfileDoc, instruction: Instruction): CodeAction | undefined {
  if (instruction.name !== 'RUN' || instruction.heredocs.length > 0) return undefined
  const script = shellScriptOf(doc, instruction)
  if (script === undefined || script.problems.length > 0) return undefined
  const edits = script.commands.flatMap((command) => {
    const packages = packagesOf(command)
    const [first] = packages
    const last = packages.at(-1)
    if (first === undefined || last === undefined || packages.length < 2) return []
    const range = documentRange(script, { start: first.word.start, end: last.word.end })
    const newText = sorted(
      doc,
      range,
      packages.map(({ word }) => textOf(doc, documentRange(script, word))),
    )
    return newText === undefined || newText === doc.text.slice(range.start, range.end)
      ? []
      : [{ range, newText }]
  })
  return edits.length === 0
    ? undefined
    : { title: t('Sort the packages, one on each line'), kind: 'refactor.rewrite', edits }
}

/** The packages of a command that stand together at its end: no options between or behind them. */
function packagesOf({ name, args }: ShellCommand): readonly ShellArgument[] {
  const verbs = Object.hasOwn(managers, name) ? managers[name]! : []
  const verb = args.findIndex(({ text }) => verbs.includes(text))
  if (verb < 0) return []
  let first = args.length
  while (first > verb + 1 && isPackage(args[first - 1]!)) first--
  const before = args[first - 1]
  // The value of an option (`-t edge`, `-r file`) looks like a package.
  return before !== undefined && /^--?[a-z]/.test(before.text) && takesValue(before.text)
    ? args.slice(first + 1)
    : args.slice(first)
}

const isPackage = ({ text, known }: ShellArgument): boolean =>
  known && /^[\w@][\w.+:@/=~^<>[\],-]*$/.test(text)

const takesValue = (option: string): boolean =>
  /^(?:-t|-r|-c|-i|-f|-o|--(?:virtual|target-release|requirement|constraint|index-url|repository))$/.test(
    option,
  )

function textOf({ text }: DockerfileDoc, range: TextRange): string {
  return text.slice(range.start, range.end)
}

function sorted(doc: DockerfileDoc, range: TextRange, packages: readonly string[]): string | undefined {
  const between = textOf(doc, range)
  // Comments say something of the package next to them.
  if (/^\s*#/m.test(between) || packages.some((name) => /[\r\n]/.test(name))) return undefined
  const indent = /\n([ \t]+)\S/.exec(between)?.[1] ?? '    '
  const eol = doc.text.includes('\r\n') ? '\r\n' : '\n'
  const order = [...new Set(packages)].sort((a, b) => (a < b ? -1 : 1))
  const start = lineStartBefore(doc.text, range.start)
  const aloneOnLine = doc.text.slice(start, range.start).trim() === ''
  const list = order.join(` ${doc.escape}${eol}${indent}`)
  return aloneOnLine ? list : `${doc.escape}${eol}${indent}${list}`
}
