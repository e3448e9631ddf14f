import { expect, test } from 'vitest'
import { overlapOf } from '../../../../src/host/language/other-extensions.ts'

const among =
  (...ids: string[]) =>
  (id: string): boolean =>
    ids.includes(id)

test('no other extension: nothing to divide', () => {
  expect(overlapOf(among('ms-python.python'), () => true)).toBeUndefined()
})

test('what is installed is named; a setting of its own is offered where it is there and on', () => {
  const overlap = overlapOf(among('docker.docker', 'ms-azuretools.vscode-containers'), (setting) =>
    setting.startsWith('docker.') ? true : undefined,
  )
  expect(overlap).toEqual({
    names: 'Docker DX, Container Tools',
    composeSettings: ['docker.extension.enableComposeLanguageServer'],
  })
  expect(overlapOf(among('docker.docker'), () => false)?.composeSettings).toEqual([])
})
