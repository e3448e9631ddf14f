/** One benchmark; `npm run bench -- NAME` runs it alone. */
export interface Bench {
  readonly name: string
  /** Prints figures and ratios, one a line. */
  run(print: (line: string) => void): Promise<void>
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`
