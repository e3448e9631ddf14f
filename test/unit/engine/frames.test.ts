import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Frame, FrameDecoder, type FrameStream } from '../../../src/engine/frames.ts'

const types: Record<FrameStream, number> = { stdin: 0, stdout: 1, stderr: 2, engine: 3 }

function frame(stream: FrameStream, text: string): Buffer {
  const header = Buffer.alloc(8)
  header[0] = types[stream]
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}

/** The frames put together again, as `stream:text`. */
function joined(pieces: readonly Frame[]): string[] {
  const frames: string[] = []
  for (const piece of pieces) {
    if (piece.first) frames.push(`${piece.stream}:`)
    frames[frames.length - 1] += piece.data.toString('latin1')
  }
  return frames
}

describe('frames of logs, attach and exec', () => {
  test('all four types, the error of the engine too, and what follows it', () => {
    const decoder = new FrameDecoder()
    const bytes = Buffer.concat([
      frame('stdout', 'a\n'),
      frame('engine', 'driver failed'),
      frame('stderr', 'b'),
      frame('stdin', ''),
    ])
    expect(joined(decoder.push(bytes))).toEqual(['stdout:a\n', 'engine:driver failed', 'stderr:b', 'stdin:'])
    expect(decoder.missing).toBe(0)
    expect(decoder.raw).toBe(false)
  })

  test('the same frames wherever the bytes are cut', () => {
    const streams = fc.constantFrom<FrameStream>('stdin', 'stdout', 'stderr', 'engine')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(streams, fc.string({ maxLength: 40 })), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }),
        (frames, cuts) => {
          const bytes = Buffer.concat(frames.map(([stream, text]) => frame(stream, text)))
          const decoder = new FrameDecoder()
          const pieces: Frame[] = []
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const length = cuts[turn % cuts.length]!
            pieces.push(...decoder.push(bytes.subarray(at, at + length)))
            at += length
          }
          expect(joined(pieces)).toEqual(
            frames.map(([stream, text]) => `${stream}:${Buffer.from(text).toString('latin1')}`),
          )
          expect(decoder.missing).toBe(0)
          expect(pieces.filter((piece) => piece.first)).toHaveLength(frames.length)
          expect(pieces.filter((piece) => piece.last)).toHaveLength(frames.length)
        },
      ),
      { seed: 45, numRuns: 300 },
    )
  })

  test('100,000 small frames in one chunk do not overflow the stack and are not copied', () => {
    const chunk = Buffer.concat(Array.from({ length: 100_000 }, () => frame('stdout', 'x\n')))
    const frames = new FrameDecoder().push(chunk)
    expect(frames).toHaveLength(100_000)
    expect(frames.every((piece) => piece.data.buffer === chunk.buffer)).toBe(true)
  })

  test('a frame that claims 4 GiB is passed on as it comes, and its cut is told', () => {
    const decoder = new FrameDecoder()
    const header = Buffer.from([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])
    expect(decoder.push(header)).toEqual([])
    const first = decoder.push(Buffer.from('abc'))
    const second = decoder.push(Buffer.from('de'))
    expect(first).toMatchObject([{ stream: 'stdout', first: true, last: false }])
    expect(second).toMatchObject([{ stream: 'stdout', first: false, last: false }])
    expect(joined([...first, ...second])).toEqual(['stdout:abcde'])
    expect(decoder.missing).toBe(0xffffffff - 5)
  })

  test('a stream cut inside a header lacks the rest of the header', () => {
    const decoder = new FrameDecoder()
    decoder.push(frame('stdout', 'hello').subarray(0, 5))
    expect(decoder.missing).toBe(3)
  })

  test.each([
    ['text of a TTY', ['hello, world\n', 'more']],
    ['a first byte that is a type, then text', ['\u0001', 'bc', 'def']],
    ['a type that no engine knows', ['\u0004\0\0\0\0\0\0\u0001x']],
  ])('%s is passed on whole', (_name, chunks) => {
    const decoder = new FrameDecoder()
    const pieces = chunks.flatMap((chunk) => decoder.push(Buffer.from(chunk, 'latin1')))
    expect(decoder.raw).toBe(true)
    expect(decoder.missing).toBe(0)
    expect(pieces.map((piece) => piece.data.toString('latin1')).join('')).toBe(chunks.join(''))
    expect(pieces.every((piece) => piece.stream === 'stdout')).toBe(true)
  })
})
