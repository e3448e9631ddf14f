import type { TextRange } from '../../../shared/text-range.ts'
import type { Location } from '../../answers.ts'
import type { DockerfileDoc } from '../../dockerfile/model.ts'
import { buildPlaceOf, builtStage, dockerfileAt } from '../build-files.ts'
import type { OpenProject } from '../open.ts'
import type { Service } from '../project/model.ts'
import { get, stringOf, type Origin } from '../project/value.ts'
import { locationIn } from './targets.ts'

/** Where the Dockerfile declares the stage or the argument that a `build` names under the pointer. */
export async function buildDefinition(open: OpenProject, offset: number): Promise<readonly Location[]> {
  for (const service of open.project.services.values()) {
    const rangeIn = rangeFor(service, open.doc.uri, offset)
    const place = rangeIn === undefined ? undefined : buildPlaceOf(service)
    if (rangeIn === undefined || place === undefined) continue
    const { dockerfileUri: uri } = place
    const dockerfile =
      dockerfileAt(open.files, uri) ??
      ((await open.files.fetch()) ? dockerfileAt(open.files, uri) : undefined)
    const range = dockerfile === undefined ? undefined : rangeIn(dockerfile)
    return dockerfile === undefined || range === undefined
      ? []
      : [locationIn(open, uri, dockerfile.text, range)]
  }
  return []
}

type RangeIn = (dockerfile: DockerfileDoc) => TextRange | undefined

/** What to look for in the service's Dockerfile; undefined where the pointer is on nothing that it declares. */
function rangeFor(service: Service, uri: string, offset: number): RangeIn | undefined {
  const isAt = ({ source, node }: Origin): boolean =>
    source.uri === uri && node.start <= offset && offset <= node.end
  const build = get(service.value, 'build')
  const target = get(build, 'target')
  if (target !== undefined && isAt(target.origin))
    return (dockerfile) => {
      const stage = builtStage(dockerfile, service)
      return stage?.nameRange ?? stage?.baseRange
    }
  const args = get(build, 'args')
  const name =
    args?.kind === 'map'
      ? [...args.entries].find(([, { key }]) => isAt(key))?.[0]
      : args?.kind === 'list'
        ? stringOf(args.items.find(({ origin }) => isAt(origin)))?.split('=', 1)[0]
        : undefined
  if (name === undefined) return undefined
  return ({ instructions }) =>
    instructions.flatMap((each) => (each.name === 'ARG' ? each.pairs : [])).find(({ key }) => key === name)
      ?.keyRange
}
