import { homedir } from 'node:os'
import { createEngine } from '../../src/engine/create.ts'
import { parseHost, urlOf } from '../../src/engine/docker-host.ts'
import type { Engine } from '../../src/engine/engine.ts'

/** The engine of a contract host by its socket. */
export function contractEngine({
  name,
  dockerHost,
}: {
  readonly name: string
  readonly dockerHost: string
}): Engine {
  const address = parseHost(dockerHost, process.platform)
  const url = urlOf(address)
  return createEngine(
    { id: url, name, description: '', url, address, origin: { from: 'setting' } },
    { env: {}, home: homedir() },
  )
}
