import { spawn } from 'node:child_process'
import { Agent, type RequestOptions } from 'node:http'
import { type AgentOptions as TlsOptions, Agent as TlsAgent } from 'node:https'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Address, TlsMaterial } from '../endpoint.ts'
import { ProcessSocket, sshArguments } from './dial-stdio.ts'
import { joining } from './joining.ts'

/** What `ssh://` endpoints start: the user's ssh, with the user's environment and outside of any workspace folder. */
export interface SshProgram {
  readonly command: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/** How requests reach one engine. */
export interface Connector {
  readonly secure: boolean
  readonly options: RequestOptions
  /** Keeps connections for the next call. */
  readonly pooled: Agent
  /** A connection for one request alone, so that nothing depends on how the last one left it. */
  readonly single: Agent
  /** The same for answers that go on and on, in very many small chunks. */
  readonly streams: Agent
  /** Calls in flight at most, streams apart. */
  readonly places: number
  /** Whether a connection can be half-open: bytes stop without an end. */
  readonly remote: boolean
}

const localIdleMs = 10_000
const sshIdleMs = 60_000

function tlsOptions(host: string, tls: TlsMaterial): TlsOptions {
  return {
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key.reveal() }),
    rejectUnauthorized: !tls.skipVerify,
    servername: tls.serverName ?? (isIP(host) === 0 ? host : ''),
    minVersion: 'TLSv1.2',
  }
}

function sshAgent(keepAlive: boolean, dial: () => Duplex): Agent {
  const agent = new Agent({ keepAlive, maxFreeSockets: 4, timeout: sshIdleMs })
  return Object.assign(agent, { createConnection: dial })
}

export function connectTo(address: Address, ssh: SshProgram): Connector {
  const keep = { keepAlive: true, maxFreeSockets: 8, timeout: localIdleMs }
  switch (address.kind) {
    case 'unix':
    case 'npipe':
      return {
        secure: false,
        options: { socketPath: address.path, host: 'localhost' },
        pooled: new Agent(keep),
        single: new Agent({ keepAlive: false }),
        streams: joining(new Agent({ keepAlive: false })),
        places: 8,
        remote: false,
      }
    case 'tcp': {
      const options = { host: address.host, port: address.port }
      if (address.tls === undefined)
        return {
          secure: false,
          options,
          pooled: new Agent(keep),
          single: new Agent({ keepAlive: false }),
          streams: joining(new Agent({ keepAlive: false })),
          places: 8,
          remote: true,
        }
      const tls = tlsOptions(address.host, address.tls)
      return {
        secure: true,
        options,
        pooled: new TlsAgent({ ...tls, ...keep }),
        single: new TlsAgent({ ...tls, keepAlive: false }),
        streams: joining(new TlsAgent({ ...tls, keepAlive: false })),
        places: 8,
        remote: true,
      }
    }
    case 'ssh': {
      const dial = (): Duplex =>
        new ProcessSocket(
          spawn(ssh.command, sshArguments(address), {
            env: { ...ssh.env },
            cwd: ssh.cwd,
            stdio: ['pipe', 'pipe', 'pipe'],
            windowsHide: true,
          }),
        )
      const pooled = sshAgent(true, dial)
      return {
        secure: false,
        options: { host: 'localhost' },
        pooled,
        single: sshAgent(false, dial),
        streams: joining(sshAgent(false, dial)),
        places: 4,
        remote: true,
      }
    }
  }
}
