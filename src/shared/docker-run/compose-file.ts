import { key, scalar } from './compose-yaml.ts'

/** A service as lines of YAML, and what the file has to declare for it. */
export interface ServicePart {
  readonly service: string
  /** What stands below its name. */
  readonly lines: readonly string[]
  readonly networks: readonly string[]
  /** What is said of each named volume beside its name. */
  readonly volumes: ReadonlyMap<string, readonly string[]>
  /** Flags that compose has no key for. */
  readonly left: readonly string[]
}

/** A whole compose file; what several services use is declared once, by the first that says something of it. */
export function printFile(parts: readonly ServicePart[]): string {
  const networks = new Set(parts.flatMap((part) => part.networks))
  const volumes = new Map<string, readonly string[]>()
  for (const part of parts)
    for (const [name, lines] of part.volumes) if (!volumes.get(name)?.length) volumes.set(name, lines)
  const lines = [
    'services:',
    ...parts.flatMap((part) => [`  ${key(part.service)}:`, ...part.lines]),
    // What the line names exists already, or is made under exactly this name.
    ...(networks.size === 0 ? [] : ['networks:']),
    ...[...networks].flatMap((name) => [`  ${key(name)}:`, '    external: true']),
    ...(volumes.size === 0 ? [] : ['volumes:']),
    ...[...volumes].flatMap(([name, more]) => [`  ${key(name)}:`, `    name: ${scalar(name)}`, ...more]),
  ]
  return `${lines.join('\n')}\n`
}
