import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import { baseImage } from './stages.ts'

/** The shell that runs the shell forms of an instruction. */
export interface Shell {
  /** The first word of SHELL without its folder and `.exe`: `sh`, `bash`, `powershell`, `cmd`. */
  readonly name: string
  /** All words of SHELL; those of the default shell where none is set. */
  readonly words: readonly string[]
  /** Set by a SHELL instruction in this stage or one it builds on. */
  readonly explicit: boolean
  /** Whether the scripts are in a language of the Bourne family. */
  readonly posix: boolean
}

const linuxShell: Shell = { name: 'sh', words: ['/bin/sh', '-c'], explicit: false, posix: true }
const windowsShell: Shell = { name: 'cmd', words: ['cmd', '/S', '/C'], explicit: false, posix: false }

const posixShells = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'mksh', 'zsh', 'busybox', 'oksh', 'bats'])

/** The names of base images whose containers run Windows. */
export const windowsImage =
  /(^|\/)(windows|nanoserver|servercore|windowsservercore)([/:@]|$)|windowsservercore|nanoserver/i

/** The shell in effect at each top-level instruction, by its index. */
export function shellsOf(doc: DockerfileDoc): readonly Shell[] {
  const shells: Shell[] = []
  const atEnd: Shell[] = []
  let outside = linuxShell
  for (const instruction of doc.preamble) {
    outside = fromPragma(instruction) ?? fromInstruction(instruction) ?? outside
    shells[instruction.index] = outside
  }
  for (const stage of doc.stages) {
    const inherited = stage.baseStage === undefined ? undefined : atEnd[stage.baseStage]
    let shell = inherited ?? (windowsImage.test(baseImage(doc, stage)) ? windowsShell : linuxShell)
    for (const instruction of stage.instructions) {
      shell = fromPragma(instruction) ?? fromInstruction(instruction) ?? shell
      shells[instruction.index] = shell
    }
    atEnd[stage.index] = shell
  }
  return shells
}

function fromInstruction(instruction: Instruction): Shell | undefined {
  if (instruction.name !== 'SHELL' || instruction.json?.state !== 'valid') return undefined
  const words = instruction.json.items.map((item) => item.text)
  return words[0] === undefined ? undefined : shellOf(words)
}

function shellOf(words: readonly string[]): Shell {
  const file = words[0]!.replace(/^.*[\\/]/, '').toLowerCase()
  const name = file.replace(/\.exe$/, '')
  return { name, words, explicit: true, posix: posixShells.has(name) }
}

/** `# hadolint shell=bash` above an instruction: for images whose shell is another one. */
function fromPragma(instruction: Instruction): Shell | undefined {
  const { commentsAbove } = instruction
  for (let index = commentsAbove.length - 1; index >= 0; index--) {
    const match = /^hadolint\s+shell\s*=\s*(\S+)/.exec(commentsAbove[index]!.text)
    if (match) return shellOf([match[1]!])
  }
  return undefined
}
