import { PassThrough, Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { readAhead } from '../../../src/engine/transport/read-ahead.ts'

describe('the bytes of an answer', () => {
  test('what arrived while the reader was busy comes as one piece, in order and whole', async () => {
    const source = new PassThrough()
    const reading = readAhead(source)
    const first = reading.next()
    source.write('a')
    expect(String((await first).value)).toBe('a')
    for (const letter of 'bcd') source.write(letter)
    await new Promise((resolve) => setImmediate(resolve))
    expect(String((await reading.next()).value)).toBe('bcd')
    source.end('e')
    expect(String((await reading.next()).value)).toBe('e')
    expect((await reading.next()).done).toBe(true)
  })

  test('a sender that never stops waits for a reader that does', async () => {
    let sent = 0
    const source = Readable.from(
      (function* endless(): Generator<Buffer> {
        for (;;) {
          sent += 64 * 1024
          yield Buffer.alloc(64 * 1024)
        }
      })(),
      { objectMode: false },
    )
    const reading = readAhead(source)
    await reading.next()
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(sent).toBeLessThan(1024 * 1024)
    await reading.return(undefined)
    expect(source.destroyed).toBe(true)
  })

  test('what came before the connection broke is read; then the fault is thrown', async () => {
    const source = new PassThrough()
    const reading = readAhead(source)
    const first = reading.next()
    source.write('half')
    await first
    source.destroy(new Error('reset'))
    await expect(reading.next()).rejects.toThrow('reset')
  })

  test('an answer that is cut without an error is a fault too', async () => {
    const source = new PassThrough()
    const reading = readAhead(source)
    const first = reading.next()
    source.destroy()
    await expect(first).rejects.toThrow(/premature/i)
  })
})
