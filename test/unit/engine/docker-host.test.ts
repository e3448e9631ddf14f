import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseHost, urlOf } from '../../../src/engine/docker-host.ts'
import { EngineError } from '../../../src/engine/errors.ts'
import { sshArguments } from '../../../src/engine/transport/dial-stdio.ts'

describe('what DOCKER_HOST, a context or a setting may say', () => {
  test.each([
    ['unix:///run/docker.sock', { kind: 'unix', path: '/run/docker.sock' }],
    ['unix://', { kind: 'unix', path: '/var/run/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'npipe', path: '//./pipe/docker_engine' }],
    ['npipe://\\\\.\\pipe\\mine', { kind: 'npipe', path: '//./pipe/mine' }],
    ['npipe://', { kind: 'npipe', path: '//./pipe/docker_engine' }],
    ['tcp://box', { kind: 'tcp', host: 'box', port: 2375 }],
    ['tcp://box:2376', { kind: 'tcp', host: 'box', port: 2376 }],
    ['tcp://box:2376/', { kind: 'tcp', host: 'box', port: 2376 }],
    ['tcp://:1234', { kind: 'tcp', host: 'localhost', port: 1234 }],
    ['box:1234', { kind: 'tcp', host: 'box', port: 1234 }],
    ['127.0.0.1', { kind: 'tcp', host: '127.0.0.1', port: 2375 }],
    ['tcp://[::1]:1234', { kind: 'tcp', host: '::1', port: 1234 }],
    ['tcp://[fe80::1%eth0]', { kind: 'tcp', host: 'fe80::1%eth0', port: 2375 }],
    ['ssh://box', { kind: 'ssh', host: 'box' }],
    ['ssh://me@box:22', { kind: 'ssh', user: 'me', host: 'box', port: 22 }],
    ['ssh://DOMAIN%5Cme@box', { kind: 'ssh', user: 'DOMAIN\\me', host: 'box' }],
    [
      'ssh://me@box/run/user/1000/docker.sock',
      { kind: 'ssh', user: 'me', host: 'box', socket: '/run/user/1000/docker.sock' },
    ],
    ['ssh://[::1]/', { kind: 'ssh', host: '::1' }],
    [' unix:///a ', { kind: 'unix', path: '/a' }],
  ])('%s', (text, address) => {
    expect(parseHost(text, 'linux')).toEqual(address)
  })

  test.each([
    'https://box:2376',
    'http://box:2375',
    'fd://',
    'UNIX:///run/docker.sock',
    'unix://run/docker.sock',
    'npipe://name',
    'tcp://box:99999',
    'tcp://box:0',
    'tcp://box:x',
    'tcp://::1:2375',
    'tcp://box/path',
    'tcp://me@box',
    'tcp://1.2.3.400',
    'tcp://a b',
    'tcp://-rf:1',
    'ssh://-oProxyCommand=id',
    'ssh://me@-oProxyCommand=id',
    'ssh://-l@box',
    'ssh://me:pass@box',
    'ssh://box?x=1',
    'ssh://box;id',
    'ssh://box/run/$(id)',
    'ssh://%zz@box',
    'ssh://',
    'unix:///a\nb',
    'bogus://x',
  ])('%j is refused, with the next step', (text) => {
    try {
      parseHost(text, 'linux')
    } catch (fault) {
      expect(fault).toMatchObject({ code: 'invalid', nextStep: expect.stringMatching(/.+/) })
      return
    }
    throw new Error('it was taken')
  })

  test('whatever it says: an address that reads back the same, or a refusal', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .tuple(
          fc.constantFrom('unix://', 'tcp://', 'ssh://', 'npipe://', ''),
          fc.string({ unit: fc.constantFrom(...'a1-.:/@[]%;$ ') }),
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (host) => {
        try {
          const address = parseHost(host, 'linux')
          expect(parseHost(urlOf(address).replace('\\', '%5C'), 'linux')).toEqual(address)
        } catch (fault) {
          if (!(fault instanceof EngineError)) throw fault
        }
      }),
      { seed: 100, numRuns: 2000 },
    )
  })

  test('nothing of an ssh address can be an option of ssh or a word of the remote shell', () => {
    const text = fc.string({ unit: fc.constantFrom(...'a1-.:/@[]%;$_ \\+') }).map((rest) => `ssh://${rest}`)
    fc.assert(
      fc.property(text, (host) => {
        try {
          const address = parseHost(host, 'linux')
          if (address.kind !== 'ssh') throw new Error('no ssh')
          const list = sshArguments(address)
          const end = list.indexOf('--')
          expect(list[end + 1]).toMatch(/^[^-]/)
          for (const word of list.slice(end + 2)) expect(word).toMatch(/^[A-Za-z0-9_./:@+-]+$/)
          if (address.user !== undefined) expect(list[list.indexOf('-l') + 1]).toMatch(/^[^-]/)
        } catch (fault) {
          if (!(fault instanceof EngineError)) throw fault
        }
      }),
      { seed: 28, numRuns: 2000 },
    )
  })
})
