import { expect, test } from 'vitest'
import { settingsSource } from '../../../../src/language/lsp/settings-source.ts'

const off = { lint: { enabled: false } }

test('a client is asked once for each document, and again when it says that its settings changed', async () => {
  const asked: string[] = []
  const settings = settingsSource(() => (uri) => {
    asked.push(uri)
    return Promise.resolve(off)
  })
  expect((await settings.of('a')).lint.enabled).toBe(false)
  await Promise.all([settings.of('a'), settings.of('b')])
  expect(asked).toEqual(['a', 'b'])
  settings.changed(null)
  await settings.of('a')
  settings.forget('b')
  await settings.of('b')
  expect(asked).toEqual(['a', 'b', 'a', 'b'])
})

test('a client that fails to answer has the default settings', async () => {
  const settings = settingsSource(() => () => Promise.reject(new Error('no')))
  expect((await settings.of('a')).lint.enabled).toBe(true)
})

test('of a client that is not asked what it sent last counts, whatever it sent', async () => {
  const settings = settingsSource(() => undefined)
  for (const sent of [undefined, null, 'x', {}]) settings.changed(sent)
  expect((await settings.of('a')).lint.enabled).toBe(true)
  settings.changed({ quayside: off })
  settings.changed({ other: {} })
  expect((await settings.of('a')).lint.enabled).toBe(false)
})
