export { bytes } from '../shared/bytes.ts'

/** A size as `docker run --memory` takes it: `512m`, `1.5g`, `1024`; powers of 1024. Undefined when it is none. */
export function parseBytes(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?\s*$/i.exec(text)
  if (match === null) return undefined
  const power = ' kmgt'.indexOf((match[2] ?? '').toLowerCase() || ' ')
  return Math.round(Number(match[1]) * 1024 ** power)
}

/** A size as the docker CLI reads it back exactly: the largest unit without a remainder. */
export function sizeFlag(count: number): string {
  const units = ['', 'k', 'm', 'g', 't']
  let value = count
  let unit = 0
  while (value >= 1024 && value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value}${units[unit]!}`
}
