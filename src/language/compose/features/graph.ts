import type {
  GraphDependency,
  GraphService,
  GraphShared,
  ServiceGraph,
} from '../../../shared/service-graph/graph.ts'
import type { Context } from '../../provider.ts'
import { projectAt, type OpenProject } from '../open.ts'
import { entriesOf, isTrue, itemsOf, wordOf } from '../project/checks.ts'
import type { Service } from '../project/model.ts'
import { dependenciesOf } from '../project/normalize.ts'
import { get, itemOf, stringOf, type Origin, type Source, type Value } from '../project/value.ts'
import { lineCounter } from './merged.ts'

/** The services of the project that these files make, and what connects them. Undefined when the first file cannot be read. */
export async function serviceGraph(
  uris: readonly string[],
  context: Context,
): Promise<ServiceGraph | undefined> {
  const open = await projectAt(uris, context)
  return open === undefined ? undefined : graphOf(open)
}

export function graphOf({ project }: OpenProject): ServiceGraph {
  const counters = new Map<Source, (offset: number) => number>()
  const lineOf = ({ source, node }: Origin): number => {
    let counter = counters.get(source)
    if (counter === undefined) counters.set(source, (counter = lineCounter(source.yaml.text)))
    return counter(node.start)
  }
  const services = [...project.services.values()].map((service) =>
    serviceOf(service, lineOf(service.item.key)),
  )
  const names = new Set(services.map(({ name }) => name))
  const used = (of: (service: GraphService) => readonly string[]): ReadonlySet<string> =>
    new Set(services.flatMap(of))
  return {
    project: project.environment.get('COMPOSE_PROJECT_NAME')?.value ?? '',
    services,
    networks: shared(
      get(project.model, 'networks'),
      used(({ networks }) => networks),
    ),
    volumes: shared(
      get(project.model, 'volumes'),
      used(({ volumes }) => volumes.map(({ name }) => name)),
    ),
    dependencies: [...project.services.values()].flatMap(({ name, value }) =>
      dependenciesOf(value)
        .filter(({ service }) => names.has(service))
        .map(({ service, condition, required, via }): GraphDependency => ({
          from: name,
          to: service,
          condition,
          required,
          declared: via === 'depends_on',
        })),
    ),
  }
}

/** What the file declares and somebody uses, then what is used without being declared: the default network. */
function shared(declared: Value | undefined, used: ReadonlySet<string>): readonly GraphShared[] {
  const known = entriesOf(declared)
  const names = new Set([...[...known.keys()].filter((name) => used.has(name)), ...used])
  return [...names].map((name) => ({ name, external: isTrue(get(known.get(name)?.value, 'external')) }))
}

function serviceOf({ name, value, item, enabled, profiles }: Service, line: number): GraphService {
  const build = get(value, 'build')
  const context = stringOf(build) ?? stringOf(get(build, 'context'))
  const replicas = Number(wordOf(get(value, 'scale')) ?? wordOf(get(value, 'deploy', 'replicas')) ?? 1)
  return {
    name,
    image: stringOf(get(value, 'image')) ?? context ?? '',
    built: build !== undefined,
    ports: itemsOf(get(value, 'ports'))
      .map(portText)
      .filter((text) => text !== ''),
    profiles,
    enabled,
    // A word that is no number is a fault of the file, told where it is written.
    replicas: Number.isFinite(replicas) ? replicas : 1,
    networks: networksOf(value),
    volumes: itemsOf(get(value, 'volumes')).flatMap((mount) => {
      const source = stringOf(get(mount, 'source'))
      if (stringOf(get(mount, 'type')) !== 'volume' || source === undefined) return []
      const path = stringOf(get(mount, 'target')) ?? ''
      return [{ name: source, path, readOnly: isTrue(get(mount, 'read_only')) }]
    }),
    place: { uri: item.key.source.uri, line },
  }
}

function portText(port: Value): string {
  const target = wordOf(get(port, 'target')) ?? ''
  const published = wordOf(get(port, 'published')) ?? ''
  const protocol = wordOf(get(port, 'protocol')) ?? 'tcp'
  if (target === '') return ''
  return `${published === '' ? target : `${published}→${target}`}${protocol === 'tcp' ? '' : `/${protocol}`}`
}

/** Those it names; the default one when it names none and has a network of its own. */
function networksOf(service: Value): readonly string[] {
  if (itemOf(service, 'network_mode') !== undefined) return []
  const named = [...entriesOf(get(service, 'networks')).keys()]
  return named.length === 0 ? ['default'] : named
}
