import { Agent, createServer, get, type IncomingMessage } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { joining } from '../../../src/engine/transport/joining.ts'

let folder: string
let socketPath: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-joined-'))
  socketPath = join(folder, 'engine.sock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const piece = Buffer.alloc(10_000, 'x')
const pieces = 300

test('who reads slowly gets all of an answer, though the connection has been closed since', async () => {
  const server = createServer((_, answer) => {
    for (let sent = 0; sent < pieces; sent++) answer.write(piece)
    answer.end()
  })
  await new Promise<void>((listening) => server.listen(socketPath, listening))
  const agent = joining(new Agent({ keepAlive: false }))
  try {
    const answer = await new Promise<IncomingMessage>((got, failed) =>
      get({ socketPath, agent, path: '/images/get' }, got).on('error', failed),
    )
    let length = 0
    for await (const bytes of answer) {
      length += (bytes as Buffer).length
      await passed(1)
    }
    expect(length).toBe(pieces * piece.length)
    expect(answer.complete).toBe(true)
  } finally {
    agent.destroy()
    server.close()
  }
})
