import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { publishedPorts } from '../../../src/commands/addresses.ts'
import { dockerLine } from '../../../src/commands/equivalents.ts'
import { containersIn } from '../../../src/commands/groups.ts'
import { credentialAddress, parseReference } from '../../../src/commands/image-reference.ts'
import { LayerProgress } from '../../../src/commands/layer-progress.ts'
import { fileName } from '../../../src/commands/naming.ts'
import { bytes, parseBytes, sizeFlag } from '../../../src/commands/sizes.ts'
import { table } from '../../../src/commands/tables.ts'
import { matchesTargets, whenOfTargets } from '../../../src/commands/targets.ts'
import { splitWords } from '../../../src/shared/shell-words.ts'
import { container, endpoint } from '../../support/models.ts'

describe('docker lines', () => {
  const engine = { endpoint: endpoint() }

  test('a shell reads back the very words, whatever a name holds', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
        const words = ['docker', 'rm', ...(name.startsWith('-') ? ['--'] : []), name]
        expect(splitWords(dockerLine(engine, ['rm'], [name]))).toEqual({ words, rest: '' })
      }),
      { seed: 17, numRuns: 500 },
    )
  })

  test('hide the secrets of options', () => {
    const words = [
      'volume',
      'create',
      '-o',
      'o=addr=10.0.0.1,username=ann,password=hunter22',
      '-o',
      'type=cifs',
    ]
    expect(dockerLine(engine, words, ['share'])).toBe(
      "docker volume create -o 'o=addr=10.0.0.1,username=ann,password=•••' -o type=cifs share",
    )
  })

  test.each([
    ['x;id', "docker rm 'x;id'"],
    ['$(id)', "docker rm '$(id)'"],
    ["it's", `docker rm 'it'\\''s'`],
    ['-rf', 'docker rm -- -rf'],
  ])('%s', (name, line) => expect(dockerLine(engine, ['rm'], [name])).toBe(line))

  test.each([
    [endpoint({ origin: { from: 'default' } }), 'docker ps'],
    [endpoint({ origin: { from: 'environment', variable: 'DOCKER_HOST' } }), 'docker ps'],
    [endpoint({ origin: { from: 'context', name: 'default' } }), 'docker ps'],
    [endpoint({ origin: { from: 'context', name: 'prod' } }), 'docker --context prod ps'],
    [endpoint({ origin: { from: 'setting' } }), 'docker -H unix:///var/run/docker.sock ps'],
    [endpoint({ origin: { from: 'setting', context: 'prod' } }), 'docker --context prod ps'],
    [
      endpoint({ origin: { from: 'setting', context: 'default' } }),
      'docker -H unix:///var/run/docker.sock ps',
    ],
    [
      endpoint({
        url: 'tcp://host:2376',
        address: { kind: 'tcp', host: 'host', port: 2376, tls: { skipVerify: false } },
        origin: { from: 'setting' },
      }),
      'docker --tlsverify -H tcp://host:2376 ps',
    ],
  ])('reach the same engine (%#)', (of, line) => expect(dockerLine({ endpoint: of }, ['ps'])).toBe(line))
})

describe('names of images', () => {
  test.each([
    ['nginx', { repository: 'nginx', tag: undefined, digest: undefined, registry: 'docker.io' }],
    ['team/app:1.2', { repository: 'team/app', tag: '1.2', digest: undefined, registry: 'docker.io' }],
    [
      'localhost:5000/app',
      { repository: 'localhost:5000/app', tag: undefined, digest: undefined, registry: 'localhost:5000' },
    ],
    [
      `r.example/a/b:t@sha256:${'a'.repeat(64)}`,
      { repository: 'r.example/a/b', tag: 't', digest: `sha256:${'a'.repeat(64)}`, registry: 'r.example' },
    ],
  ])('%s', (text, reference) => expect(parseReference(text)).toEqual(reference))

  test.each([
    '',
    'Nginx',
    'a b',
    'a:',
    ':a',
    'a/',
    '/a',
    'a@b',
    'a:b:c/d',
    '-x',
    'a;id',
    'http://a/b',
    'a..b/c',
  ])('%s is none', (text) => expect(parseReference(text)).toBeUndefined())

  test('Docker Hub has the address that the CLI keeps it under', () => {
    expect(credentialAddress('docker.io')).toBe('https://index.docker.io/v1/')
    expect(credentialAddress('ghcr.io')).toBe('ghcr.io')
  })
})

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1234, '1.23 kB'],
    [999_999, '1 MB'],
    [1_500_000_000, '1.5 GB'],
  ])('%d bytes are %s', (count, text) => expect(bytes(count)).toBe(text))

  test.each([
    ['512m', 536_870_912],
    ['1.5g', 1_610_612_736],
    ['1024', 1024],
    ['64KiB', 65_536],
    ['lots', undefined],
    ['-1', undefined],
  ])('%s', (text, count) => expect(parseBytes(text)).toBe(count))

  test('a flag is read back as the same number of bytes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), (count) => {
        expect(parseBytes(sizeFlag(count))).toBe(count)
      }),
      { seed: 5, numRuns: 300 },
    )
  })
})

describe('targets', () => {
  test.each([
    [['container'], 'container', true],
    [['container+running'], 'container running compose', true],
    [['container+running'], 'container stopped', false],
    [['container+running'], 'project running', false],
    [['network-builtin'], 'network used', true],
    [['network-builtin'], 'network builtin used', false],
    [['container+stopped', 'image'], 'image used', true],
  ] as const)('%j on %s: %s', (targets, row, fits) => {
    expect(matchesTargets(targets, row.split(' '))).toBe(fits)
    const pattern = /^viewItem =~ \/(.*)\/$/.exec(whenOfTargets(targets))![1]!
    expect(new RegExp(pattern).test(row)).toBe(fits)
  })
})

describe('published ports', () => {
  const remote = endpoint({ address: { kind: 'ssh', host: 'build.example' }, url: 'ssh://build.example' })
  const port = (hostIp: string, hostPort: number, containerPort = 80) =>
    ({ containerPort, hostPort, hostIp, protocol: 'tcp' }) as const

  test('of a remote engine are reached on its host', () => {
    expect(publishedPorts(remote, [port('0.0.0.0', 8080)]).map(({ url }) => url)).toEqual([
      'http://build.example:8080/',
    ])
  })
  test('bound to one address are reached there', () => {
    expect(
      publishedPorts(endpoint(), [port('192.168.1.5', 80), port('fe80::1', 81)]).map(
        ({ address }) => address,
      ),
    ).toEqual(['192.168.1.5:80', '[fe80::1]:81'])
  })
})

test('progress of layers never goes back while layers are known', () => {
  const progress = new LayerProgress()
  for (const id of ['a', 'b']) progress.push({ id, status: 'Pulling fs layer' })
  const fractions = [
    progress.push({ id: 'a', status: 'Downloading', current: 10, total: 100 }),
    progress.push({ id: 'a', status: 'Downloading', current: 100, total: 100 }),
    progress.push({ id: 'a', status: 'Pull complete' }),
    progress.push({ id: 'b', status: 'Already exists' }),
  ].map(({ fraction }) => fraction!)
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  expect(fractions.at(-1)).toBe(1)
})

test('a file name is safe on every system', () => {
  expect(fileName('../../etc/passwd')).toBe('etc-passwd')
  expect(fileName('registry:5000/app:1')).toBe('registry-5000-app-1')
  expect(fileName('\u202e')).toBe('u202e')
  expect(fileName('..')).toBe('file')
})

test('a table stays in columns whatever its cells hold', () => {
  expect(
    table([
      ['a', 'b'],
      ['long cell', 'x\ny'],
    ]),
  ).toBe('a           b\nlong cell   x\\ny')
})

test('the containers of nested groups are found, each once', () => {
  const web = { kind: 'container', container: container('web') } as const
  const engine = web.container.engine
  const inner = { kind: 'group', engine, by: 'state', value: 'running', children: [web] } as const
  const outer = { kind: 'group', engine, by: 'engine', value: 'laptop', children: [inner, web] } as const
  expect(containersIn([outer, inner]).map(({ name }) => name)).toEqual(['web'])
})
