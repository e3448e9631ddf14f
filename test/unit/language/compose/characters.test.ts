import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstForbidden, isBreakOrEnd, lineEnd } from '../../../../src/language/compose/yaml/characters.ts'

/** The ranges of the YAML 1.1 specification, character by character. */
function printable(point: number): boolean {
  return (
    [0x09, 0x0a, 0x0d, 0x85].includes(point) ||
    (point >= 0x20 && point <= 0x7e) ||
    (point >= 0xa0 && point <= 0xd7ff) ||
    (point >= 0xe000 && point <= 0xfffd) ||
    point >= 0x10000
  )
}

function firstByPoints(text: string): number {
  let offset = 0
  for (const character of text) {
    if (!printable(character.codePointAt(0)!)) return offset
    offset += character.length
  }
  return -1
}

describe('characters of YAML', () => {
  it('are refused where the specification has them not printable', () => {
    for (let code = 0; code <= 0xffff; code++) {
      const text = `a${String.fromCharCode(code)}b`
      if (firstForbidden(text) !== firstByPoints(text)) expect(firstForbidden(text)).toBe(firstByPoints(text))
    }
  })

  it('are refused when one half of a pair is missing', () => {
    const unit = fc.constantFrom('a', '\n', '\ud800', '\udbff', '\udc00', '\udfff', '\ud83d\ude00', '\u0007')
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 8 }), (units) => {
        expect(firstForbidden(units.join(''))).toBe(firstByPoints(units.join('')))
      }),
      { numRuns: 2_000 },
    )
  })

  it('end a line where they break it', () => {
    const unit = fc.constantFrom('a', ' ', '\t', '\0', '\n', '\r', '\x85', '\u2028', '\u2029', '\ud800', 'é')
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 8 }), fc.nat(10), (units, start) => {
        const text = units.join('')
        let end = start
        while (!isBreakOrEnd(text, end)) end++
        expect(lineEnd(text, start)).toBe(end)
      }),
      { numRuns: 2_000 },
    )
  })
})
