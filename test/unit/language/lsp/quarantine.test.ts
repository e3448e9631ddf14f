import { expect, test } from 'vitest'
import { quarantine } from '../../../../src/language/lsp/quarantine.ts'

function suspects(texts: readonly string[] | undefined) {
  const told: string[] = []
  const held = quarantine({
    texts: () => texts,
    tell: (what, uri, hash) => told.push(`${what} ${uri} ${hash}`),
    oneAtATime: () => false,
  })
  return { held, told }
}

test('a client hears of each text from the first reason to look at it until the last has ended', async () => {
  const { held, told } = suspects([])
  const first = await held.begin('a', { hash: '1' })
  const second = await held.begin('a', { hash: '1' })
  first()
  expect(told).toEqual(['busy a 1'])
  second()
  expect(told).toEqual(['busy a 1', 'idle a 1'])
})

test('texts that once ended the server are known again', () => {
  expect(suspects(['1']).held.holds({ hash: '1' })).toBe(true)
  expect(suspects(['1']).held.holds({ hash: '2' })).toBe(false)
})

test('for a client that keeps no texts nothing is told, and no hash is made', async () => {
  const { held, told } = suspects(undefined)
  const text = {
    get hash(): string {
      throw new Error('made')
    },
  }
  const end = await held.begin('a', text)
  end()
  expect(held.holds(text)).toBe(false)
  expect(told).toEqual([])
})
