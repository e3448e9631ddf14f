import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { composeRules } from '../../../../src/language/rules/compose/index.ts'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { composeCases, randomFrom } from '../../../support/compose-cases.ts'
import { composeDoc } from './compose-doc.ts'

const rules = composeRules.filter(({ id }) => id.endsWith('-order'))

function ordered(text: string): string {
  let result = text
  for (const rule of rules) {
    const edits = [...rule.check(composeDoc(result), undefined)].flatMap(({ fix }) => fix?.edits ?? [])
    result = applyEdits(result, edits)
  }
  return result
}

/** The same data whatever the order: of keys always, of words in a list too. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(unordered(item))).sort()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unordered(inner)]))
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .sort()

describe('the rules about order', () => {
  it('are all off until they are asked for', () => {
    expect(rules.map(({ id, severity }) => `${id} ${severity}`)).toEqual([
      'dependencies-order off',
      'ports-order off',
      'service-keys-order off',
      'services-order off',
      'top-level-order off',
    ])
  })

  it('lose no line and no comment, change no value, and have nothing to do the second time', () => {
    const random = randomFrom(31)
    let changed = 0
    for (const { files } of composeCases(40, 9)) {
      let data: unknown
      try {
        data = parse(files['compose.yaml'] ?? '')
      } catch {
        continue
      }
      const text = stringify(data, { aliasDuplicateObjects: false })
        .split('\n')
        .flatMap((line) => {
          const indent = /^ */.exec(line)![0]
          return [
            ...(random(9) === 0 ? [''] : []),
            ...(random(6) === 0 && /^ *[a-z_-]+:/.test(line) ? [`${indent}# of ${line.trim()}`] : []),
            line,
          ]
        })
        .join('\n')
      const after = ordered(text)
      if (after !== text) changed++
      expect(linesOf(after)).toEqual(linesOf(text))
      expect(unordered(parse(after))).toEqual(unordered(parse(text)))
      expect(ordered(after)).toBe(after)
    }
    expect(changed).toBeGreaterThan(15)
  })

  it.each([
    ['an anchor that an alias needs', 'services:\n  b: &b\n    image: x\n  a: *b\n'],
    [
      'a text with blank lines at its end',
      'services:\n  b:\n    image: x\n    command: |+\n      y\n\n  a:\n    image: z\n',
    ],
    ['brackets', 'services: {b: {image: x}, a: {image: y}}\n'],
  ])('leave alone %s', (_name, text) => {
    expect(ordered(text)).toBe(text)
  })

  it('keep a comment with what it stands above and beside', () => {
    expect(
      ordered(
        'services:\n  # b\n  # bb\n  b: # beside\n    image: x\n    # last\n\n  # alone\n\n  # a\n  a:\n    image: y',
      ),
    ).toBe(
      'services:\n  # a\n  a:\n    image: y\n\n  # alone\n\n  # b\n  # bb\n  b: # beside\n    image: x\n    # last',
    )
  })
})
