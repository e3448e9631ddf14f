import { describe, expect, test } from 'vitest'
import { linksIn } from '../../../src/logs/links.ts'

/** Links in place: `‹text→target›`. */
function shown(text: string): string {
  let result = ''
  let from = 0
  for (const link of linksIn(text)) {
    const target =
      link.kind === 'url'
        ? link.url
        : [link.path, link.line, link.column].filter((part) => part !== undefined).join('@')
    const covered = text.slice(link.start, link.end)
    result += `${text.slice(from, link.start)}‹${covered === target ? target : `${covered}→${target}`}›`
    from = link.end
  }
  return result + text.slice(from)
}

describe('links in a line', () => {
  test.each([
    ['see https://example.com/a?b=1#c.', 'see ‹https://example.com/a?b=1#c›.'],
    ['(http://localhost:8080/)', '(‹http://localhost:8080/›)'],
    ['https://en.wikipedia.org/wiki/X_(y)', '‹https://en.wikipedia.org/wiki/X_(y)›'],
    ['"https://a.example/x","y"', '"‹https://a.example/x›","y"'],
    [
      'javascript:alert(1) file:///etc/passwd vscode://x command:y',
      'javascript:alert(1) file:///etc/passwd vscode://x command:y',
    ],
    [
      '    at run (/app/src/index.js:12:34)',
      '    at run (‹/app/src/index.js:12:34→/app/src/index.js@12@34›)',
    ],
    ['	at com.example.App.run(App.java:12)', '	at com.example.App.run(‹App.java:12→App.java@12›)'],
    [
      '  File "/app/main.py", line 3, in <module>',
      '  File "‹/app/main.py", line 3→/app/main.py@3›, in <module>',
    ],
    ['	/app/main.go:5 +0x1d', '	‹/app/main.go:5→/app/main.go@5› +0x1d'],
    [
      '   at App.Main() in C:\\src\\App.cs:line 4',
      '   at App.Main() in ‹C:\\src\\App.cs:line 4→C:\\src\\App.cs@4›',
    ],
    ['src/a.ts(3,5): error TS1', '‹src/a.ts(3,5)→src/a.ts@3@5›: error TS1'],
    ['#0 /app/i.php(7): f()', '#0 ‹/app/i.php(7)→/app/i.php@7›: f()'],
    ['listening on 127.0.0.1:8080 and example.com:443', 'listening on 127.0.0.1:8080 and example.com:443'],
    ['at 12:30:45 nothing', 'at 12:30:45 nothing'],
    ['http://x.example/a.js:3:4 is a url', '‹http://x.example/a.js:3:4› is a url'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  test('a long line without any is looked at in no time to speak of', () => {
    for (const piece of ['a.b:', 'http://', './', 'a'.repeat(50), '((((', '-.-'])
      expect(linksIn(piece.repeat(100_000)).length).toBeLessThanOrEqual(40)
  })
})
