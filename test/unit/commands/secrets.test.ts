import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  looksSecret,
  maskInspection,
  maskText,
  maskVariable,
  maskWords,
} from '../../../src/commands/secrets.ts'
import { scene } from '../../support/command-deps.ts'
import { container } from '../../support/models.ts'

describe('names', () => {
  test.each([
    'DB_PASSWORD',
    'password',
    'MYSQL_ROOT_PASSWORD',
    'API_KEY',
    'apiKey',
    'AUTH',
    'X-Auth-Token',
    'SECRET',
    'aws_secret_access_key',
    'GITHUB_TOKEN',
    'SSH_PRIVATE_KEY',
    'PASSPHRASE',
    'PGPASS',
    'DATABASE_DSN',
  ])('%s looks secret', (name) => expect(looksSecret(name)).toBe(true))
  test.each([
    'PATH',
    'PWD',
    'OLDPWD',
    'AUTHOR',
    'KEYBOARD',
    'COMPASS',
    'passenger',
    'PINNED',
    'HOSTNAME',
    'monkey',
    'KEY',
    'key',
    'maintainer',
  ])('%s does not', (name) => expect(looksSecret(name)).toBe(false))
})

describe('values', () => {
  test.each([
    ['postgres://ann:hunter22@db/app', 'postgres://ann:•••@db/app'],
    ['--password=hunter22 --port=80', '--password=••• --port=80'],
    ['token ghp_abcdefghijklmnop1234 here', 'token ••• here'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefgh', '•••'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '•••'],
    ['o=password=hunter22,username=u', 'o=password=•••,username=u'],
    ['--env=DB_PASSWORD=hunter22 -x', '--env=DB_PASSWORD=••• -x'],
    ['a=b=c token: "x y" d', 'a=b=c token: ••• d'],
    ['no secret in here: 10:30', 'no secret in here: 10:30'],
  ])('%s', (text, masked) => expect(maskText(text)).toBe(masked))

  test('the word after a flag', () => {
    expect(maskWords(['server', '--token', 's3cr3t', '--port', '80'])).toEqual([
      'server',
      '--token',
      '•••',
      '--port',
      '80',
    ])
  })

  test('a word is one value to its end', () => {
    expect(maskWords(['-e', 'DB_PASSWORD=p&ss, w;rd', '--token=a b', '-e', 'DEBUG=a b'])).toEqual([
      '-e',
      'DB_PASSWORD=•••',
      '--token=•••',
      '-e',
      'DEBUG=a b',
    ])
  })

  test('a variable shows its name, and its value only where that is harmless', () => {
    expect(maskVariable('PATH=/usr/bin')).toBe('PATH=/usr/bin')
    expect(maskVariable('ANYTHING=a=b')).toBe('ANYTHING=•••')
    expect(maskVariable('ALONE')).toBe('ALONE')
  })
})

test('a secret is in no part of an inspected container, wherever it was put', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+_~^-]{8,40}$/)
  fc.assert(
    fc.property(secret, (canary) => {
      const raw = {
        Id: 'f00d',
        Path: 'server',
        Args: ['--password', canary, `--token=${canary}`, `http://ann:${canary}@host/`],
        Config: {
          Env: ['PATH=/bin', `DB_PASSWORD=${canary}`, `HARMLESS=${canary}`],
          Cmd: ['sh', '-c', `curl -H "Authorization: ${canary}" http://host`],
          Labels: { 'app.secret': canary, 'app.note': `uses ${canary}` },
        },
        HostConfig: { LogConfig: { Config: { 'splunk-token': canary } } },
        State: { Health: { Log: [{ Output: `login with ${canary} failed` }] } },
      }
      const shown = JSON.stringify(maskInspection(raw))
      expect(shown).not.toContain(canary)
      expect(shown).toContain('PATH=/bin')
      expect(JSON.parse(shown)).toMatchObject({
        Id: 'f00d',
        Path: 'server',
        Config: { Labels: { 'app.secret': '•••' } },
      })
    }),
    { seed: 20_260_115, numRuns: 200 },
  )
})

test('a variable without a telling name is masked in its place, and left where the same text means something else', () => {
  const raw = { Config: { Env: ['MODE=production', 'EMPTY='] }, Name: '/production' }
  expect(maskInspection(raw)).toEqual({ Config: { Env: ['MODE=•••', 'EMPTY=•••'] }, Name: '/production' })
})

test('Inspect hides, Inspect with Secrets shows, each in a document of its own', async () => {
  const s = await scene()
  s.engine.answers.set('containers.inspect', () => ({ Config: { Env: ['DB_PASSWORD=hunter22'] } }))
  const node = { kind: 'container', container: container('web') } as const
  await s.run('containers.inspect', node)
  await s.run('containers.inspectWithSecrets', node)
  const [hidden, shown] = s.documents
  expect(hidden!.text).not.toContain('hunter22')
  expect(shown!.text).toContain('hunter22')
  expect(hidden!.key).not.toBe(shown!.key)
  expect(hidden!.language).toBe('json')
  expect(JSON.parse(hidden!.text)).toEqual({ Config: { Env: ['DB_PASSWORD=•••'] } })
})

test('Inspect begins with what the container really runs and where each part comes from', async () => {
  const s = await scene()
  s.engine.answers.set('containers.inspect', () => ({
    Path: 'entry.sh',
    Args: ['serve', '--token', 'hunter22', 'two\nlines'],
    Config: { Entrypoint: ['entry.sh'], Cmd: ['serve', '--token', 'hunter22', 'two\nlines'] },
  }))
  s.engine.answers.set('images.inspect', () => ({ Config: { Entrypoint: ['entry.sh'], Cmd: ['help'] } }))
  await s.run('containers.inspect', { kind: 'container', container: container('web') } as const)
  const [{ text, language }] = s.documents as [(typeof s.documents)[number]]
  expect(language).toBe('jsonc')
  expect(text.split('\n').slice(0, 4)).toEqual([
    "// It runs: entry.sh serve --token '•••' 'two\\nlines'",
    '// ENTRYPOINT entry.sh (from the image)',
    "// CMD serve --token '•••' 'two\\nlines' (set when the container was made)",
    '{',
  ])
})
