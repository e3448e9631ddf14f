import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { ProcessSocket, SshFault } from '../../../src/engine/transport/dial-stdio.ts'
import { until } from '../../support/transports.ts'

/** A program in place of ssh. */
function dial(script: string): ProcessSocket {
  return new ProcessSocket(spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'pipe'] }))
}

async function textOf(socket: ProcessSocket): Promise<string> {
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  return text
}

describe('a process as a connection', () => {
  test('carries both ways, the end of input too, and ends with the process', async () => {
    const socket = dial('process.stdin.pipe(process.stdout)')
    socket.write('hello ')
    socket.end('there')
    expect(await textOf(socket)).toBe('hello there')
    expect(socket.bytesRead).toBe(11)
  })

  test('a slow reader slows the process', async () => {
    const socket = dial(
      'const b = Buffer.alloc(1 << 20); for (let i = 0; i < 16; i++) process.stdout.write(b)',
    )
    await once(socket, 'readable')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(socket.bytesRead).toBeLessThan(4 << 20)
    let length = 0
    for await (const chunk of socket) length += (chunk as Buffer).length
    expect(length).toBe(16 << 20)
  })

  test('what the program said when it failed is told', async () => {
    const socket = dial('process.stderr.write("Host key verification failed.\\n"); process.exitCode = 255')
    const [fault] = (await once(socket, 'error')) as [SshFault]
    expect(fault).toBeInstanceOf(SshFault)
    expect([fault.exitCode, fault.said]).toEqual([255, 'Host key verification failed.'])
  })

  test('a program that is not there', async () => {
    const socket = new ProcessSocket(spawn('/nonexistent/ssh', [], { stdio: ['pipe', 'pipe', 'pipe'] }))
    const [fault] = (await once(socket, 'error')) as [SshFault]
    expect(fault.cause).toMatchObject({ code: 'ENOENT' })
  })

  test('destroying it ends the process', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const socket = new ProcessSocket(child)
    await once(child, 'spawn')
    socket.destroy()
    await until(() => child.exitCode !== null || child.signalCode !== null)
  })

  test('its timeout is for silence, and 0 takes it away with its listener', async () => {
    const socket = dial('process.stdin.resume()')
    const hear = (): void => undefined
    for (let turn = 0; turn < 20; turn += 1) {
      socket.setTimeout(1000, hear)
      socket.setTimeout(0, hear)
    }
    expect(socket.listenerCount('timeout')).toBe(0)
    socket.setTimeout(5)
    await once(socket, 'timeout')
    socket.destroy()
  })
})
