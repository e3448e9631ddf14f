import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

interface Fault {
  readonly number: number
  readonly cells: readonly string[]
  readonly proofs: readonly { readonly file: string; readonly title: string }[]
}

/** The rows of the table in docs/faults.md. */
const faults: readonly Fault[] = readFileSync('docs/faults.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| *\d/.test(line))
  .map((line) => {
    const cells = line.split(/(?<!\\)\|/).slice(1, -1)
    const proofs = [...(cells.at(-1) ?? '').matchAll(/`([^`]+)` “([^”]+)”/g)]
    return {
      number: Number(cells[0]),
      cells: cells.map((cell) => cell.trim()),
      proofs: proofs.map(([, file = '', title = '']) => ({ file, title })),
    }
  })

/** The literal titles of the tests in a file, as they are written. */
function titlesIn(file: string): ReadonlySet<string> {
  const text = readFileSync(file, 'utf8')
  const calls = text.matchAll(
    /\b(?:test|it)(?:\.\w+)*\((?:[^'"`]*?\)\s*\()?\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs,
  )
  const each = text.matchAll(/\)\(\s*(['"`])((?:\\.|(?!\1)[^\\\n])*)\1\s*,/g)
  return new Set([...calls, ...each].map(([, , title = '']) => title.replace(/\\(.)/g, '$1')))
}

describe('the table of faults', () => {
  test('has one row for each, sorted by number', () => {
    const numbers = faults.map(({ number }) => number)
    expect(numbers.length).toBeGreaterThan(0)
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  })

  test.each(faults.map((fault) => [fault.number, fault] as const))(
    'fault %i: each test that is named is there',
    (_, { cells, proofs }) => {
      expect(cells).toHaveLength(4)
      expect(cells.filter((cell) => cell === '')).toEqual([])
      expect(proofs.length).toBeGreaterThan(0)
      const missing = proofs.filter(({ file, title }) => !existsSync(file) || !titlesIn(file).has(title))
      expect(missing).toEqual([])
    },
  )
})
