import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { longestLine, type LogLine } from '../../../../src/engine/logs/line.ts'
import { PositionTracker, Resume } from '../../../../src/engine/logs/position.ts'
import { LogReader, type LogReaderOptions } from '../../../../src/engine/logs/reader.ts'
import { at, frame, framed, hour, raw, type LogRecord } from '../../../support/log-bytes.ts'

const decode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

function read(chunks: readonly Buffer[], options: Partial<LogReaderOptions> = {}): LogLine[] {
  const reader = new LogReader({ tty: false, pieceBytes: 16384, ...options })
  // Copies: the reader moves lines in what it is given.
  const batches = chunks.flatMap((chunk) => reader.push(Buffer.from(chunk)))
  return [...batches, ...reader.end().lines].flatMap((batch) => [...batch])
}

const shown = (lines: readonly LogLine[]): string[] =>
  lines.map(
    ({ stream, seconds, nanos, bytes, unfinished }) =>
      `${seconds - hour}.${nanos} ${stream} ${decode(bytes)}${unfinished ? ' …' : ''}`,
  )

/** Lines read in memory that is used again and again: shown before the next of them come. */
function shownWhenLent(chunks: readonly Buffer[], options: Partial<LogReaderOptions> = {}): string[] {
  const reader = new LogReader({ tty: false, pieceBytes: 16384, lent: true, ...options })
  const memory = Buffer.alloc(Math.max(...chunks.map(({ length }) => length)))
  const lines: string[] = []
  for (const chunk of chunks) {
    memory.fill(0x21)
    chunk.copy(memory)
    for (const batch of reader.push(memory.subarray(0, chunk.length))) lines.push(...shown([...batch]))
  }
  for (const batch of reader.end().lines) lines.push(...shown([...batch]))
  return lines
}

const records: readonly LogRecord[] = [
  { stamp: at(1), text: 'first\n' },
  { stamp: at(1, 5), stream: 'stderr', text: 'wörse 日本\r\n' },
  { stamp: at(2), text: '\n' },
  { stamp: at(2, 1), text: 'nul \0 and é\n' },
  { stamp: at(3), text: 'end without a line end' },
]
const expected = [
  '1.0 stdout first',
  '1.5 stderr wörse 日本',
  '2.0 stdout ',
  '2.1 stdout nul \0 and é',
  '3.0 stdout end without a line end',
]

describe('lines from frames', () => {
  test('whole', () => {
    expect(shown(read([framed(records)]))).toEqual(expected)
  })

  test('cut at every byte: headers, stamps and characters may be split anywhere', () => {
    const bytes = framed(records)
    for (let cut = 1; cut < bytes.length; cut += 1)
      expect(shown(read([bytes.subarray(0, cut), bytes.subarray(cut)]))).toEqual(expected)
    expect(shown(read(Array.from(bytes, (byte) => Buffer.from([byte]))))).toEqual(expected)
  })

  test('cut at every byte, each part in memory that is used for the next', () => {
    const piece = 'y'.repeat(16384)
    const bytes = framed([
      ...records.slice(0, 2),
      { stamp: at(2), text: piece },
      { stamp: at(2, 1), stream: 'stderr', text: 'between\n' },
      { stamp: at(2, 2), text: 'rest\n' },
    ])
    const lines = [...expected.slice(0, 2), '2.1 stderr between', `2.0 stdout ${piece}rest`]
    for (let cut = 0; cut < bytes.length; cut += cut > 200 && cut < 16_500 ? 499 : 1)
      expect(shownWhenLent([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(lines)
    const small = framed(records)
    expect(shownWhenLent(Array.from(small, (byte) => Buffer.from([byte])))).toEqual(expected)
    const text = records.map(({ stamp, text }) => ({ stamp, text }))
    const ofTerminal = read([raw(text)], { tty: true })
    for (let cut = 1; cut < raw(text).length; cut += 1)
      expect(shownWhenLent([raw(text).subarray(0, cut), raw(text).subarray(cut)], { tty: true })).toEqual(
        shown(ofTerminal),
      )
  })

  test('a character that two records of a long line share comes out whole', () => {
    const euro = Buffer.from('€')
    const filler = 'x'.repeat(16383)
    const bytes = framed([
      { stamp: at(1), text: Buffer.concat([Buffer.from(filler), euro.subarray(0, 1)]) },
      { stamp: at(1), text: Buffer.concat([euro.subarray(1), Buffer.from('end\n')]) },
      { stamp: at(2), text: 'next\n' },
    ])
    expect(shown(read([bytes]))).toEqual([`1.0 stdout ${filler}€end`, '2.0 stdout next'])
  })

  test('a long line of one stream and lines of the other do not mix', () => {
    const piece = 'y'.repeat(16384)
    const between = 'between'.repeat(30)
    const bytes = framed([
      { stamp: at(0), text: 'before\n' },
      { stamp: at(1), text: piece },
      { stamp: at(1, 3), stream: 'stderr', text: `${between}\n` },
      { stamp: at(1, 4), text: 'rest\n' },
    ])
    expect(shown(read([bytes]))).toEqual([
      '0.0 stdout before',
      `1.3 stderr ${between}`,
      `1.0 stdout ${piece}rest`,
    ])
  })

  test('a short record without a line end is the last of a run; on Podman the line goes on', () => {
    const bytes = framed([
      { stamp: at(1), text: 'two' },
      { stamp: at(2), text: 'one\n' },
    ])
    expect(shown(read([bytes]))).toEqual(['1.0 stdout two', '2.0 stdout one'])
    expect(shown(read([bytes], { pieceBytes: 0 }))).toEqual(['1.0 stdout twoone'])
  })

  test('what the engine itself reports is a line of its own, and the log goes on', () => {
    const bytes = Buffer.concat([
      framed([{ stamp: at(1), text: 'a\n' }]),
      frame('engine', 'Error grabbing logs: unexpected EOF'),
      framed([{ stamp: at(2), text: 'b\n' }]),
    ])
    expect(shown(read([bytes]))).toEqual([
      '1.0 stdout a',
      '1.0 engine Error grabbing logs: unexpected EOF',
      '2.0 stdout b',
    ])
  })

  test('4,000 small frames in one chunk', () => {
    const many = Array.from({ length: 4000 }, (_, index) => ({ stamp: at(1, index), text: `${index}\n` }))
    expect(read([framed(many)]).map(({ bytes }) => decode(bytes))).toEqual(many.map((_, index) => `${index}`))
  })

  test('a line of 10 MB comes in pieces, and nothing of it is lost', () => {
    const size = 10 * 1024 * 1024
    const text = Buffer.alloc(size, 'abcdefghij')
    const pieces: LogRecord[] = []
    for (let from = 0; from < size; from += 16384)
      pieces.push({ stamp: at(1), text: text.subarray(from, from + 16384) })
    const lines = read([framed([...pieces, { stamp: at(1), text: '\n' }, { stamp: at(2), text: 'next\n' }])])
    const long = lines.slice(0, -1)
    expect(Buffer.concat(long.map(({ bytes }) => bytes)).equals(text)).toBe(true)
    expect(long.map(({ unfinished }) => unfinished)).toEqual([
      ...Array.from({ length: long.length - 1 }, () => true),
      false,
    ])
    expect(Math.max(...long.map(({ bytes }) => bytes.length))).toBe(longestLine)
    expect(decode(lines.at(-1)!.bytes)).toBe('next')
  })
})

describe('lines of a TTY', () => {
  const tty: readonly LogRecord[] = [
    { stamp: at(1), text: 'first\r\n' },
    { stamp: at(1, 5), text: '10%\r20%\r30%\r\n' },
    { stamp: at(2), text: '\r\n' },
    { stamp: at(3), text: '日本 $ ' },
  ]
  const lines = ['1.0 stdout first', '1.5 stdout 10%\r20%\r30%', '2.0 stdout ', '3.0 stdout 日本 $ ']

  test('whole and cut at every byte', () => {
    const bytes = raw(tty)
    expect(shown(read([bytes], { tty: true }))).toEqual(lines)
    for (let cut = 1; cut < bytes.length; cut += 1)
      expect(shown(read([bytes.subarray(0, cut), bytes.subarray(cut)], { tty: true }))).toEqual(lines)
  })

  test('JSON and numbers stay text', () => {
    const bytes = raw([
      { stamp: at(1), text: '{"a":1}\r\n' },
      { stamp: at(2), text: '42\r\n' },
    ])
    expect(shown(read([bytes], { tty: true }))).toEqual(['1.0 stdout {"a":1}', '2.0 stdout 42'])
  })

  test('the stamps inside a long line are dropped, wherever the bytes are cut', () => {
    const text = Buffer.alloc(200_000, 'Zab Z 2026-01-02T03:00:01Z ')
    const pieces: LogRecord[] = []
    for (let from = 0; from < text.length; from += 16384)
      pieces.push({
        stamp: at(1, 7),
        text: Buffer.from(`${text.toString()}\r\n`).subarray(from, from + 16384),
      })
    const bytes = raw([...pieces, { stamp: at(2), text: 'next\r\n' }])
    const wanted = [`1.7 stdout ${text.toString()}`, '2.0 stdout next']
    const same = (chunks: readonly Buffer[]): boolean =>
      shown(read(chunks, { tty: true })).join('\n') === wanted.join('\n')
    expect(same([bytes])).toBe(true)
    for (const size of [1000, 16384, 16385, 65536, 65599]) {
      const chunks: Buffer[] = []
      for (let from = 0; from < bytes.length; from += size) chunks.push(bytes.subarray(from, from + size))
      expect(same(chunks)).toBe(true)
    }
  })

  test('a time that the program prints itself stays', () => {
    const bytes = raw([{ stamp: at(1), text: `${at(9)} ${at(8)} mine\r\n` }])
    expect(shown(read([bytes], { tty: true }))).toEqual([`1.0 stdout ${at(9)} ${at(8)} mine`])
  })
})

describe('reading on where it was left', () => {
  const line = (seconds: number, nanos: number, text: string): LogRecord => ({
    stamp: at(seconds, nanos),
    text: `${text}\n`,
  })
  const log = [line(1, 0, 'a'), line(2, 0, 'b'), line(2, 0, 'b'), line(2, 0, 'c'), line(3, 0, 'd')]

  function readOn(seen: readonly LogRecord[], again: readonly LogRecord[], whole: boolean) {
    const tracker = new PositionTracker()
    read([framed(seen)], { tracker })
    const reader = new LogReader({
      tty: false,
      pieceBytes: 16384,
      tracker,
      resume: new Resume(tracker.position!, whole),
    })
    const lines = [...reader.push(framed(again)), ...reader.end().lines].flatMap((batch) => [...batch])
    return reader.gap ? 'gap' : lines.map(({ bytes }) => decode(bytes)).join('')
  }

  test.each([1, 2, 3, 4, 5])('after %i lines, of which some bear the same stamp', (count) => {
    expect(readOn(log.slice(0, count), log, true)).toBe('abbcd'.slice(count))
  })

  test('a last part of the log is believed only when it begins before the position', () => {
    expect(readOn(log.slice(0, 3), log.slice(0), false)).toBe('cd')
    expect(readOn(log.slice(0, 3), log.slice(2), false)).toBe('gap')
    expect(readOn(log.slice(0, 3), log.slice(4), false)).toBe('gap')
  })

  test('when the engine has thrown the old lines away, all it has left is new', () => {
    expect(readOn(log.slice(0, 3), [line(3, 0, 'd'), line(4, 0, 'e')], true)).toBe('de')
    expect(readOn(log.slice(0, 4), [line(2, 0, 'c'), line(3, 0, 'd')], true)).toBe('d')
  })

  test('a clock that stepped back loses and doubles nothing', () => {
    const stepped = [line(8, 0, 'a'), line(9, 0, 'b'), line(5, 0, 'c'), line(6, 0, 'd'), line(7, 0, 'e')]
    for (let count = 1; count <= 5; count += 1)
      expect(readOn(stepped.slice(0, count), stepped, true)).toBe('abcde'.slice(count))
    // Older engines leave out every record before `since`, newer ones only those before the first that fits.
    expect(readOn(stepped.slice(0, 3), stepped, true)).toBe('de')
  })

  test('a connection that is lost at any byte loses and doubles nothing', () => {
    const piece = 'p'.repeat(16384)
    const all: LogRecord[] = [
      line(1, 0, 'a'),
      { stamp: at(2), text: piece },
      { stamp: at(2), text: 'end\n' },
      line(3, 0, 'c'),
    ]
    for (const tty of [false, true]) {
      const bytes = tty ? raw(all) : framed(all)
      for (let cut = 0; cut <= bytes.length; cut += cut < 200 || cut > bytes.length - 200 ? 1 : 997) {
        const tracker = new PositionTracker()
        const first = new LogReader({ tty, pieceBytes: 16384, tracker })
        const batches = [...first.push(Buffer.from(bytes.subarray(0, cut))), ...first.cut()]
        const { position } = tracker
        const resume = position === undefined ? {} : { resume: new Resume(position, true) }
        const second = new LogReader({ tty, pieceBytes: 16384, tracker, ...resume })
        batches.push(...second.push(Buffer.from(bytes)))
        const { lines, whole } = second.end()
        expect(whole).toBe(true)
        // Where a long line was cut between two of its records, it comes as two lines.
        const text = [...batches, ...lines]
          .flatMap((batch) => [...batch])
          .map(({ bytes }) => decode(bytes))
          .join('|')
        expect([`a|${piece}end|c`, `a|${piece}|end|c`]).toContain(text)
      }
    }
  })

  test('an engine that ends within a record has lost it', () => {
    const bytes = framed([line(1, 0, 'a'), line(2, 0, 'b')])
    const reader = new LogReader({ tty: false, pieceBytes: 16384 })
    const [lines] = reader.push(bytes.subarray(0, -1))
    expect(reader.end()).toEqual({ lines: [], whole: false })
    expect([...lines!].map(({ bytes }) => decode(bytes))).toEqual(['a'])
  })

  test('any log, read in two parts cut anywhere, is the log', () => {
    const stamps = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.string({ maxLength: 6 })), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(stamps, fc.nat(), fc.integer({ min: 1, max: 40 }), (steps, cutAt, chunkSize) => {
        let now = 0
        const all = steps.map(([step, text]) => line(0, (now += step), text.replace(/[\r\n]/g, '.')))
        const cut = 1 + (cutAt % all.length)
        const tracker = new PositionTracker()
        const first = read([framed(all.slice(0, cut))], { tracker })
        const { last } = tracker.position!
        const since = all.filter(({ stamp }) => stamp >= at(last.seconds - hour, last.nanos))
        const bytes = framed(since)
        const chunks: Buffer[] = []
        for (let from = 0; from < bytes.length; from += chunkSize)
          chunks.push(bytes.subarray(from, from + chunkSize))
        const second = read(chunks, { tracker, resume: new Resume(tracker.position!, true) })
        expect([...first, ...second].map(({ bytes }) => `${decode(bytes)}\n`)).toEqual(
          all.map(({ text }) => text),
        )
      }),
      { seed: 4, numRuns: 300 },
    )
  })
})
