import type { TextRange } from '../../../../src/shared/text-range.ts'
import type { DockerfileDoc, Instruction } from '../../../../src/language/dockerfile/model.ts'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'

/** A Dockerfile as one line an instruction, in a notation that a test can hold beside the text. */
export function dump(text: string): string[] {
  const doc = parseDockerfile(text)
  return doc.instructions.map((instruction) => dumpInstruction(doc, instruction))
}

function dumpInstruction(doc: DockerfileDoc, instruction: Instruction): string {
  const slice = (range: TextRange): string => JSON.stringify(doc.text.slice(range.start, range.end))
  const { name, flags, words, pairs, json, command, heredocs, variables, trigger } = instruction
  const parts = [name]
  for (const flag of flags)
    parts.push(flag.value === undefined ? `--${flag.name}` : `--${flag.name}=${flag.value}`)
  if (json !== undefined) parts.push(`json:${json.state}`)
  if (pairs.length > 0)
    for (const { key, value, separator } of pairs) parts.push(`{${key}${separator}${value ?? ''}}`)
  else for (const word of words) parts.push(`[${word.text}]`)
  if (command?.form === 'shell') parts.push(`sh(${command.text})`)
  if (trigger === undefined)
    for (const { name: word, quoted, chomp, fd, body, end } of heredocs)
      parts.push(
        `<<${chomp ? '-' : ''}${quoted ? `'${word}'` : word}${fd > 0 ? `#${fd}` : ''}=${slice(body)}${end ? '' : '…'}`,
      )
  for (const variable of variables)
    parts.push(
      `${variable.by === 'shell' ? 'sh:' : ''}$${variable.name}${variable.modifier ?? ''}${variable.word ?? ''}`,
    )
  if (trigger !== undefined) parts.push('→', dumpInstruction(doc, trigger))
  return parts.join(' ')
}
