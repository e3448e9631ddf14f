import { expect, test } from 'vitest'
import { projectSettings } from '../../../src/shared/compose-files.ts'

const shell = new Map([['HOME', '/home/me']])
const read = (env: string, onWindows = false) => projectSettings(env, (name) => shell.get(name), onWindows)

test.each([
  ['COMPOSE_FILE=dev.yaml:compose.yaml\n', ['dev.yaml', 'compose.yaml']],
  ['DIR=sub\nCOMPOSE_FILE=$DIR/a.yaml:$HOME/b.yaml\n', ['sub/a.yaml', '/home/me/b.yaml']],
  ['COMPOSE_FILE=a.yaml;b.yaml\n', ['a.yaml;b.yaml']],
  ['COMPOSE_PATH_SEPARATOR=;\nCOMPOSE_FILE=a.yaml;b.yaml\n', ['a.yaml', 'b.yaml']],
  ['COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE="a.yaml, b.yaml"\n', ['a.yaml', ' b.yaml']],
  ['COMPOSE_FILE=\n', undefined],
  ['OTHER_COMPOSE_FILE=a.yaml\n', undefined],
])('the files that %j lists', (env, files) => expect(read(env).files).toEqual(files))

test('on Windows another sign separates files, because a colon follows a drive', () =>
  expect(read('COMPOSE_FILE=C:\\a.yaml;b.yaml\n', true).files).toEqual(['C:\\a.yaml', 'b.yaml']))

test('the name of the project, and which services start with it', () => {
  const { name, isActive } = read('COMPOSE_PROJECT_NAME=shop\nCOMPOSE_PROFILES="x, dev"\n')
  expect(name).toBe('shop')
  expect([[], ['dev'], ['live'], ['live', 'x']].map(isActive)).toEqual([true, true, false, true])
  expect(read('COMPOSE_PROFILES=*\n').isActive(['live'])).toBe(true)
  expect(read('').name).toBeUndefined()
})
