import type { IgnoreDoc, IgnoreLine } from '../../shared/dockerignore/parse.ts'

export interface DeadLine {
  readonly line: IgnoreLine
  /** `covered`: an earlier line already leaves all of it out. `nothingToBringBack`: no line above leaves anything of it out. */
  readonly why: 'covered' | 'nothingToBringBack'
  /** The earlier line. */
  readonly by?: IgnoreLine
}

/** More lines than this are not compared with one another. */
const most = 2_000

/** The lines that change nothing, whatever files there are. */
export function deadLines({ lines }: IgnoreDoc): DeadLine[] {
  const dead: DeadLine[] = []
  if (lines.length > most) return dead
  /** Lines without an exception behind them. */
  let excluding: IgnoreLine[] = []
  let onlyLiterals = true
  const literals: string[] = []
  for (const line of lines) {
    if (line.compiled === undefined) continue
    const { pattern, compiled } = line
    if (line.exception) {
      const needless = onlyLiterals && compiled.literal && !literals.some((each) => overlaps(each, pattern))
      if (needless) dead.push({ line, why: 'nothingToBringBack' })
      else excluding = []
      continue
    }
    const by = excluding.find((earlier) => covers(earlier, line))
    if (by !== undefined) dead.push({ line, why: 'covered', by })
    excluding.push(line)
    if (compiled.literal) literals.push(pattern)
    else onlyLiterals = false
  }
  return dead
}

function covers(earlier: IgnoreLine, later: IgnoreLine): boolean {
  if (earlier.pattern === later.pattern) return true
  if (!later.compiled!.literal)
    return later.pattern.startsWith(`${earlier.pattern}/`) && earlier.compiled!.literal
  const parts = later.pattern.split('/')
  return parts.some((_, index) => earlier.compiled!.matches(parts.slice(0, index + 1).join('/')))
}

const overlaps = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)
