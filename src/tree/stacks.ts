import type { EngineState, Snapshot } from '../engine/live/state.ts'
import type { Container } from '../engine/model/container.ts'
import type { WrittenService } from '../shared/compose-services.ts'
import type { ServiceNode, StackNode } from './node.ts'

/** A compose project as the open folders have it. */
export interface WorkspaceProject {
  /** What compose calls it. */
  readonly name: string
  readonly files: readonly string[]
  readonly services: readonly WrittenService[]
  /** What compose makes of each service now, once it has been asked: any of these hashes is that of an unchanged one. */
  readonly hashes?: ReadonlyMap<string, ReadonlySet<string>>
}

/**
 * The compose projects that run on the engines shown, and those of the open folders, each once: a project that runs is the one of
 * the folder when compose made it from the same files.
 */
export function stackRoots(snapshot: Snapshot, projects: readonly WorkspaceProject[]): readonly StackNode[] {
  const shown = snapshot.engines.filter(({ endpoint }) => snapshot.shown.has(endpoint.id))
  return shown.flatMap((state) => stacksOf(state, projects))
}

function stacksOf(state: EngineState, projects: readonly WorkspaceProject[]): StackNode[] {
  const engine = state.endpoint.id
  const running = new Map<string, Container[]>()
  for (const container of state.containers.items.values()) {
    if (container.compose === undefined || container.compose.oneoff) continue
    const list = running.get(container.compose.project) ?? []
    list.push(container)
    running.set(container.compose.project, list)
  }
  const stacks: StackNode[] = []
  for (const project of projects) {
    const containers = [...running].find(
      ([name, list]) =>
        list.some((container) => madeFrom(container, project)) ||
        (name === project.name && list.every(({ compose }) => compose!.configFiles.length === 0)),
    )
    if (containers !== undefined) running.delete(containers[0])
    stacks.push(
      stackOf(
        engine,
        containers?.[0] ?? project.name,
        project.files,
        true,
        project.services,
        containers?.[1] ?? [],
        project.files[0],
        project.hashes,
      ),
    )
  }
  for (const [name, containers] of running)
    stacks.push(stackOf(engine, name, containers[0]!.compose!.configFiles, false, [], containers, undefined))
  return stacks.sort((a, b) => a.name.localeCompare(b.name))
}

const madeFrom = ({ compose }: Container, { files }: WorkspaceProject): boolean =>
  compose!.configFiles.some((file) => files.includes(file))

function stackOf(
  engine: string,
  name: string,
  files: readonly string[],
  inWorkspace: boolean,
  written: WorkspaceProject['services'],
  containers: readonly Container[],
  file: string | undefined,
  hashes?: WorkspaceProject['hashes'],
): StackNode {
  const inFile = new Map(written.map((service) => [service.name, service]))
  const names = new Set([...inFile.keys(), ...containers.map(({ compose }) => compose!.service)])
  const services = [...names].sort().map((service): ServiceNode => {
    const { line, profiles, replicas } = inFile.get(service) ?? {}
    const own = containers
      .filter(({ compose }) => compose!.service === service)
      .sort((a, b) => a.compose!.number - b.compose!.number)
    const drift = driftOf(service, own, hashes)
    return {
      kind: 'service',
      engine,
      stack: name,
      name: service,
      files,
      inWorkspace,
      ...(line === undefined || file === undefined ? {} : { place: { file, line } }),
      containers: own,
      ...(profiles === undefined ? {} : { profiles }),
      ...(replicas === undefined ? {} : { replicas }),
      ...(drift === undefined ? {} : { drift }),
    }
  })
  return { kind: 'stack', engine, name, files, inWorkspace, services }
}

/** As compose judges it: by the hash of the service that it left on the container. */
function driftOf(
  service: string,
  containers: readonly Container[],
  hashes: WorkspaceProject['hashes'],
): ServiceNode['drift'] {
  if (hashes === undefined || containers.length === 0) return undefined
  const unchanged = hashes.get(service)
  if (unchanged === undefined) return 'gone'
  const differs = containers.some(
    ({ compose }) => compose!.configHash !== undefined && !unchanged.has(compose!.configHash),
  )
  return differs ? 'changed' : undefined
}
