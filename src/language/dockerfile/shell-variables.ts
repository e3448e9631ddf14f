import { isSpace } from './characters.ts'

/** A reference in a shell script; places are those of the text. */
export interface ShellVariable {
  readonly name: string
  readonly at: number
  readonly end: number
  readonly nameAt: number
  readonly braced: boolean
  /** The modifier and its word, where it has one. */
  readonly modifier: string | undefined
  readonly wordAt: number
  readonly wordEnd: number
}

type Frame = '"' | '${' | '$(' | '(' | '`'

/** Deeper nesting is not followed. */
const deepest = 200

/**
 * The variables that a POSIX shell replaces in a script: none between single quotes, in comments, or after a backslash.
 * `plain` is for the body of a heredoc, where quotes and comments mean nothing. One pass, whatever the text.
 */
export function shellVariables(text: string, from: number, to: number, plain = false): ShellVariable[] {
  const found: ShellVariable[] = []
  const frames: Frame[] = []
  const open: { index: number; depth: number }[] = []
  let at = from
  const top = (): Frame | undefined => frames.at(-1)
  const push = (frame: Frame): void => {
    if (frames.length < deepest) frames.push(frame)
  }
  while (at < to) {
    const character = text[at]!
    const frame = top()
    const quoted = frame === '"' || (plain && frame === undefined)
    if (character === '\\') {
      at += 2
      continue
    }
    if (character === "'" && !quoted && !(frame === '${' && frames.includes('"'))) {
      const close = text.indexOf("'", at + 1)
      at = close < 0 || close >= to ? to : close + 1
      continue
    }
    if (character === '"' && !(plain && frame === undefined)) {
      if (frame === '"') frames.pop()
      else push('"')
      at++
      continue
    }
    if (character === '#' && !quoted && frame !== '${' && startsWord(text, at, from)) {
      const line = text.indexOf('\n', at)
      at = line < 0 || line >= to ? to : line
      continue
    }
    if (character === '`') {
      if (frame === '`') frames.pop()
      else push('`')
      at++
      continue
    }
    if (character === '(' && !quoted && frame !== '${') push('(')
    else if (character === ')' && (frame === '$(' || frame === '(')) frames.pop()
    else if (character === '}' && frame === '${') {
      const last = open.at(-1)
      if (last?.depth === frames.length) {
        open.pop()
        found[last.index] = { ...found[last.index]!, end: at + 1, wordEnd: at }
      }
      frames.pop()
    } else if (character === '$') {
      if (text[at + 1] === '(') {
        push('$(')
        at += 2
        continue
      }
      const variable = variableAt(text, at, to)
      if (variable !== undefined) {
        found.push(variable)
        at = variable.end
        if (variable.modifier !== undefined && frames.length < deepest) {
          frames.push('${')
          open.push({ index: found.length - 1, depth: frames.length })
        }
        continue
      }
      if (text[at + 1] === "'" && !quoted) {
        at = ansiEnd(text, at + 2, to)
        continue
      }
    }
    at++
  }
  // A substitution that does not close reaches to the end.
  for (const { index } of open) found[index] = { ...found[index]!, end: to, wordEnd: to }
  return found
}

function startsWord(text: string, at: number, from: number): boolean {
  return at === from || isSpace(text[at - 1]!) || ';&|('.includes(text[at - 1]!)
}

function ansiEnd(text: string, from: number, to: number): number {
  let at = from
  while (at < to && text[at] !== "'") at += text[at] === '\\' ? 2 : 1
  return Math.min(at + 1, to)
}

const name = /[A-Za-z_][A-Za-z0-9_]*/y
const modifier = /:[-=+?]|##?|%%?|\/\/?|[-=+?:@^,[]/y

function variableAt(text: string, at: number, to: number): ShellVariable | undefined {
  const braced = text[at + 1] === '{'
  let nameAt = at + (braced ? 2 : 1)
  // `${#name}` is the length, `${!name}` an indirection; both use the variable.
  if (braced && (text[nameAt] === '#' || text[nameAt] === '!')) nameAt++
  name.lastIndex = nameAt
  const read = name.exec(text)?.[0]
  if (read === undefined || nameAt + read.length > to) return undefined
  const end = nameAt + read.length
  const variable = { name: read, at, nameAt, braced, modifier: undefined, wordAt: end, wordEnd: end }
  if (!braced) return { ...variable, end }
  if (text[end] === '}') return { ...variable, end: end + 1 }
  modifier.lastIndex = end
  const sign = end < to ? modifier.exec(text)?.[0] : undefined
  if (sign === undefined) return { ...variable, end }
  return {
    ...variable,
    end: end + sign.length,
    modifier: sign,
    wordAt: end + sign.length,
    wordEnd: end + sign.length,
  }
}
