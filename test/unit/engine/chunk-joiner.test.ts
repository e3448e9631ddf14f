import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChunkJoiner } from '../../../src/engine/transport/chunk-joiner.ts'

const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n'
const chunk = (text: string, extension = ''): string =>
  `${Buffer.byteLength(text).toString(16)}${extension}\r\n${text}\r\n`
const last = '0\r\n\r\n'

/** What comes out when an answer arrives in pieces of these lengths, piece by piece. */
function joined(answer: string, ...lengths: readonly number[]): string[] {
  const joiner = new ChunkJoiner()
  const bytes = Buffer.from(answer)
  const out: string[] = []
  let at = 0
  for (const length of [...lengths, bytes.length]) {
    if (at < bytes.length)
      out.push(Buffer.concat(joiner.push(Buffer.from(bytes.subarray(at, at + length)))).toString('latin1'))
    at += length
  }
  return out
}

describe('small chunks of an answer are joined', () => {
  test('those that arrive together are one', () => {
    expect(joined(`${head}${chunk('one')}${chunk('two', ';x=1')}${chunk('three')}`)).toEqual([
      `${head}${chunk('onetwothree')}`,
    ])
  })

  test('the last chunk, and trailers after it, pass', () => {
    expect(joined(`${head}${chunk('one')}0\r\nX-Sum: 1\r\n\r\n`)).toEqual([
      `${head}${chunk('one')}0\r\nX-Sum: 1\r\n\r\n`,
    ])
  })

  test('an answer that is not chunked is left as it is', () => {
    const plain = 'HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\n3\r\nno\r\n'
    expect(joined(plain)).toEqual([plain])
    expect(joined(plain, 5, 20)).toEqual([plain.slice(0, 5), plain.slice(5, 25), plain.slice(25)])
  })

  test('an answer that is cut stays cut', () => {
    expect(joined(`${head}20\r\nabc`)).toEqual([`${head}${chunk('abc')}`])
  })

  test('a chunk without a size is told as the parser would', () => {
    for (const wrong of ['\r\n', 'x\r\n', '123456789\r\n'])
      expect(() => joined(head + wrong)).toThrow(expect.objectContaining({ code: 'HPE_INVALID_CHUNK_SIZE' }))
  })

  test('wherever the answer is cut into pieces, the body is the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 40 }), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }),
        (texts, lengths) => {
          const answer = `${head}${texts.map((text) => chunk(text)).join('')}${last}`
          const out = joined(answer, ...lengths).join('')
          expect(out.startsWith(head)).toBe(true)
          let body = ''
          let rest = out.slice(head.length)
          for (;;) {
            const size = Number.parseInt(rest, 16)
            const start = rest.indexOf('\r\n') + 2
            if (size === 0) break
            body += rest.slice(start, start + size)
            expect(rest.slice(start + size, start + size + 2)).toBe('\r\n')
            rest = rest.slice(start + size + 2)
          }
          expect(rest).toBe(last)
          expect(Buffer.from(body, 'latin1').toString()).toBe(texts.join(''))
        },
      ),
      { seed: 7, numRuns: 300 },
    )
  })
})
