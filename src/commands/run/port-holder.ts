import type { Engine } from '../../engine/engine.ts'
import type { Container } from '../../engine/model/container.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { portProcess } from './port-process.ts'

const every = new Set(['', '0.0.0.0', '::'])

/** The running container that has published this port of the host already. */
export function portHolder(
  containers: readonly Container[],
  hostPort: number,
  protocol: string,
  hostIp = '',
): Container | undefined {
  return containers.find(
    ({ state, ports }) =>
      (state === 'running' || state === 'paused' || state === 'restarting') &&
      ports.some(
        (port) =>
          port.hostPort === hostPort &&
          port.protocol === protocol &&
          (every.has(hostIp) || every.has(port.hostIp ?? '') || port.hostIp === hostIp),
      ),
  )
}

/** Whether the engine publishes ports on the machine that we run on. */
export const isHere = ({ endpoint: { address } }: Pick<Engine, 'endpoint'>): boolean =>
  address.kind === 'unix' ||
  address.kind === 'npipe' ||
  /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(address.host)

/** Who holds a port, in a sentence, and what to do about it. */
export interface Held {
  readonly message: string
  readonly nextStep: string
}

export const heldByContainer = (port: number, { name }: Container): Held => ({
  message: t('Port {0} is held by the container {1}.', String(port), plain(name, 80)),
  nextStep: t('Stop {0}, or publish another port.', plain(name, 80)),
})

/** Who holds a port that no container has published; undefined where nobody is known to. */
export async function heldByProgram(
  engine: Pick<Engine, 'endpoint'>,
  port: number,
  protocol: 'tcp' | 'udp' | 'sctp',
  hostIp: string,
): Promise<Held | undefined> {
  const program = isHere(engine) ? await portProcess(port, protocol, hostIp) : undefined
  if (program === undefined) return undefined
  if (program === 'hidden')
    return {
      message: t('Port {0} is held by another program of this machine.', String(port)),
      nextStep: t('End that program, or publish another port.'),
    }
  const name = plain(program.name, 40)
  return {
    message: t('Port {0} is held by the program {1} (process {2}).', String(port), name, String(program.pid)),
    nextStep: t('End {0}, or publish another port.', name),
  }
}
