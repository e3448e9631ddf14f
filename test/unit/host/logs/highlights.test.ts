import { expect, test } from 'vitest'
import type { Memento } from 'vscode'
import type { LogTarget } from '../../../../src/engine/logs/target.ts'
import { Highlights } from '../../../../src/host/logs/highlights.ts'

/** What VS Code keeps for a workspace: it comes back as JSON. */
function memento(): Memento {
  const kept = new Map<string, string>()
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, otherwise?: T) =>
      kept.has(key) ? (JSON.parse(kept.get(key)!) as T) : (otherwise as T),
    update: (key, value) => {
      kept.set(key, JSON.stringify(value))
      return Promise.resolve()
    },
  }
}

const named = (name: string): LogTarget => ({ engine: 'unix:///a.sock', container: 'c'.repeat(64), name })
const service = (project: string, name: string): LogTarget => ({
  ...named(`${project}-${name}-1`),
  compose: { project, service: name, number: 1 },
})

test('marked words belong to a container, to a service of a project whichever container it has', async () => {
  const highlights = new Highlights(memento())
  await highlights.set([named('web')], ['timeout'])
  await highlights.set([service('shop', 'db')], ['slow', 'lock'])
  expect(highlights.of([named('web')])).toEqual(['timeout'])
  expect(highlights.of([named('other')])).toEqual([])
  expect(highlights.of([service('other', 'db')])).toEqual([])
  expect(highlights.of([{ ...service('shop', 'db'), container: 'd'.repeat(64), name: 'again' }])).toEqual([
    'slow',
    'lock',
  ])
  expect(highlights.of([named('web'), service('shop', 'db')])).toEqual(['timeout', 'slow', 'lock'])
  await highlights.set([named('web')], [])
  expect(highlights.of([named('web')])).toEqual([])
})

test.each(['constructor', 'toString', 'valueOf'])('a container called %s has none at first', (name) => {
  expect(new Highlights(memento()).of([named(name)])).toEqual([])
})

test('of many containers those that were marked last are remembered', async () => {
  const highlights = new Highlights(memento())
  for (let index = 0; index < 205; index += 1) await highlights.set([named(`c${index}`)], ['x'])
  expect(highlights.of([named('c4')])).toEqual([])
  expect(highlights.of([named('c5')])).toEqual(['x'])
})
