import { describe, expect, test } from 'vitest'
import { createBody, type RunSurroundings } from '../../../../src/commands/run/create-body.ts'
import { bytes, nanoseconds, publishedPorts } from '../../../../src/commands/run/values.ts'
import { parseRunLine } from '../../../../src/shared/docker-run/run-line.ts'

const surroundings: RunSurroundings = {
  readLines: (path) =>
    Promise.resolve(path === '.env' ? ['# remark', '', 'FROM_FILE=1', 'HOME'] : ['label=from file']),
  variable: (name) => (name === 'HOME' ? '/home/ann' : undefined),
  absolute: (path) => (path.startsWith('/') ? path : `/work/${path.replace(/^\.\//, '')}`),
}
async function bodyOf(line: string): Promise<Record<string, unknown>> {
  const result = parseRunLine(`docker run ${line}`)
  if ('problem' in result) throw new Error(result.problem.code)
  return createBody(result.spec, surroundings)
}
const hostOf = async (line: string): Promise<unknown> => (await bodyOf(line))['HostConfig']

describe('sizes', () => {
  test.each([
    ['512m', 536870912],
    ['1.5g', 1610612736],
    ['64KiB', 65536],
    ['-1', -1],
    ['10', 10],
    ['1 GB', 1073741824],
    ['many', undefined],
  ])('%s', (text, value) => expect(bytes(text)).toBe(value))
})

describe('durations in nanoseconds', () => {
  test.each([
    ['1m30s', 90e9],
    ['500ms', 5e8],
    ['0', 0],
    ['1.5h', 5400e9],
    ['5', undefined],
    ['1m 3s', undefined],
  ])('%s', (text, value) => expect(nanoseconds(text)).toBe(value))
})

describe('published ports', () => {
  const shown = (text: string) =>
    publishedPorts(text)?.map(
      (port) => `${port.hostIp}|${port.hostPort}|${port.containerPort}/${port.protocol}`,
    )
  test.each([
    ['80', ['||80/tcp']],
    ['8080:80', ['|8080|80/tcp']],
    ['127.0.0.1:8080:80/udp', ['127.0.0.1|8080|80/udp']],
    ['127.0.0.1::80', ['127.0.0.1||80/tcp']],
    ['[::1]:8080:80', ['::1|8080|80/tcp']],
    ['8000-8001:80-81', ['|8000|80/tcp', '|8001|81/tcp']],
    ['8000-8010:80', ['|8000-8010|80/tcp']],
    ['8000-8002:80-81', undefined],
    ['80:99999', undefined],
    ['a:b', undefined],
    ['80/icmp', undefined],
  ])('%s', (text, expected) => expect(shown(text)).toEqual(expected))
})

describe('what becomes of the flags', () => {
  test('the environment comes from files, the line, and what is passed on', async () =>
    expect((await bodyOf('--env-file .env -e A=1 -e HOME -e ABSENT x'))['Env']).toEqual([
      'FROM_FILE=1',
      'HOME=/home/ann',
      'A=1',
      'HOME=/home/ann',
    ]))
  test('labels on the line win over those of a file', async () =>
    expect((await bodyOf('--label-file l -l label=here -l flag x'))['Labels']).toEqual({
      label: 'here',
      flag: '',
    }))
  test('volumes: a path, a name, none', async () => {
    const body = await bodyOf('-v ./src:/app:ro -v data:/data -v /cache x')
    expect(body['HostConfig']).toMatchObject({ Binds: ['/work/src:/app:ro', 'data:/data'] })
    expect(body['Volumes']).toEqual({ '/cache': {} })
  })
  test('a Windows path keeps its drive', async () =>
    expect(await hostOf("-v 'C:\\data:/data:ro' x")).toMatchObject({ Binds: ['/work/C:\\data:/data:ro'] }))
  test('mounts', async () =>
    expect(
      await hostOf(
        '--mount type=bind,src=src,dst=/app,ro --mount type=tmpfs,dst=/tmp,tmpfs-size=64m,tmpfs-mode=1777 --mount target=/d,volume-subpath=a x',
      ),
    ).toMatchObject({
      Mounts: [
        { Type: 'bind', Source: '/work/src', Target: '/app', ReadOnly: true },
        { Type: 'tmpfs', Target: '/tmp', TmpfsOptions: { SizeBytes: 67108864, Mode: 0o1777 } },
        { Type: 'volume', Target: '/d', VolumeOptions: { Subpath: 'a' } },
      ],
    }))
  test('several networks, with addresses and other names', async () => {
    const body = await bodyOf(
      '--network front --network name=back,alias=db,ip=10.0.0.5 --network-alias web --ip 10.1.0.5 x',
    )
    expect(body['HostConfig']).toMatchObject({ NetworkMode: 'front' })
    expect(body['NetworkingConfig']).toEqual({
      EndpointsConfig: {
        front: { Aliases: ['web'], IPAMConfig: { IPv4Address: '10.1.0.5' } },
        back: { Aliases: ['db'], IPAMConfig: { IPv4Address: '10.0.0.5' } },
      },
    })
  })
  test('limits', async () =>
    expect(await hostOf('-m 512m --cpus 1.5 --pids-limit 100 --ulimit nofile=1024:2048 x')).toMatchObject({
      Memory: 536870912,
      NanoCpus: 1.5e9,
      PidsLimit: 100,
      Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 2048 }],
    }))
  test('health checks', async () =>
    expect(
      (await bodyOf('--health-cmd "curl -f localhost" --health-interval 30s --health-retries 3 x'))[
        'Healthcheck'
      ],
    ).toEqual({ Test: ['CMD-SHELL', 'curl -f localhost'], Interval: 30e9, Retries: 3 }))
  test('an empty entrypoint takes the one of the image away', async () =>
    expect((await bodyOf("--entrypoint '' x"))['Entrypoint']).toEqual(['']))
  test('restart policies', async () =>
    expect(await hostOf('--restart on-failure:5 x')).toMatchObject({
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
    }))
})

describe('values that cannot be read say what to write instead', () => {
  test.each([
    ['-p web:80 x', /publish web:80/],
    ['--restart sometimes x', /restart sometimes/],
    ['-v data:relative x', /volume data:relative/],
    ['--mount type=bind,src=/a x', /mount type=bind/],
    ['--ulimit many x', /ulimit many/],
  ])('%s', async (line, message) =>
    expect(bodyOf(line)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message) as unknown,
      nextStep: expect.any(String) as unknown,
    }),
  )
})
