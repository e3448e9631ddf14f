import type { Container } from '../../engine/model/container.ts'
import type { WrittenService } from '../../shared/compose-services.ts'
import { plural, t } from '../../shared/l10n.ts'
import { haveFileInCommon } from '../../tree/paths.ts'
import { isLive, stateWord } from '../../tree/state-words.ts'
import type { LiveService, ServiceState } from '../../shared/service-graph/page.ts'

/** A project that runs: its name, and how each of its services fares. */
export interface LiveProject {
  readonly name: string
  readonly services: Readonly<Record<string, LiveService>>
}

/** The projects whose containers compose made from one of these files: `-p` makes several of the same file. */
export function liveProjects(
  containers: Iterable<Container>,
  paths: readonly string[],
): readonly LiveProject[] {
  const found = new Map<string, Container[]>()
  for (const container of ofFiles(containers, paths)) {
    const { project } = container.compose!
    found.set(project, [...(found.get(project) ?? []), container])
  }
  return [...found]
    .map(([name, list]) => ({ name, services: servicesOf(list) }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** How the services fare whose containers compose made from one of these files, of whichever project, by the name of the service. */
export function liveServices(
  containers: Iterable<Container>,
  paths: readonly string[],
): Readonly<Record<string, LiveService>> {
  return servicesOf(ofFiles(containers, paths))
}

const ofFiles = (containers: Iterable<Container>, paths: readonly string[]): readonly Container[] =>
  [...containers].filter(
    ({ compose }) => compose !== undefined && !compose.oneoff && haveFileInCommon(compose.configFiles, paths),
  )

function servicesOf(containers: readonly Container[]): Readonly<Record<string, LiveService>> {
  const found = new Map<string, Container[]>()
  for (const container of containers) {
    const { service } = container.compose!
    found.set(service, [...(found.get(service) ?? []), container])
  }
  return Object.fromEntries([...found].map(([name, list]) => [name, liveService(list)]))
}

/** How a project fares as a whole: its services that run, of those that are not left to a profile; undefined while none has a container. */
export function liveProject(
  written: readonly WrittenService[],
  live: Readonly<Record<string, LiveService>>,
): LiveService | undefined {
  const wanted = written.filter(
    ({ name, profiles = [] }) => Object.hasOwn(live, name) || profiles.length === 0,
  )
  const states = wanted.flatMap(({ name }) => (Object.hasOwn(live, name) ? [live[name]!.state] : []))
  if (states.length === 0) return undefined
  const up = states.filter((state) => state !== 'stopped').length
  const isWhole = up === wanted.length && !states.includes('partly')
  return {
    state: states.includes('unhealthy') ? 'unhealthy' : up === 0 ? 'stopped' : isWhole ? 'running' : 'partly',
    word: plural(wanted.length, '{0}/1 service running', '{0}/{1} services running', up, wanted.length),
  }
}

function liveService(containers: readonly Container[]): LiveService {
  const running = containers.filter(isLive)
  const unhealthy = running.some(({ health }) => health === 'unhealthy')
  const word =
    containers.length === 1
      ? stateWord(containers[0]!.state)
      : t('{0} of {1} running', running.length, containers.length)
  return {
    state: unhealthy ? 'unhealthy' : stateOf(running.length, containers.length),
    word: unhealthy ? t('{0}, unhealthy', word) : word,
  }
}

function stateOf(running: number, all: number): ServiceState {
  if (running === 0) return 'stopped'
  return running === all ? 'running' : 'partly'
}
