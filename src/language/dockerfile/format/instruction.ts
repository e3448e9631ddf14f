import type { TextEdit, TextRange } from '../../../shared/text-range.ts'
import type { FormatSettings } from '../../settings.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'

/** The case of keywords, one space between words, and the spaces of JSON arrays. */
export function instructionEdits(
  doc: DockerfileDoc,
  instruction: Instruction,
  settings: FormatSettings,
): TextEdit[] {
  if (!instruction.known) return []
  const edits = caseEdits(instruction, settings)
  const pieces = piecesOf(instruction)
  for (let index = 1; index < pieces.length; index++) {
    const start = pieces[index - 1]!.end
    const end = pieces[index]!.start
    const between = doc.text.slice(start, end)
    if (between !== ' ' && /^[ \t]+$/.test(between)) edits.push({ range: { start, end }, newText: ' ' })
  }
  edits.push(...jsonEdits(doc, instruction.trigger ?? instruction))
  return edits
}

function caseEdits(instruction: Instruction, { keywordCase }: FormatSettings): TextEdit[] {
  if (keywordCase === 'keep') return []
  const edits: TextEdit[] = []
  const set = (range: TextRange, written: string): void => {
    const newText = keywordCase === 'upper' ? written.toUpperCase() : written.toLowerCase()
    // A keyword that is continued on the next line is left alone.
    if (newText !== written && range.end - range.start === written.length) edits.push({ range, newText })
  }
  set(instruction.keywordRange, instruction.keyword)
  const { trigger, words } = instruction
  if (trigger?.known === true) set(trigger.keywordRange, trigger.keyword)
  const as = words[1]
  if (instruction.name === 'FROM' && as?.text.toLowerCase() === 'as') set(as.range, as.text)
  return edits
}

/** What is separated by white space that means nothing; it is kept as it is. */
function piecesOf(instruction: Instruction): TextRange[] {
  const { name, keywordRange, flags, words, pairs, command, args, json, trigger } = instruction
  const pieces = [keywordRange, ...flags.map(({ range }) => range)]
  if (trigger !== undefined) return [...pieces, ...(trigger.known ? piecesOf(trigger) : [trigger.range])]
  if (args.text === '') return pieces
  const [first] = pairs
  if (json?.state === 'valid' && name !== 'HEALTHCHECK') pieces.push(json.range)
  else if (name === 'HEALTHCHECK')
    pieces.push(...words.map(({ range }) => range), ...(command ? [command.range] : []))
  else if (command !== undefined) pieces.push(command.range)
  else if (first?.separator === ' ' && first.valueRange !== undefined)
    pieces.push(first.keyRange, first.valueRange)
  else if (['USER', 'WORKDIR', 'STOPSIGNAL', 'MAINTAINER'].includes(name)) pieces.push(args.range)
  else pieces.push(...words.map(({ range }) => range))
  return pieces
}

/** `[ "a","b" ]` becomes `["a", "b"]`, on one line. */
function jsonEdits({ text }: DockerfileDoc, { json }: Instruction): TextEdit[] {
  if (json?.state !== 'valid') return []
  const { range, items } = json
  const source = text.slice(range.start, range.end)
  if (/[\r\n]/.test(source)) return []
  const written = `[${items.map((item) => text.slice(item.range.start, item.range.end)).join(', ')}]`
  return written === source ? [] : [{ range, newText: written }]
}
