import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lines, records } from '../../../src/engine/transport/lines.ts'
import { all } from '../../support/transports.ts'

async function* chunks(...parts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part as string)
}

describe('records, one a line', () => {
  test('the last one needs no newline; carriage returns, empty lines, separators and NUL are no content', async () => {
    const source = chunks('{"a":1}\r\n\r\n', '\u001e{"a":2}\n{"a"', ':3}\0')
    expect(await all(records(source))).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
  })

  test('what is no JSON object is left out and reading goes on', async () => {
    const source = chunks('{"a":1}\n<html>\n[1]\nnull\n42\n{"a":\n{"a":2}\n')
    expect(await all(records(source))).toEqual([{ a: 1 }, { a: 2 }])
  })

  test('characters that are cut between chunks arrive whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        async (texts, size) => {
          const bytes = Buffer.from(texts.map((text) => `${JSON.stringify({ text })}\n`).join(''))
          const parts: Buffer[] = []
          for (let at = 0; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size))
          expect(await all(records(chunks(...parts)))).toEqual(texts.map((text) => ({ text })))
        },
      ),
      { seed: 79, numRuns: 100 },
    )
  })

  test('pieces may come in memory that is used again', async () => {
    async function* lent(...parts: string[]): AsyncGenerator<Buffer> {
      const memory = Buffer.alloc(64)
      for (const part of parts) yield memory.subarray(0, memory.write(part))
    }
    expect(await all(lines(lent('one\ntw', 'o\nthr', 'ee', '\nfour')))).toEqual([
      'one',
      'two',
      'three',
      'four',
    ])
  })

  test('a line above the limit is dropped, in one chunk or many, and the next ones are read', async () => {
    const long = 'x'.repeat(40)
    expect(await all(lines(chunks(`a\n${long}\nb\n`), 30))).toEqual(['a', 'b'])
    expect(await all(lines(chunks('a\n', ...long, long, '\nb\n', long), 30))).toEqual(['a', 'b'])
  })
})
