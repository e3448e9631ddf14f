import { beforeEach, expect, test } from 'vitest'
import { Profiles } from '../../../../src/host/run/profiles.ts'
import type { PlainSpec } from '../../../../src/shared/docker-run/plain-spec.ts'

const canary = 'canary-1f2e3d'
const secretive: PlainSpec = {
  flags: {
    name: 'db',
    env: ['MODE=dev', `POSTGRES_PASSWORD=${canary}`],
    'health-cmd': `check --token=${canary}`,
  },
  image: 'postgres:18',
  command: ['--password', canary],
}
const open: PlainSpec = { flags: { env: ['MODE=dev'] }, image: 'postgres:18', command: [] }

let written: Map<string, unknown>
let hidden: Map<string, string>
let works: boolean
let profiles: Profiles

beforeEach(() => {
  written = new Map()
  hidden = new Map()
  works = true
  let ids = 0
  const memento = {
    keys: () => [...written.keys()],
    get: <T>(key: string, otherwise?: T) => (written.get(key) ?? otherwise) as T,
    update: async (key: string, value: unknown) => void written.set(key, value),
  }
  const kept = async <T>(task: () => T): Promise<T> => {
    if (!works) throw new Error('no key ring')
    return task()
  }
  const secrets = {
    keys: async () => [...hidden.keys()],
    get: (key: string) => kept(() => hidden.get(key)),
    store: (key: string, value: string) => kept(() => void hidden.set(key, value)),
    delete: (key: string) => kept(() => void hidden.delete(key)),
    onDidChange: () => ({ dispose: () => undefined }),
  }
  profiles = new Profiles(memento, secrets, () => String(++ids))
})

test('a profile is found again as it was, by its image and its name', async () => {
  await profiles.save('postgres:18', 'plain', open)
  await profiles.save('postgres:18', 'full', secretive)
  expect(profiles.names('postgres:18')).toEqual(['plain', 'full'])
  expect(profiles.names('postgres:17')).toEqual([])
  expect(profiles.names('__proto__')).toEqual([])
  expect(await profiles.find('postgres:18', 'plain')).toEqual({ spec: open, incomplete: false })
  expect(await profiles.find('postgres:18', 'full')).toEqual({ spec: secretive, incomplete: false })
  expect(await profiles.find('postgres:18', 'other')).toBeUndefined()
})

test('nothing that looks like a secret is written into the workspace', async () => {
  await profiles.save('postgres:18', 'full', secretive)
  expect(JSON.stringify([...written])).not.toContain(canary)
  expect(JSON.stringify([...written])).toContain('POSTGRES_PASSWORD=•••')
  await profiles.save('postgres:18', 'plain', open)
  expect(hidden.size).toBe(1)
})

test('where no secret can be kept, the profile says that it is incomplete', async () => {
  works = false
  await profiles.save('postgres:18', 'full', secretive)
  expect(JSON.stringify([...written])).not.toContain(canary)
  expect(await profiles.find('postgres:18', 'full')).toMatchObject({
    spec: { flags: { env: ['MODE=dev', 'POSTGRES_PASSWORD=•••'] }, command: ['--password', '•••'] },
    incomplete: true,
  })
})

test('a profile that is saved over or removed leaves no secret behind', async () => {
  await profiles.save('postgres:18', 'full', secretive)
  await profiles.save('postgres:18', 'full', open)
  expect(hidden.size).toBe(0)
  await profiles.save('postgres:18', 'full', secretive)
  await profiles.remove('postgres:18', 'full')
  expect(hidden.size).toBe(0)
  expect(JSON.stringify([...written])).not.toContain('postgres')
})
