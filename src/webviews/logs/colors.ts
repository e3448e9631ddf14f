import type { PageRow } from '../../logs/messages.ts'

type Style = NonNullable<PageRow['parts'][number]['style']>
type Color = NonNullable<Style['fg']>

const names = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White']

/** The theme's terminal colours for the first sixteen, xterm's palette for the rest. */
export function cssColor(color: Color): string {
  if (typeof color !== 'number') return `rgb(${color[0]} ${color[1]} ${color[2]})`
  if (color < 8) return `var(--vscode-terminal-ansi${names[color]!})`
  if (color < 16) return `var(--vscode-terminal-ansiBright${names[color - 8]!})`
  if (color >= 232) {
    const grey = 8 + (color - 232) * 10
    return `rgb(${grey} ${grey} ${grey})`
  }
  const cube = color - 16
  const part = (value: number): number => (value === 0 ? 0 : 55 + value * 40)
  return `rgb(${part(Math.floor(cube / 36))} ${part(Math.floor(cube / 6) % 6)} ${part(cube % 6)})`
}

/** Set by the style object: the page's policy allows no style attributes. */
export function styleOf(target: HTMLElement, style: Style): void {
  const fg = style.fg === undefined ? undefined : cssColor(style.fg)
  const bg = style.bg === undefined ? undefined : cssColor(style.bg)
  if (style.inverse === true) {
    target.style.color = bg ?? 'var(--background)'
    target.style.backgroundColor = fg ?? 'var(--foreground)'
  } else {
    if (fg !== undefined) target.style.color = fg
    if (bg !== undefined) target.style.backgroundColor = bg
  }
  if (style.bold === true) target.style.fontWeight = 'bold'
  if (style.dim === true) target.style.opacity = '0.7'
  if (style.italic === true) target.style.fontStyle = 'italic'
  const lines = [style.underline === true ? 'underline' : '', style.strike === true ? 'line-through' : '']
  const decoration = lines.filter((line) => line !== '').join(' ')
  if (decoration !== '') target.style.textDecoration = decoration
}
