import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { realConfigFiles } from '../../../../src/engine/config-files.ts'
import { hostOf, StoredCredentials } from '../../../../src/engine/credentials/stored-credentials.ts'
import { Secret } from '../../../../src/engine/secret.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-credentials-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function stored(config?: object, limit?: number): StoredCredentials {
  if (config !== undefined) writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  const env = { DOCKER_CONFIG: folder, PATH: `${folder}:${process.env['PATH'] ?? ''}` }
  return new StoredCredentials({ env, platform: 'linux', home: folder, files: realConfigFiles }, limit)
}

/** A helper of the CLI's protocol, as a script on the PATH; it notes what it was told. */
function helper(name: string, script: string): void {
  const path = join(folder, `docker-credential-${name}`)
  writeFileSync(path, `#!/bin/sh\ninput=$(cat)\necho "$1 $input" >> "${folder}/told"\n${script}\n`)
  chmodSync(path, 0o755)
}
const told = (): string => readFileSync(join(folder, 'told'), 'utf8')
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const shown = (auth: Awaited<ReturnType<StoredCredentials['find']>>) =>
  auth && { ...auth, password: auth.password?.reveal(), identityToken: auth.identityToken?.reveal() }

test.each([
  ['docker.io', 'index.docker.io'],
  ['https://index.docker.io/v1/', 'index.docker.io'],
  ['registry-1.docker.io', 'index.docker.io'],
  ['https://ghcr.io/v2/', 'ghcr.io'],
  ['localhost:5000', 'localhost:5000'],
])('%s is %s', (registry, host) => expect(hostOf(registry)).toBe(host))

describe('credentials in the file', () => {
  test('a password may hold colons', async () => {
    const auths = { 'localhost:5000': { auth: base64('ann:a:b:c') } }
    expect(shown(await stored({ auths }).find('localhost:5000'))).toMatchObject({
      serverAddress: 'localhost:5000',
      username: 'ann',
      password: 'a:b:c',
    })
  })
  test('Docker Hub is found under its old address', async () => {
    const auths = { 'https://index.docker.io/v1/': { auth: base64('ann:pw') } }
    expect(await stored({ auths }).find('docker.io')).toMatchObject({
      serverAddress: 'https://index.docker.io/v1/',
      username: 'ann',
    })
  })
  test('a token instead of a password', async () => {
    const auths = { 'ghcr.io': { auth: base64('ann:'), identitytoken: 'tok' } }
    expect(shown(await stored({ auths }).find('ghcr.io'))).toMatchObject({
      username: 'ann',
      identityToken: 'tok',
    })
  })
  test('another registry gets nothing', async () =>
    expect(
      await stored({ auths: { 'ghcr.io': { auth: base64('ann:pw') } } }).find('quay.io'),
    ).toBeUndefined())
  test('without a file there is nothing', async () => expect(await stored().find('ghcr.io')).toBeUndefined())
})

describe('credential helpers', () => {
  test('one for this registry comes before the store for all', async () => {
    helper('one', `echo '{"ServerURL":"x","Username":"bob","Secret":"s3"}'`)
    helper('all', 'exit 3')
    const found = await stored({ credsStore: 'all', credHelpers: { 'ghcr.io': 'one' } }).find('ghcr.io')
    expect(shown(found)).toMatchObject({ username: 'bob', password: 's3' })
    expect(told()).toBe('get ghcr.io\n')
  })
  test('a token user means an identity token', async () => {
    helper('all', `echo '{"Username":"<token>","Secret":"id"}'`)
    expect(shown(await stored({ credsStore: 'all' }).find('ghcr.io'))).toEqual({
      serverAddress: 'ghcr.io',
      identityToken: 'id',
      password: undefined,
    })
  })
  test('one that keeps nothing is no fault', async () => {
    helper('all', 'echo "credentials not found in native keychain"; exit 1')
    expect(await stored({ credsStore: 'all' }).find('ghcr.io')).toBeUndefined()
  })
  test.each([
    ['one that fails', 'exit 7', 20_000, /exit code 7/],
    ['one that answers nonsense', 'echo nonsense', 20_000, /no JSON/],
    ['one that never answers', 'exec sleep 30', 200, /no answer in time/],
    ['one that waits for a program that never ends', 'sleep 30; exit 0', 1000, /no answer in time/],
  ])('%s is told', async (_, script, limit, message) => {
    helper('all', script)
    await expect(stored({ credsStore: 'all' }, limit).find('ghcr.io')).rejects.toMatchObject({
      code: 'denied',
      message: expect.stringMatching(message) as unknown,
    })
  })
  test.each(['../evil', '/bin/sh', 'a b', '-x'])('a helper called %s is not started', async (name) => {
    await expect(stored({ credsStore: name }).find('ghcr.io')).rejects.toMatchObject({
      message: expect.stringMatching(/not allowed/) as unknown,
    })
  })
})

describe('logging in and out', () => {
  test('the file keeps everything else, and is for its owner only', async () => {
    const credentials = stored({ currentContext: 'far', auths: { 'quay.io': { auth: 'eA==' } } })
    await credentials.store({ serverAddress: 'ghcr.io', username: 'ann', password: new Secret('pw') })
    const written = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as object
    expect(written).toEqual({
      currentContext: 'far',
      auths: { 'quay.io': { auth: 'eA==' }, 'ghcr.io': { auth: base64('ann:pw') } },
    })
    expect(statSync(join(folder, 'config.json')).mode & 0o777).toBe(0o600)
    expect(await credentials.registries()).toEqual(['ghcr.io', 'quay.io'])
    await credentials.erase('ghcr.io')
    expect(await credentials.find('ghcr.io')).toBeUndefined()
  })
  test('with a helper no secret is in the file', async () => {
    helper('all', '')
    await stored({ credsStore: 'all' }).store({
      serverAddress: 'ghcr.io',
      username: 'ann',
      password: new Secret('pw'),
    })
    expect(readFileSync(join(folder, 'config.json'), 'utf8')).not.toContain(base64('ann:pw'))
    expect(told()).toBe('store {"ServerURL":"ghcr.io","Username":"ann","Secret":"pw"}\n')
  })
})
