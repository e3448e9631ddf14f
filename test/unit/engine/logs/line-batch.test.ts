import { expect, test } from 'vitest'
import { LineBatch } from '../../../../src/engine/logs/line-batch.ts'

/** The words of a text, as a reader finds them: in the memory of the text itself. */
function words(text: string): LineBatch {
  const memory = Buffer.from(`${text} `)
  const batch = new LineBatch(memory)
  for (let from = 0, end = memory.indexOf(' '); end >= 0; from = end + 1, end = memory.indexOf(' ', from))
    if (memory[from] !== 0x2d) batch.push(from, end, 100 + from, from, from % 3, from % 2 === 1)
  return batch
}
const texts = (batch: LineBatch): string[] => [...batch].map(({ bytes }) => Buffer.from(bytes).toString())

test('lines stand one behind the other, whatever was between them', () => {
  const batch = words('-header one -x two  -and-more three')
  expect(texts(batch)).toEqual(['one', 'two', '', 'three'])
  expect(Buffer.from(batch.memory.subarray(batch.start(0), batch.end(3))).toString()).toBe(
    'one\ntwo\n\nthree',
  )
  expect(batch.line(1)).toMatchObject({ seconds: 115, nanos: 15, stream: 'stdout', unfinished: true })
})

test('a part of them is the same lines', () => {
  const batch = words('a bc -skip d ef')
  expect(texts(batch.slice(1, 3))).toEqual(['bc', 'd'])
  expect(texts(batch.slice(1, 3).slice(1, 2))).toEqual(['d'])
  expect(batch.slice(2, 4).line(1)).toEqual(batch.line(3))
  expect(batch.slice(0, 4)).toBe(batch)
  expect(texts(batch.slice(2, 2))).toEqual([])
})

test('a copy holds them and nothing else, whatever becomes of the memory they came in', () => {
  const batch = words('-header one -x two  three')
  const all = batch.copy()
  const rest = batch.slice(1, 4).copy(1)
  const lines = [...batch].map((line) => ({ ...line, bytes: Buffer.from(line.bytes) }))
  batch.memory.fill(0x21)
  batch.entries.fill(0)
  expect([...all].map((line) => ({ ...line, bytes: Buffer.from(line.bytes) }))).toEqual(lines)
  expect(all.memory.length).toBe('one two  three '.length)
  expect(texts(rest)).toEqual(['', 'three'])
  expect(batch.copy(4).count).toBe(0)
})

test('more of them than was expected of so many bytes', () => {
  const numbers = Array.from({ length: 5_000 }, (_, index) => `${index}`)
  expect(texts(words(numbers.join(' ')))).toEqual(numbers)
})

test('a time that no line can have is the nearest one', () => {
  const batch = words('a')
  batch.push(0, 1, -62_135_596_800, 0, 0, false)
  batch.push(0, 1, 253_402_300_799, 0, 0, false)
  expect([batch.seconds(1), batch.seconds(2)]).toEqual([0, 0xffffffff])
})
