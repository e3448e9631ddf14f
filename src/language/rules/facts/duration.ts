const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

export type Duration = { readonly milliseconds: number } | { readonly fault: 'form' | 'unit' | 'missingUnit' }

/** Reads `1h30m` as Go does. */
export function parseDuration(text: string): Duration {
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  let rest = text.slice(sign.length)
  if (rest === '0') return { milliseconds: 0 }
  if (rest === '' || rest.length > 200) return { fault: 'form' }
  let milliseconds = 0
  while (rest !== '') {
    const match = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest)
    if (!match) return { fault: 'form' }
    if (match[2] === '') return { fault: 'missingUnit' }
    const unit = units[match[2]!]
    if (unit === undefined) return { fault: 'unit' }
    milliseconds += Number(match[1]) * unit
    rest = rest.slice(match[0].length)
  }
  return { milliseconds: sign === '-' ? -milliseconds : milliseconds }
}
