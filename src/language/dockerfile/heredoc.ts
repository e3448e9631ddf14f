import { isSpace } from './characters.ts'
import { parseTemplate, splitWords, type Part } from './template.ts'

/** A word of an instruction that opens a heredoc; places are those of the logical text. */
export interface HeredocOpening {
  readonly name: string
  readonly quoted: boolean
  readonly chomp: boolean
  readonly fd: number
  readonly at: number
  readonly end: number
  readonly nameAt: number
}

export interface HeredocOpenings {
  readonly openings: readonly HeredocOpening[]
  /** A word `<<"EOF` whose quote does not close, at which BuildKit stops. */
  readonly faultAt: number | undefined
}

const none: HeredocOpenings = { openings: [], faultAt: undefined }

/**
 * Finds the heredocs that a line opens. BuildKit splits the whole line, from the keyword on, into words with a backslash as the escape
 * character; a line that it cannot split (an open quote, a `${` that does not close) has none.
 */
export function findHeredocs(line: string, to: number): HeredocOpenings {
  const first = line.indexOf('<<')
  if (first < 0 || first >= to) return none
  const { parts, faults } = parseTemplate(line, 0, to, { escape: '\\', quotes: true })
  // An unset variable with an unknown modifier after a colon is left as it is here.
  if (faults.some((fault) => !(fault.code === 'unsupportedModifier' && fault.subject.startsWith(':'))))
    return none
  const openings: HeredocOpening[] = []
  for (const { at, end } of heredocWords(parts)) {
    const opening = openingAt(line, at, end)
    if (opening === 'fault') return { openings, faultAt: at }
    if (opening !== undefined) openings.push(opening)
  }
  return { openings, faultAt: undefined }
}

/** The words of a line, where the space after a `<<` belongs to the word. */
function heredocWords(parts: readonly Part[]): { at: number; end: number }[] {
  const words: { at: number; end: number }[] = []
  let open: { at: number; end: number } | undefined
  const add = (at: number, end: number): void => {
    if (open === undefined) words.push((open = { at, end }))
    else open.end = end
  }
  for (const part of parts) {
    if (part.kind !== 'text' || part.escaped) {
      add(part.at, part.end)
      continue
    }
    const { raw } = part
    for (let at = 0; at < raw.length; at++) {
      if (isSpace(raw[at]!)) open = undefined
      else if (raw[at] === '<' && raw[at + 1] === '<') {
        let end = at + 2
        while (end < raw.length && isSpace(raw[end]!)) end++
        add(part.at + at, part.at + end)
        at = end - 1
      } else add(part.at + at, part.at + at + 1)
    }
  }
  return words
}

function openingAt(line: string, at: number, end: number): HeredocOpening | 'fault' | undefined {
  const word = line.slice(at, end)
  const match = /^(\d*)<<(-?)/.exec(word)
  const rest = word.slice(match?.[0].length).trimStart()
  if (match === null || rest === '' || rest.includes('<')) return undefined
  const { parts, faults } = parseTemplate(rest, 0, rest.length, { escape: '\\', quotes: true })
  if (faults.length > 0) return 'fault'
  const words = splitWords(parts)
  const name = words[0]
  if (name === undefined || words.length > 1) return undefined
  const text = name.parts.map(nameOf).join('')
  if (text === '') return undefined
  return {
    name: text,
    quoted: name.parts.some((part) => part.kind === 'quote'),
    chomp: match[2] === '-',
    fd: Math.min(Number(match[1] ?? '0'), Number.MAX_SAFE_INTEGER),
    at,
    end,
    nameAt: end - rest.length,
  }
}

/** Variables in the name stay as they are written. */
function nameOf(part: Part): string {
  if (part.kind === 'text') return part.value
  if (part.kind === 'quote') return part.parts.map(nameOf).join('')
  return part.word === undefined
    ? part.braced
      ? `\${${part.name}}`
      : `$${part.name}`
    : `\${${part.name}${part.modifier}}`
}
