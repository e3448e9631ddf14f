import { printFile } from './compose-file.ts'
import { servicePart, serviceNameOf } from './compose-service.ts'
import { raw, type Yaml } from './compose-yaml.ts'
import type { RunSpec } from './run-line.ts'

/** How a container was run, and its full id. */
export interface RanAs {
  readonly id: string
  readonly spec: RunSpec
}

/** Source: Compose Specification, depends_on. */
const conditions = ['service_started', 'service_healthy', 'service_completed_successfully']

/** One compose file whose services make the same containers, and refer to each other where those did. */
export function composeOfSeveral(runs: readonly RanAs[]): string {
  const services = namesOf(runs)
  const named = new Set<string>()
  const parts = runs.map(({ spec }, i) => {
    const name = textOf(spec, 'name')
    // Containers of two engines may be called the same, those of one file may not.
    const flags = new Map(spec.flags)
    if (named.has(name)) flags.delete('name')
    named.add(name)
    return servicePart(
      { ...spec, flags },
      {
        service: services[i]!,
        serviceOf: (container) => {
          const at = runs.findIndex((run) => run !== runs[i] && isCalled(run, container))
          return services[at]
        },
        dependsOn: Object.fromEntries(dependenciesOf(runs, i).map(([at, how]) => [services[at]!, how])),
      },
    )
  })
  return printFile(parts)
}

function namesOf(runs: readonly RanAs[]): readonly string[] {
  const taken = new Set<string>()
  return runs.map(({ spec }) => {
    const wanted = serviceNameOf(spec)
    let name = wanted
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`
    taken.add(name)
    return name
  })
}

const textOf = ({ flags }: RunSpec, flag: string): string => {
  const value = flags.get(flag)
  return typeof value === 'string' ? value : ''
}

const isCalled = ({ id, spec }: RanAs, container: string): boolean =>
  textOf(spec, 'name') === container || (container.length >= 12 && id.startsWith(container))

function labelOf({ flags }: RunSpec, name: string): string {
  const labels = flags.get('label') ?? []
  const entry = [labels].flat().find((label) => label.startsWith(`com.docker.compose.${name}=`))
  return entry === undefined ? '' : entry.slice(entry.indexOf('=') + 1)
}

/** What compose waited for before it made this one, as far as it is among them: `db:service_healthy:false,cache:…` in a label. */
function dependenciesOf(runs: readonly RanAs[], of: number): readonly (readonly [at: number, how: Yaml])[] {
  const { spec } = runs[of]!
  const project = labelOf(spec, 'project')
  return labelOf(spec, 'depends_on')
    .split(',')
    .flatMap((entry) => {
      const [service = '', condition = '', restart] = entry.split(':')
      if (service === '') return []
      const how = {
        condition: conditions.includes(condition) ? condition : 'service_started',
        ...(restart === 'true' ? { restart: raw('true') } : {}),
      }
      return runs.flatMap((run, at) =>
        at !== of && labelOf(run.spec, 'project') === project && labelOf(run.spec, 'service') === service
          ? [[at, how] as const]
          : [],
      )
    })
}
