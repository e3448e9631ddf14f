import type { EngineState, Snapshot } from '../engine/live/state.ts'
import type { Container } from '../engine/model/container.ts'
import type { EngineId } from '../engine/model/refs.ts'
import type { WrittenService } from '../shared/compose-services.ts'
import { connectionError } from './engines.ts'
import type { ServiceNode, StackNode } from './node.ts'
import { comparable, haveFileInCommon } from './paths.ts'

/** A service as one of the files of its project has it. */
export interface PlacedService extends WrittenService {
  readonly file: string
}

/** A compose project as the open folders have it. */
export interface WorkspaceProject {
  /** What compose calls it. */
  readonly name: string
  readonly files: readonly string[]
  /** The folder whose `.env` lists the files in `COMPOSE_FILE`. */
  readonly folder?: string
  /** Other compose files of its folder: it is also made of these where its containers say so. */
  readonly others?: readonly string[]
  readonly services: readonly PlacedService[]
  /** By engine, where compose has been asked: the containers there can be made of other files, under another name. */
  readonly hashes?: ReadonlyMap<EngineId, ServiceHashes>
}

/** What compose makes of each service now: any of these hashes is that of an unchanged one. */
export type ServiceHashes = ReadonlyMap<string, ReadonlySet<string>>

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
  const isAway = connectionError(state) !== undefined
  const running = new Map<string, Container[]>()
  for (const container of isAway ? [] : state.containers.items.values()) {
    if (container.compose === undefined || container.compose.oneoff) continue
    const list = running.get(container.compose.project) ?? []
    list.push(container)
    running.set(container.compose.project, list)
  }
  const stacks: StackNode[] = []
  for (const project of projects) {
    const own = running.get(project.name)
    const known = isOwn(own, project)
      ? ([project.name, own] as const)
      : [...running].find(([, list]) => list.every((container) => madeFrom(container, project)))
    if (known !== undefined) running.delete(known[0])
    const [name, containers] = known ?? [project.name, []]
    const shown = { engine, name, inWorkspace: true, ...(isAway ? { away: true as const } : {}) }
    stacks.push(stackOf(asMade(project, containers), shown, containers))
  }
  for (const [name, containers] of running)
    stacks.push(
      stackOf(
        { name, files: containers[0]!.compose!.configFiles, services: [] },
        { engine, name, inWorkspace: false },
        containers,
      ),
    )
  return stacks.sort((a, b) => a.name.localeCompare(b.name))
}

/** Whether what runs under the project's own name is the project. */
const isOwn = (list: readonly Container[] | undefined, project: WorkspaceProject): list is Container[] =>
  list !== undefined &&
  (list.some((container) => madeFrom(container, project)) ||
    list.every(({ compose }) => compose!.configFiles.length === 0))

/** Another name is believed only where nothing else goes by it: one container that claims these files gives nobody that project. */
const madeFrom = ({ compose }: Container, { files }: WorkspaceProject): boolean =>
  haveFileInCommon(compose!.configFiles, files)

/** Of the several files that its containers were made of, as long as all of them are compose files of the project's own folder. */
function asMade(project: WorkspaceProject, containers: readonly Container[]): WorkspaceProject {
  const { folder: _listing, ...named } = project
  const known = new Map([...project.files, ...(project.others ?? [])].map((file) => [comparable(file), file]))
  const made = (containers[0]?.compose?.configFiles ?? []).map((file) => known.get(comparable(file)))
  const files = made.filter((file) => file !== undefined)
  if (made.length < 2 || files.length < made.length) return project
  return files.join('\n') === project.files.join('\n') ? project : { ...named, files }
}

function stackOf(
  { name: usual, files, folder: listing, services: written, hashes }: WorkspaceProject,
  shown: Pick<StackNode, 'engine' | 'name' | 'inWorkspace' | 'away'>,
  containers: readonly Container[],
): StackNode {
  const inFile = new Map(written.map((service) => [service.name, service]))
  const names = new Set([...inFile.keys(), ...containers.map(({ compose }) => compose!.service)])
  const { engine, name: stack, inWorkspace, away } = shown
  const project = {
    ...(listing === undefined ? {} : { folder: listing }),
    ...(stack === usual ? {} : { project: stack }),
  }
  const services = [...names].sort().map((service): ServiceNode => {
    const { file, line, profiles, replicas } = inFile.get(service) ?? {}
    const own = containers
      .filter(({ compose }) => compose!.service === service)
      .sort((a, b) => a.compose!.number - b.compose!.number)
    const drift = driftOf(service, own, hashes?.get(engine))
    return {
      kind: 'service',
      engine,
      stack,
      name: service,
      files,
      inWorkspace,
      ...project,
      ...(away === undefined ? {} : { away }),
      ...(line === undefined || file === undefined ? {} : { place: { file, line } }),
      containers: own,
      ...(profiles === undefined ? {} : { profiles }),
      ...(replicas === undefined ? {} : { replicas }),
      ...(drift === undefined ? {} : { drift }),
    }
  })
  return { kind: 'stack', ...shown, files, ...project, services }
}

/** As compose judges it: by the hash of the service that it left on the container. */
function driftOf(
  service: string,
  containers: readonly Container[],
  hashes: ServiceHashes | undefined,
): ServiceNode['drift'] {
  if (hashes === undefined || containers.length === 0) return undefined
  const unchanged = hashes.get(service)
  if (unchanged === undefined) return 'gone'
  const differs = containers.some(
    ({ compose }) => compose!.configHash !== undefined && !unchanged.has(compose!.configHash),
  )
  return differs ? 'changed' : undefined
}
