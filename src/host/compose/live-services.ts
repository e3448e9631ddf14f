import type { Container } from '../../engine/model/container.ts'
import { t } from '../../shared/l10n.ts'
import { haveFileInCommon } from '../../tree/paths.ts'
import { isLive, stateWord } from '../../tree/state-words.ts'
import type { LiveService, ServiceState } from '../../shared/service-graph/page.ts'

/** How the services fare whose containers compose made from one of these files, by the name of the service. */
export function liveServices(
  containers: Iterable<Container>,
  paths: readonly string[],
): Readonly<Record<string, LiveService>> {
  const found = new Map<string, Container[]>()
  for (const container of containers) {
    const { compose } = container
    if (compose === undefined || compose.oneoff || !haveFileInCommon(compose.configFiles, paths)) continue
    found.set(compose.service, [...(found.get(compose.service) ?? []), container])
  }
  return Object.fromEntries([...found].map(([name, list]) => [name, liveService(list)]))
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
