/** What stands between the name of a variable and the rest in its braces. */
export type Operator = ':-' | '-' | ':+' | '+' | ':?' | '?'

/** A use of a variable in a text. Offsets are in that text. */
export interface VariableUse {
  readonly name: string
  /** The whole of it, from `$` to `}`. */
  readonly start: number
  readonly end: number
  readonly nameStart: number
  readonly operator?: Operator
  /** What stands behind the operator: a default, a replacement or a message. */
  readonly argument?: string
}

export interface TemplateFault {
  readonly kind: 'invalid' | 'required'
  readonly start: number
  readonly end: number
  /** The variable that is missing a value. */
  readonly name?: string
  /** What the text says about it. */
  readonly reason?: string
}

export interface Substituted {
  readonly value: string
  readonly uses: readonly VariableUse[]
  /** Names that have no value and no default: the engine warns and takes an empty text. */
  readonly unset: readonly VariableUse[]
  readonly faults: readonly TemplateFault[]
  /** True where the values were too long to be put in: the text is not what the engine makes of it. */
  readonly cut: boolean
}

/** How many characters the values of variables may still put into texts. */
export interface Room {
  left: number
}

/** As many as a file may have: values made of values double with each line. */
export function freshRoom(): Room {
  return { left: 1_000_000 }
}

/** The value of a variable; undefined where it is not set. */
export type Lookup = (name: string) => string | undefined

const name = /[_a-z][_a-z0-9]*/iy

/** Defaults within defaults beyond this depth are refused; nobody writes them, and each level is read once more. */
const nestingLimit = 50

/**
 * Replaces the variables of a text as the engine does, with all its quirks: a default reaches to its brace but not
 * over the end of a line, defaults are worked out even where they are not needed, `$$` is `$`, `$1` stays `$1`.
 */
export function substitute(text: string, find: Lookup, room: Room = freshRoom()): Substituted {
  if (!text.includes('$')) return { value: text, uses: [], unset: [], faults: [], cut: false }
  const uses: VariableUse[] = []
  const unset: VariableUse[] = []
  const faults: TemplateFault[] = []
  let cut = false
  const value = run(text, 0, 0)
  return { value, uses, unset, faults, cut }

  function lookup(name: string): string | undefined {
    const found = find(name)
    if (found === undefined) return undefined
    room.left -= found.length
    if (room.left >= 0) return found
    cut = true
    return ''
  }

  function run(template: string, base: number, depth: number): string {
    const parts: string[] = []
    let offset = 0
    // The last closing brace before the end of the line that ends at `lineEnd`.
    let lineEnd = -1
    let lastBrace = -1
    for (;;) {
      const dollar = template.indexOf('$', offset)
      if (dollar < 0 || dollar === template.length - 1) break
      parts.push(template.slice(offset, dollar))
      const next = template[dollar + 1]
      if (next === '$') {
        parts.push('$')
        offset = dollar + 2
        continue
      }
      if (next !== '{') {
        const plain = matchName(template, dollar + 1)
        if (plain === '') {
          parts.push('$')
          offset = dollar + 1
          continue
        }
        offset = dollar + 1 + plain.length
        parts.push(
          plainValue({ name: plain, start: base + dollar, end: base + offset, nameStart: base + dollar + 1 }),
        )
        continue
      }
      const variable = matchName(template, dollar + 2)
      const behind = dollar + 2 + variable.length
      if (variable !== '' && template[behind] === '}') {
        offset = behind + 1
        parts.push(
          plainValue({
            name: variable,
            start: base + dollar,
            end: base + offset,
            nameStart: base + dollar + 2,
          }),
        )
        continue
      }
      if (lineEnd < behind) {
        lineEnd = template.indexOf('\n', behind)
        if (lineEnd < 0) lineEnd = template.length
        const brace = template.slice(behind, lineEnd).lastIndexOf('}')
        lastBrace = brace < 0 ? -1 : behind + brace
      }
      const operator = /^:?[-+?]/.exec(template.slice(behind, behind + 2))?.[0] as Operator | undefined
      const argumentStart = behind + (operator?.length ?? 0)
      if (variable === '' || operator === undefined || lastBrace < argumentStart || depth >= nestingLimit) {
        faults.push({ kind: 'invalid', start: base + dollar, end: base + invalidEnd(template, dollar) })
        offset = dollar + 2
        continue
      }
      const closing = closingBrace(template, dollar, lastBrace)
      const end = closing < argumentStart ? lastBrace : closing
      const argument = template.slice(argumentStart, end)
      offset = end + 1
      const use = {
        name: variable,
        start: base + dollar,
        end: base + offset,
        nameStart: base + dollar + 2,
        operator,
        argument,
      }
      uses.push(use)
      parts.push(apply(use, operator, run(argument, base + argumentStart, depth + 1)))
    }
    parts.push(template.slice(offset))
    return parts.join('')
  }

  function plainValue(use: VariableUse): string {
    uses.push(use)
    const found = lookup(use.name)
    if (found === undefined) unset.push(use)
    return found ?? ''
  }

  function apply(use: VariableUse, operator: Operator, argument: string): string {
    const found = lookup(use.name)
    switch (operator) {
      case ':-':
        return found === undefined || found === '' ? argument : found
      case '-':
        return found ?? argument
      case ':+':
        return found !== undefined && found !== '' ? argument : (found ?? '')
      case '+':
        return found === undefined ? '' : argument
      case ':?':
      case '?':
        if (found !== undefined && (operator === '?' || found !== '')) return found
        faults.push({ kind: 'required', start: use.start, end: use.end, name: use.name, reason: argument })
        return ''
    }
  }
}

function matchName(template: string, offset: number): string {
  name.lastIndex = offset
  return name.exec(template)?.[0] ?? ''
}

/** The brace that closes the one behind `dollar`. As in the engine, what follows an opening brace is not looked at. */
function closingBrace(template: string, dollar: number, last: number): number {
  let open = 0
  for (let offset = dollar; offset <= last; offset++) {
    const character = template[offset]
    if (character === '}') {
      open--
      if (open === 0) return offset
    } else if (character === '{') {
      open++
      offset++
    }
  }
  return -1
}

function invalidEnd(template: string, dollar: number): number {
  const rest = /^\$\{[^}\s]*\}?/.exec(template.slice(dollar, dollar + 200))
  return dollar + (rest?.[0].length ?? 2)
}
