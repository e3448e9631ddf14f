import type { DockerfileDoc } from '../dockerfile/model.ts'
import type { ShellCheckRequest } from '../host.ts'
import type { Run } from './facts/context.ts'
import { type Family, familyOf } from './facts/distribution.ts'

/** What to ask ShellCheck about a RUN, and how the script it gets lies over the script of the RUN. */
export interface ShellCheckQuestion {
  readonly request: ShellCheckRequest
  readonly run: Run
  /** Lines that were put into the script: where they stand, and how long they are. */
  readonly preamble: { readonly at: number; readonly length: number }
}

/** Longer scripts are not checked. */
const longestScript = 100_000

/** A question for each RUN with shell code, `most` at most; variables that ARG and ENV set are known to the script. */
export function shellCheckQuestions(
  doc: DockerfileDoc,
  runs: readonly Run[],
  most = Infinity,
): ShellCheckQuestion[] {
  const variables = variablesBefore(doc)
  const questions: ShellCheckQuestion[] = []
  for (const run of runs) {
    if (questions.length === most) break
    const dialect = dialectOf(run, familyOf(doc, run.instruction))
    if (dialect === undefined || run.script.text.length > longestScript) continue
    const text = withoutReturns(run.script.text)
    const lines: string[] = []
    if (!isBody(run) && run.shell.words.some((word) => /^-[a-z]*e/.test(word))) lines.push('set -e\n')
    const names = variables.get(run.instruction.index) ?? []
    if (names.length > 0) lines.push(`export ${names.map((name) => `${name}=1`).join(' ')}\n`)
    const preamble = lines.join('')
    // Behind a shebang and the comments below it, which speak of the whole script.
    const at = isBody(run) ? /^(?:[ \t]*(?:#[^\n]*)?\n)*/.exec(text)![0].length : 0
    questions.push({
      request: { script: text.slice(0, at) + preamble + text.slice(at), ...dialect },
      run,
      preamble: { at, length: preamble.length },
    })
  }
  return questions
}

type Dialect = Pick<ShellCheckRequest, 'shell' | 'exclude'>

/** Codes that say nothing about a script inside a RUN: the shell is known, and files to source are not there. */
const excluded: readonly string[] = ['SC2187', 'SC1090', 'SC1091', 'SC2148']

/** Of what ShellCheck misses in a POSIX shell, what the one of busybox knows. */
const knownToBusybox: readonly string[] = [
  'SC3001',
  'SC3003',
  'SC3010',
  'SC3014',
  'SC3020',
  'SC3040',
  'SC3043',
  'SC3046',
  'SC3051',
  'SC3057',
  'SC3060',
]

const shells: Readonly<Record<string, Dialect>> = {
  sh: { shell: 'sh', exclude: excluded },
  bash: { shell: 'bash', exclude: excluded },
  dash: { shell: 'dash', exclude: excluded },
  ash: { shell: 'dash', exclude: [...excluded, ...knownToBusybox] },
  busybox: { shell: 'dash', exclude: [...excluded, ...knownToBusybox] },
  ksh: { shell: 'ksh', exclude: excluded },
  mksh: { shell: 'ksh', exclude: excluded },
}

/** What `sh` is in an image. */
const standardShells: Readonly<Record<Family, string>> = {
  alpine: 'ash',
  debian: 'dash',
  redhat: 'bash',
  suse: 'bash',
  unknown: 'sh',
}

/** Undefined for a shell that ShellCheck does not know. */
function dialectOf(run: Run, family: Family): Dialect | undefined {
  const { shebang, text } = run.script
  const named =
    /^(?:[ \t]*#[^\n]*\n)*?[ \t]*#[ \t]*shellcheck[ \t](?:[^\n]*[ \t])?shell=(\w+)/.exec(text)?.[1] ??
    (shebang === undefined ? run.shell.name : shellOfShebang(shebang))
  const name = named === 'sh' ? standardShells[family] : named
  return Object.hasOwn(shells, name) ? shells[name] : undefined
}

/** `bash` of `/usr/bin/env -S bash -e`. */
function shellOfShebang(shebang: string): string {
  const [program = '', ...words] = shebang.split(/\s+/)
  const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
  return base(program) === 'env'
    ? base(words.find((word) => !word.startsWith('-') && !word.includes('=')) ?? '')
    : base(program)
}

/** The script is the body of a heredoc, a file of its own. */
const isBody = ({ script }: Run): boolean => script.shebang !== undefined || script.text.startsWith('#')

/** Lines end with LF alone; all else stays where it is in its line, but for the backslash at the end of one. */
const withoutReturns = (text: string): string =>
  text.includes('\r') ? text.replaceAll('\\\r\n', ' \\\n').replaceAll('\r\n', ' \n') : text

const proxies = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'FTP_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'ftp_proxy',
  'no_proxy',
]

/** The names that ARG and ENV set above each RUN of its stage and those it builds on. */
function variablesBefore(doc: DockerfileDoc): Map<number, readonly string[]> {
  const before = new Map<number, readonly string[]>()
  const atEnd: (readonly string[])[] = []
  for (const stage of doc.stages) {
    let names: readonly string[] =
      stage.baseStage === undefined ? proxies : (atEnd[stage.baseStage] ?? proxies)
    for (const { name, pairs, index } of stage.instructions) {
      if (name === 'RUN' || name === 'ONBUILD') before.set(index, names)
      if (name !== 'ARG' && name !== 'ENV') continue
      const fresh = pairs
        .map(({ key }) => key)
        .filter((key) => /^[A-Za-z_]\w*$/.test(key) && !names.includes(key))
      if (fresh.length > 0 && names.length < 500) names = [...names, ...fresh]
    }
    atEnd[stage.index] = names
  }
  return before
}
