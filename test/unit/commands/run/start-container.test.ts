import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { listeners, portProcess } from '../../../../src/commands/run/port-process.ts'
import { startContainer, takenPort } from '../../../../src/commands/run/start-container.ts'
import { EngineError } from '../../../../src/engine/errors.ts'
import { fakeEngine } from '../../../support/fake-engine.ts'
import { container } from '../../../support/models.ts'

describe('the port that an engine could not publish, in the words of each', () => {
  test.each([
    [
      'driver failed programming external connectivity on endpoint b (1): Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use',
      { hostIp: '0.0.0.0', port: 8080, protocols: ['tcp'] },
    ],
    [
      'driver failed programming external connectivity on endpoint b (1): Bind for 0.0.0.0:8080 failed: port is already allocated',
      { hostIp: '0.0.0.0', port: 8080, protocols: ['tcp', 'udp'] },
    ],
    [
      'failed to set up container networking: … Bind for :::8080 failed: port is already allocated',
      { hostIp: '::', port: 8080, protocols: ['tcp', 'udp'] },
    ],
    [
      'failed to bind host port for 127.0.0.1:8080:10.190.0.2:80/tcp: address already in use',
      { hostIp: '127.0.0.1', port: 8080, protocols: ['tcp'] },
    ],
    [
      'cannot listen on the UDP port: listen udp4 :8080: bind: address already in use',
      { hostIp: '', port: 8080, protocols: ['udp'] },
    ],
    ['name "/x" is already in use by container y', undefined],
    ['OCI runtime create failed: exec: "x": not found', undefined],
  ])('%s', (message, expected) => expect(takenPort(message)).toEqual(expected))
})

const refused = (port: number): EngineError =>
  new EngineError(
    'internal',
    `failed to bind host port for 127.0.0.1:${port}:10.0.0.2:80/tcp: address already in use`,
  )

test('the container that holds the port is named', async () => {
  const engine = fakeEngine()
  engine.lists.containers.push(
    container('web', { id: 'me' }),
    container('proxy', {
      ports: [{ containerPort: 80, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: 8080 }],
    }),
  )
  engine.failNext('containers.start', refused(8080))
  engine.answers.set('containers.start', () => undefined)
  await expect(startContainer(engine, 'me')).rejects.toMatchObject({
    code: 'conflict',
    message: 'Port 8080 is held by the container proxy.',
    nextStep: 'Stop proxy, or publish another port.',
  })
})

test.runIf(process.platform === 'linux')('the program that holds the port is named', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  try {
    const { port } = address
    expect(await portProcess(port, 'tcp', '127.0.0.1')).toMatchObject({ pid: process.pid })
    expect(await portProcess(port, 'tcp', '0.0.0.0')).toMatchObject({ pid: process.pid })
    expect(await portProcess(port, 'tcp', '127.0.0.9')).toBeUndefined()
    expect(await portProcess(port, 'udp')).toBeUndefined()
    const engine = fakeEngine()
    engine.failNext('containers.start', refused(port))
    engine.answers.set('containers.start', () => undefined)
    await expect(startContainer(engine, 'me')).rejects.toThrow(
      new RegExp(`^Port ${port} is held by the program .+ \\(process ${process.pid}\\)\\.$`),
    )
  } finally {
    server.close()
  }
})

test('only sockets that listen count', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000 100 0 0 10 0
   1: 0100007F:1F91 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000 20 4 30 10 -1
garbage`
  expect(listeners(table, 'tcp')).toEqual([{ address: '0100007F', port: 8080, inode: '4711' }])
})
