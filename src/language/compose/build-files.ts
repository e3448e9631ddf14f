import { parseDockerfile } from '../dockerfile/parse.ts'
import type { DockerfileDoc } from '../dockerfile/model.ts'
import type { Files } from './project/files.ts'
import type { Service } from './project/model.ts'
import { isAbsolute, isRemote, resolvePath } from './project/paths.ts'
import { get, itemOf, stringOf, type Value } from './project/value.ts'

/** Where a service is built from. */
export interface BuildPlace {
  readonly context: Value | undefined
  readonly contextUri: string
  readonly dockerfile: Value | undefined
  readonly dockerfileUri: string
}

const standardName = 'Dockerfile'

/** The context and Dockerfile of a service; undefined where it is not built, built from elsewhere, or has its Dockerfile inline. */
export function buildPlaceOf(service: Service): BuildPlace | undefined {
  const build = get(service.value, 'build')
  if (build?.kind !== 'map' || stringOf(get(build, 'dockerfile_inline'))) return undefined
  const context = get(build, 'context')
  const path = context === undefined ? '.' : stringOf(context)
  const folder = (context ?? build).origin.source.folder
  if (path === undefined || isRemote(path) || /^\w+:/.test(path)) return undefined
  const contextUri = resolvePath(folder, path)
  const dockerfile = get(build, 'dockerfile')
  const name = dockerfile === undefined ? standardName : stringOf(dockerfile)
  if (contextUri === undefined || !name || isRemote(name)) return undefined
  const dockerfileUri = isAbsolute(name) ? resolvePath(folder, name) : resolvePath(contextUri, name)
  return dockerfileUri === undefined ? undefined : { context, contextUri, dockerfile, dockerfileUri }
}

/** The folder a service is built in, whatever is said of its Dockerfile. */
export function contextUriOf(service: Service): string | undefined {
  const build = get(service.value, 'build')
  const context = get(build, 'context')
  const path = build === undefined ? undefined : context === undefined ? '.' : stringOf(context)
  if (path === undefined || isRemote(path)) return undefined
  return resolvePath((context ?? build ?? service.value).origin.source.folder, path)
}

const parsed = new Map<string, DockerfileDoc>()
const parsedLimit = 30

/** The parsed Dockerfile at an address; undefined where it cannot be read. A text is parsed once. */
export function dockerfileAt(files: Files, uri: string): DockerfileDoc | undefined {
  const text = files.text(uri)
  if (text === undefined || text.length > 500_000) return undefined
  const known = parsed.get(uri)
  if (known?.text === text) return known
  const doc = parseDockerfile(text)
  parsed.delete(uri)
  parsed.set(uri, doc)
  const oldest = parsed.keys().next().value
  if (parsed.size > parsedLimit && oldest !== undefined) parsed.delete(oldest)
  return doc
}

/** The Dockerfile a service is built with, in the file or inline. */
export function dockerfileOf(files: Files, service: Service): DockerfileDoc | undefined {
  const inline = stringOf(get(service.value, 'build', 'dockerfile_inline'))
  if (inline) return parseDockerfile(inline)
  const place = buildPlaceOf(service)
  return place === undefined ? undefined : dockerfileAt(files, place.dockerfileUri)
}

/** What a build argument may be called: all ARGs of the Dockerfile. */
export function buildArgsOf(doc: DockerfileDoc): ReadonlySet<string> {
  const names = new Set<string>()
  for (const instruction of doc.instructions)
    if (instruction.name === 'ARG') for (const pair of instruction.pairs) names.add(pair.key)
  return names
}

/** The stage that is built: the target, or the last one. */
export function builtStage(
  doc: DockerfileDoc,
  service: Service,
): DockerfileDoc['stages'][number] | undefined {
  const target = stringOf(itemOf(get(service.value, 'build'), 'target')?.value)
  if (!target) return doc.stages.at(-1)
  return (
    doc.stages.find((stage) => stage.name?.toLowerCase() === target.toLowerCase()) ??
    (/^\d+$/.test(target) ? doc.stages[Number(target)] : undefined)
  )
}

/** The instructions of a stage and of the stages it starts from. */
export function instructionsFor(
  doc: DockerfileDoc,
  stage: DockerfileDoc['stages'][number] | undefined,
): readonly DockerfileDoc['instructions'][number][] {
  const all: DockerfileDoc['instructions'][number][] = []
  let current = stage
  for (let hops = 0; current !== undefined && hops < 100; hops++) {
    all.push(...current.instructions)
    current = current.baseStage === undefined ? undefined : doc.stages[current.baseStage]
  }
  return all
}
