import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TerminalFilter } from '../../../../src/engine/terminal/filter.ts'

const esc = '\x1b'
const bel = '\x07'
const filtered = (...chunks: readonly string[]): string => {
  const filter = new TerminalFilter()
  return chunks.map((chunk) => filter.push(chunk)).join('')
}

describe('what a program may do to a terminal', () => {
  test.each([
    ['plain text', 'héllo wörld 漢字 🐳\r\n'],
    ['colours', `${esc}[1;31mred${esc}[0m`],
    ['cursor movement and the alternate screen', `${esc}[?1049h${esc}[2J${esc}[10;20H${esc}[?1049l`],
    ['character sets and saved cursors', `${esc}(B${esc}7${esc}8${esc}=`],
    ['a window title', `${esc}]0;vim${bel}`],
    ['a colour that is asked for', `${esc}]11;?${esc}\\`],
    ['a link to a web page', `${esc}]8;;https://example.com/a${esc}\\text${esc}]8;;${esc}\\`],
  ])('%s passes as it is', (_, text) => expect(filtered(text)).toBe(text))
})

describe('what it may not', () => {
  test.each([
    ['reading the clipboard', `${esc}]52;c;?${bel}`],
    ['writing the clipboard', `${esc}]52;c;aGk=${esc}\\`],
    ['shell integration', `${esc}]633;A${bel}`],
    [
      'shell integration of other terminals',
      `${esc}]133;A${bel}${esc}]1337;File=:AA==${bel}${esc}]7;file:///${bel}`,
    ],
    ['notifications', `${esc}]9;hello${bel}${esc}]99;;hello${esc}\\`],
    ['a link to a command', `${esc}]8;;command:x${bel}`],
    ['device control', `${esc}P$q"p${esc}\\`],
    ['application and privacy strings', `${esc}_x${esc}\\${esc}^y${esc}\\${esc}Xz${esc}\\`],
    ['title reports', `${esc}[21t${esc}[20t`],
    ['moving windows', `${esc}[3;0;0t`],
    ['8-bit control strings', '\x9d52;c;?\x9c\x90q\x9c'],
    ['a sequence that never ends', `${esc}]52;c;${'A'.repeat(10_000)}`],
  ])('%s is dropped', (_, text) => expect(filtered(`a${text}`).replace(/^a/, '')).toBe(''))

  test('what follows is shown again', () =>
    expect(filtered(`a${esc}]52;c;?${bel}b${esc}P1${esc}\\c`)).toBe('abc'))
})

test('the same is let through wherever the text is split', () => {
  const text = `a${esc}[1mb${esc}]52;c;?${bel}c${esc}]0;t${esc}\\d${esc}P1${esc}\\e\x9d8\x9cf${esc}${esc}[0mg`
  for (let i = 0; i <= text.length; i++)
    expect(filtered(text.slice(0, i), text.slice(i))).toBe(filtered(text))
})

test('the same is let through for any text, split at any places', () => {
  const piece = fc.constantFrom(
    esc,
    bel,
    ']',
    '[',
    '\\',
    'P',
    '52;c;?',
    '0;t',
    'm',
    '\x9d',
    '\x9c',
    '\x18',
    '1',
    'x',
    '漢',
    '(',
  )
  const property = fc.property(
    fc.array(piece, { maxLength: 30 }),
    fc.array(fc.nat(60), { maxLength: 4 }),
    (pieces, cuts) => {
      const text = pieces.join('')
      const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length]
      const chunks = places.slice(1).map((end, i) => text.slice(places[i], end))
      expect(filtered(...chunks)).toBe(filtered(text))
      expect(filtered(text)).not.toMatch(/\x1b\]52|\x1bP|[\x80-\x9f]/)
    },
  )
  fc.assert(property, { seed: 20261, numRuns: 2000 })
})
