import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAnsi, visibleText, type Span } from '../../../src/logs/ansi.ts'

/** Spans as text: `‹bold fg=1:text›`; text without a style as it is. */
function shown(spans: readonly Span[]): string {
  return spans
    .map(({ text, style }) => {
      if (style === undefined) return text
      const parts = Object.entries(style).map(([key, value]) =>
        value === true ? key : `${key}=${String(value)}`,
      )
      return `‹${parts.join(' ')}:${text}›`
    })
    .join('')
}

const esc = '\u001b'

describe('styles of a line', () => {
  test.each([
    ['plain', 'plain'],
    ['', ''],
    ['tab\tstays', 'tab\tstays'],
    [`${esc}[31mred${esc}[0m end`, '‹fg=1:red› end'],
    [`${esc}[1;4;91mx${esc}[22my${esc}[mz`, '‹bold underline fg=9:x›‹underline fg=9:y›z'],
    [`${esc}[38;5;208mx${esc}[39my`, '‹fg=208:x›y'],
    [`${esc}[48;2;1;2;3mx${esc}[49my`, '‹bg=1,2,3:x›y'],
    [`${esc}[38:2::10:20:30mx`, '‹fg=10,20,30:x›'],
    [`${esc}[38:5:9mx`, '‹fg=9:x›'],
    [`${esc}[7;2;3;9mx${esc}[27;22;23;29my`, '‹inverse dim italic strike:x›y'],
    [`${esc}[38;5;999mx`, 'x'],
    [`${esc}[38;5mx`, 'x'],
    [`${esc}[4:3mx${esc}[4:0my`, '‹underline:x›y'],
    [`${esc}[38:2:0:1:2:3mx${esc}[48:2:1:2:3my`, '‹fg=1,2,3:x›‹fg=1,2,3 bg=1,2,3:y›'],
    [`${esc}[58;5;31;1mx${esc}[58;2;1;31;7;3my`, '‹bold:x›‹bold italic:y›'],
    [`${esc}[58:2::255:0:0;4mx${esc}[59my`, '‹underline:x›‹underline:y›'],
    [`${esc}[106mx${esc}[37;1my`, '‹bg=14:x›‹bg=14 fg=7 bold:y›'],
  ])('%j', (line, expected) => {
    expect(shown(parseAnsi(line))).toBe(expected)
  })
})

describe('all other control sequences are dropped', () => {
  test.each([
    [`${esc}]52;c;ZXZpbA==${'\u0007'}after`, 'after'],
    [`${esc}]52;c;?${esc}\\after`, 'after'],
    [`${esc}]8;;https://evil.example${esc}\\link${esc}]8;;${esc}\\`, 'link'],
    [`${esc}]0;title${'\u0007'}x`, 'x'],
    [`${esc}]0;never ended`, ''],
    [`${esc}Pq#0;2;0;0;0${esc}\\x`, 'x'],
    [`${esc}_apc${esc}\\x${esc}^pm${esc}\\y${esc}Xsos${esc}\\z`, 'xyz'],
    [`a${esc}[2Jb${esc}[1;1Hc${esc}[6nd${esc}[?25le${esc}[?1049h`, 'abcde'],
    [`a${esc}(Bb${esc}=c${esc}>d${esc}7e${esc}Mf`, 'abcdef'],
    ['a\u009b31mb\u009b0mc', 'a‹fg=1:b›c'],
    ['a\u009d52;c;x\u009cb\u0085c', 'abc'],
    [`cut ${esc}`, 'cut '],
    [`cut ${esc}[31`, 'cut '],
    [`${esc}[31${esc}[32mx`, '‹fg=2:x›'],
    [`${esc}[>4;2mx${esc}[?31my`, 'xy'],
    ['bell\u0007', 'bell'],
    [`${esc}(0lqk${esc}(B \u000elqk\u000f ${esc}#8${esc}%G.`, 'lqk lqk .'],
    [`a${esc}[1Ab${esc}[2;3Hc${esc}[3@d${esc}[2Pe`, 'abcde'],
  ])('%j', (line, expected) => {
    expect(shown(parseAnsi(line))).toBe(expected)
  })

  test('nothing is hidden and nothing reordered', () => {
    expect(visibleText('a\u0000b\u0001c\u007fd')).toBe('a␀b␁c␡d')
    expect(visibleText('user\u202etxt.exe')).toBe('user⟨U+202E⟩txt.exe')
    expect(visibleText('\ufffd')).toBe('\ufffd')
  })
})

describe('what is written over', () => {
  test.each([
    ['10%\r20%\r30%', '30%'],
    ['downloading\rdone', 'doneloading'],
    [`downloading\r${esc}[Kdone`, 'done'],
    [`${esc}[2Kdownloading\r${esc}[2Kdone`, 'done'],
    ['abc\b\bX', 'aXc'],
    ['|\b/\b-\b', '-'],
    [`${esc}[32mok${esc}[0m\rno`, 'no'],
    [`${esc}[31mabc\r${esc}[32mX`, '‹fg=2:X›‹fg=1:bc›'],
    [`abc${esc}[1K`, 'abc'],
    [`abc\b${esc}[1Kx`, '  x'],
    ['\r\r\r', ''],
    [`⠋ build${esc}[1G⠙ build${esc}[1G${esc}[0Kdone`, 'done'],
    [`name${esc}[3Cvalue`, 'name   value'],
    [`abc${esc}[2DX${esc}[Cd`, 'aXcd'],
    [`a${esc}[999999999Cb`, `a${' '.repeat(999)}b`],
    [`${esc}[999999999Db`, 'b'],
    ['日本\rx', 'x 本'],
    ['日本\b\bx', '日x '],
    ['日本\b\r日', '日本'],
    [`日本\b${esc}[K.`, '日 .'],
    ['e\u0301t\re', 'et'],
    ['👩🏽\u200d💻 ok\r❌', '❌ ok'],
    ['שלום\rX', 'Xלום'],
  ])('%j', (line, expected) => {
    expect(shown(parseAnsi(line))).toBe(expected)
  })
})

test('whatever comes in, what comes out has no controls and is the same text in spans and alone', () => {
  const pieces = fc.constantFrom(
    esc,
    '[',
    ']',
    ';',
    '3',
    '1',
    'm',
    'K',
    'G',
    'C',
    'D',
    '\u0301',
    '\r',
    '\b',
    '\u0007',
    '\u009b',
    'x',
    '日',
    '\\',
    ':',
    '\u0000',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const line = parts.join('')
      const spans = parseAnsi(line)
      const text = spans.map((span) => span.text).join('')
      expect(text).toBe(visibleText(line))
      expect(text).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/)
    }),
    { seed: 4, numRuns: 2000 },
  )
})
