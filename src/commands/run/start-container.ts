import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import type { Container } from '../../engine/model/container.ts'
import { t } from '../../shared/l10n.ts'
import { heldByContainer, heldByProgram, portHolder, type Held } from './port-holder.ts'

/** Starts a container. Where a port is taken, the error names who holds it: a container, or a program of this machine. */
export async function startContainer(engine: Engine, id: string, signal?: AbortSignal): Promise<void> {
  try {
    await engine.containers.start(id, signal)
  } catch (fault) {
    throw (await namingTheHolder(engine, id, fault)) ?? fault
  }
}

interface TakenPort {
  readonly hostIp: string
  readonly port: number
  /** What the message leaves open. */
  readonly protocols: readonly ('tcp' | 'udp')[]
}

/**
 * The port that an engine could not publish, as Docker 20.10 to 28 and Podman say it: `Bind for :::80 failed: port is already
 * allocated`, `listen tcp4 0.0.0.0:80: bind: address already in use`, `failed to bind host port for
 * 0.0.0.0:80:172.17.0.2:80/tcp: address already in use`.
 */
export function takenPort(message: string): TakenPort | undefined {
  if (!/already (?:allocated|in use)/i.test(message)) return undefined
  const match =
    /(?:Bind for|listen (?:tcp|udp)[46]?|host port for|exposing port \w+)\s+(\[[^\]]*\]|:*|[^\s:]*):(\d+)/i.exec(
      message,
    )
  const port = match?.[2] ?? /port (\d+) is already/i.exec(message)?.[1]
  if (port === undefined) return undefined
  return {
    hostIp: (match?.[1] ?? '').replace(/^\[|\]$/g, ''),
    port: Number(port),
    protocols: /listen udp|\/udp/.test(message)
      ? ['udp']
      : /listen tcp|\/tcp/.test(message)
        ? ['tcp']
        : ['tcp', 'udp'],
  }
}

async function namingTheHolder(engine: Engine, id: string, fault: unknown): Promise<EngineError | undefined> {
  const taken = fault instanceof EngineError ? takenPort(fault.message) : undefined
  if (taken === undefined) return undefined
  const containers = await engine.containers.list().catch((): readonly Container[] => [])
  const others = containers.filter((container) => container.id !== id)
  const { message, nextStep } = await holderOf(engine, others, taken)
  return new EngineError('conflict', message, { nextStep, cause: fault })
}

async function holderOf(
  engine: Engine,
  containers: readonly Container[],
  { port, protocols, hostIp }: TakenPort,
): Promise<Held> {
  for (const protocol of protocols) {
    const holder = portHolder(containers, port, protocol, hostIp)
    if (holder !== undefined) return heldByContainer(port, holder)
  }
  for (const protocol of protocols) {
    const held = await heldByProgram(engine, port, protocol, hostIp)
    if (held !== undefined) return held
  }
  return {
    message: t('Port {0} is held by a program of the engine’s machine.', String(port)),
    nextStep: t('End that program, or publish another port.'),
  }
}
