import { commandLine, splitWords } from '../shell-words.ts'
import { flagNamed, flagOfLetter, flags, type Flag } from './flags.ts'
import { belowFolder, expandWith, type ShellValues } from './shell-values.ts'

/** What `docker run` (or `create`) was told: values by flag name, lists in their order. */
export interface RunSpec {
  readonly flags: ReadonlyMap<string, string | readonly string[]>
  readonly image: string
  readonly command: readonly string[]
}

export interface RunProblem {
  readonly code: 'unclosedQuote' | 'notDockerRun' | 'unknownFlag' | 'missingValue' | 'badValue' | 'noImage'
  /** The flag or word it is about. */
  readonly subject: string
}

export type RunResult =
  | {
      readonly spec: RunSpec
      /** Variables and commands that a shell would replace and nobody here can: `$TOKEN`. */
      readonly unexpanded: readonly string[]
    }
  | { readonly problem: RunProblem }

const prefixes = [['run'], ['create'], ['container', 'run'], ['container', 'create']]
const programs = new Set(['docker', 'podman', 'nerdctl', 'docker.exe'])

/** Reads a line such as `$ sudo docker run -it --rm -p 8080:80 nginx`, by the rules of the CLI's own flag parser (pflag). */
export function parseRunLine(line: string, values: ShellValues = {}): RunResult {
  const unexpanded = new Set<string>()
  const split = splitWords(withoutPrompt(line), {
    expand: expandWith(values, (text) => unexpanded.add(text)),
    windows: ofWindows.test(line) && !/\\\r?\n/.test(line),
  })
  if ('problem' in split)
    return { problem: { code: split.problem, subject: line.slice(split.at, split.at + 20) } }
  const rest = withoutProgram(split.words)
  if (rest === undefined) return { problem: { code: 'notDockerRun', subject: split.words[0] ?? '' } }
  const result = parseRunWords(rest)
  if ('problem' in result) return result
  return { spec: portable(result.spec, values.folder), unexpanded: [...unexpanded] }
}

/** Written for PowerShell or cmd: its prompt, its way to continue a line, its variables, an unquoted path with a drive. */
const ofWindows =
  /^\s*PS\s|^\s*[a-z]:\\[^>\n]*>|[`^]\r?\n|\$env:|%[a-z]\w*%|[\s=][a-z]:\\\w|\$(?:pwd|\{pwd\})\\\w/i

/** Takes away the prompt of a shell, of Windows or of a README before the line. */
const withoutPrompt = (line: string): string =>
  line.replace(/^\s*(?:PS\s+)?(?:[a-z]:\\[^>\n]*|[\w.-]+@[^$#\n]*|~)?[$#>%\u276f]\s*(?=(?:sudo\s+)?\w)/i, '')

/** Several lines that an input box has put together: what continued a line stands alone now, and means nothing. */
export const withoutContinuations = (line: string): string => line.replace(/\s[\\^`]\s+(?=\S)/g, ' ')

/** Bind mounts from below the folder are named from there: the line and a compose file then fit another machine too. */
function portable(spec: RunSpec, folder: string | undefined): RunSpec {
  const flags = new Map(spec.flags)
  for (const [flag, named] of [
    ['volume', (entry: string) => belowFolder(entry, folder)],
    [
      'mount',
      (entry: string) =>
        entry.replace(
          /(^|,)(src|source)=([^,]*)/,
          (_, before: string, key: string, path: string) => `${before}${key}=${belowFolder(path, folder)}`,
        ),
    ],
  ] as const) {
    const entries = flags.get(flag)
    if (typeof entries === 'object') flags.set(flag, entries.map(named))
  }
  return { ...spec, flags }
}

function withoutProgram(words: readonly string[]): readonly string[] | undefined {
  let at = 0
  while (words[at] === 'sudo' || /^\w+=/.test(words[at] ?? '')) at++
  const program = (words[at] ?? '').split(/[\\/]/).pop() ?? ''
  if (!programs.has(program)) return undefined
  at++
  // Global flags such as `--context NAME` come before the command and say nothing about the container.
  while (/^-/.test(words[at] ?? ''))
    at += /^(--context|-c|--host|-H|--config|-l|--log-level)$/.test(words[at]!) ? 2 : 1
  for (const prefix of prefixes)
    if (prefix.every((word, i) => words[at + i] === word)) return words.slice(at + prefix.length)
  return undefined
}

/** Reads what comes after `docker run`. */
export function parseRunWords(
  words: readonly string[],
): { readonly spec: RunSpec } | { readonly problem: RunProblem } {
  const found = new Map<string, string | string[]>()
  let at = 0
  const failed = (code: RunProblem['code'], subject: string): { readonly problem: RunProblem } => ({
    problem: { code, subject },
  })
  const set = (flag: Flag, value: string): boolean => {
    if (!fits(flag, value)) return false
    const before = found.get(flag.name)
    if (flag.kind === 'list') found.set(flag.name, [...(Array.isArray(before) ? before : []), value])
    else found.set(flag.name, flag.kind === 'boolean' ? String(/^(1|t|true)$/i.test(value)) : value)
    return true
  }
  for (; at < words.length; at++) {
    const word = words[at]!
    if (word === '--') {
      at++
      break
    }
    if (!word.startsWith('-') || word === '-') break
    if (word.startsWith('--')) {
      const [name = '', ...values] = word.slice(2).split('=')
      const flag = flagNamed(name)
      if (flag === undefined) return failed('unknownFlag', `--${name}`)
      const value = values.length > 0 ? values.join('=') : flag.kind === 'boolean' ? 'true' : words[++at]
      if (value === undefined) return failed('missingValue', `--${name}`)
      if (!set(flag, value)) return failed('badValue', `--${name} ${value}`)
      continue
    }
    // Letters may be joined, and the value of the last may follow at once: `-itd`, `-p80:80`, `-e=A=1`.
    for (let i = 1; i < word.length; i++) {
      const flag = flagOfLetter(word[i]!)
      if (flag === undefined) return failed('unknownFlag', `-${word[i]!}`)
      const joined = word.slice(i + 1)
      if (flag.kind === 'boolean' && !joined.startsWith('=')) {
        set(flag, 'true')
        continue
      }
      const value = joined === '' ? words[++at] : joined.replace(/^=/, '')
      if (value === undefined) return failed('missingValue', `-${word[i]!}`)
      if (!set(flag, value)) return failed('badValue', `-${word[i]!} ${value}`)
      break
    }
  }
  const image = words[at]
  if (image === undefined || image === '') return failed('noImage', '')
  return { spec: { flags: found, image, command: words.slice(at + 1) } }
}

const patterns: Readonly<Record<Flag['kind'], RegExp>> = {
  boolean: /^(1|0|t|f|true|false)$/i,
  string: /^/,
  list: /^/,
  integer: /^-?\d+$/,
  decimal: /^\d*\.?\d+$/,
  bytes: /^(-1|\d+(\.\d+)?\s?(b|[kmgtp](i?b)?)?)$/i,
  duration: /^(0|(\d+(\.\d+)?(ns|us|\u00b5s|ms|s|m|h))+)$/,
}

/** Whether the CLI would take this value for the flag. */
export const fits = (flag: Flag, value: string): boolean => patterns[flag.kind].test(value)

/** The words of the line that says the same, without what is so anyway. `parseRunWords` reads back the same spec. */
export function runWords(spec: RunSpec): string[] {
  const words: string[] = []
  for (const flag of flags) {
    const value = spec.flags.get(flag.name)
    if (value === undefined || value === (flag.standard ?? (flag.kind === 'boolean' ? 'false' : undefined)))
      continue
    if (flag.kind === 'boolean') words.push(value === 'true' ? `--${flag.name}` : `--${flag.name}=false`)
    else for (const entry of typeof value === 'string' ? [value] : value) words.push(...pair(flag, entry))
  }
  // A command that begins with a dash would be no flag here: all after the image belongs to it.
  return [...words, ...(spec.image.startsWith('-') ? ['--'] : []), spec.image, ...spec.command]
}

function pair({ name, short }: Flag, value: string): string[] {
  const spelled = short !== undefined && usualShort.has(short) ? `-${short}` : `--${name}`
  return value.startsWith('-') ? [`--${name}=${value}`] : [spelled, value]
}

// The letters that everybody knows; the rest is clearer when spelled out.
const usualShort = new Set(['p', 'v', 'e', 'w', 'u', 'm'])

/** `docker run …` on one line, or on several with a flag on each. */
export function printRunLine(spec: RunSpec, verb: 'run' | 'create' = 'run'): string {
  return commandLine(['docker', verb, ...joinLetters(runWords(spec), spec)])
}

/** `-d -i -t` are written as people write them: `-dit`. */
function joinLetters(words: readonly string[], spec: RunSpec): readonly string[] {
  const letters = (['detach', 'interactive', 'tty'] as const).filter(
    (name) => spec.flags.get(name) === 'true',
  )
  if (letters.length === 0) return words
  const rest = words.slice(letters.length)
  return [`-${letters.map((name) => name[0]).join('')}`, ...rest]
}
