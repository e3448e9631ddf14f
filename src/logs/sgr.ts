/** 0–15 are the theme's colours, 16–255 the fixed palette; three numbers are red, green and blue. */
export type Color = number | readonly [red: number, green: number, blue: number]

export interface Style {
  readonly fg?: Color
  readonly bg?: Color
  readonly bold?: true
  readonly dim?: true
  readonly italic?: true
  readonly underline?: true
  readonly inverse?: true
  readonly strike?: true
}

/** A parameter of an SGR sequence; with its parts where colons divide it. */
export type SgrCode = number | readonly number[]

export const plainStyle: Style = {}

type MutableStyle = { -readonly [K in keyof Style]: Style[K] }

export function applySgr(style: Style, codes: readonly SgrCode[]): Style {
  const next: MutableStyle = { ...style }
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at]!
    if (typeof code !== 'number') {
      const color = colonColor(code)
      if (color !== undefined && code[0] === 38) next.fg = color
      else if (color !== undefined && code[0] === 48) next.bg = color
      else if (code[0] === 4) setFlag(next, 'underline', code[1] !== 0)
    } else if (code === 38 || code === 48 || code === 58) {
      const [color, used] = semicolonColor(codes, at + 1)
      at += used
      // The colour of an underline is read over.
      if (color !== undefined && code !== 58) next[code === 38 ? 'fg' : 'bg'] = color
    } else applyCode(next, code)
  }
  return Object.keys(next).length === 0 ? plainStyle : next
}

type Flag = Exclude<keyof Style, 'fg' | 'bg'>

function setFlag(style: MutableStyle, flag: Flag, on: boolean): void {
  if (on) style[flag] = true
  else delete style[flag]
}

const on: Readonly<Record<number, Flag>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
  21: 'underline',
}
const off: Readonly<Record<number, readonly Flag[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
}

function applyCode(style: MutableStyle, code: number): void {
  const flag = on[code]
  if (code === 0) for (const key of Object.keys(style) as (keyof Style)[]) delete style[key]
  else if (flag !== undefined) style[flag] = true
  else if (off[code] !== undefined) for (const gone of off[code]) delete style[gone]
  else if (code >= 30 && code <= 37) style.fg = code - 30
  else if (code >= 90 && code <= 97) style.fg = code - 82
  else if (code === 39) delete style.fg
  else if (code >= 40 && code <= 47) style.bg = code - 40
  else if (code >= 100 && code <= 107) style.bg = code - 92
  else if (code === 49) delete style.bg
}

const isByte = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 255

/** `38;5;n` and `38;2;r;g;b`: the color and how many parameters it took. */
function semicolonColor(codes: readonly SgrCode[], at: number): readonly [Color | undefined, number] {
  if (codes[at] === 5) {
    const index = codes[at + 1]
    return [isByte(index) ? index : undefined, 2]
  }
  if (codes[at] !== 2) return [undefined, codes[at] === undefined ? 0 : 1]
  const [red, green, blue] = codes.slice(at + 1, at + 4)
  return [isByte(red) && isByte(green) && isByte(blue) ? [red, green, blue] : undefined, 4]
}

/** `38:5:n`, `38:2:r:g:b` and `38:2::r:g:b`. */
function colonColor(parts: readonly number[]): Color | undefined {
  if (parts[1] === 5) return isByte(parts[2]) ? parts[2] : undefined
  if (parts[1] !== 2) return undefined
  const [red, green, blue] = parts.slice(parts.length >= 6 ? 3 : 2)
  return isByte(red) && isByte(green) && isByte(blue) ? [red, green, blue] : undefined
}
