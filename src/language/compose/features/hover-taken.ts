import { t } from '../../../shared/l10n.ts'
import { markdownCode } from '../../../shared/sinks.ts'
import type { Context } from '../../provider.ts'
import type { OpenProject } from '../open.ts'
import { resolvePath } from '../project/paths.ts'
import { get, isUnknown, printScalar, type MapValue, type Source } from '../project/value.ts'
import { entryOf, keyText, type ScalarNode, type YamlNode } from '../yaml/nodes.ts'
import type { Path } from '../yaml/tree.ts'
import { around } from './around.ts'
import { originName, shownValue } from './effective.ts'

/** More lines than these nobody reads in a hover. */
const mostTakers = 8

/** What becomes of a value in the services that take it over by `extends`, and in the project that includes its file. */
export async function takenNote(
  open: OpenProject,
  path: Path,
  node: ScalarNode,
  context: Context,
): Promise<string | undefined> {
  const [section, name, ...rest] = path
  if (section !== 'services' || typeof name !== 'string' || rest.length === 0) return undefined
  const project = await around(open, context)
  const here = project.source
  if (here === undefined) return undefined
  const takers = takersOf(project, open.doc.uri, name)
  // What is included, or laid over this file, is the service itself.
  if (project !== open && here.scope === 'project') takers.unshift(name)
  const lines = takers.flatMap((taker) => {
    const service = project.project.services.get(taker)
    return service === undefined ? [] : [lineFor(project, open, taker, service.value, rest, node)]
  })
  if (lines.length === 0) return undefined
  const shown = lines.slice(0, mostTakers)
  if (lines.length > mostTakers) shown.push('…')
  return shown.map((line) => `- ${line}`).join('\n')
}

function lineFor(
  project: OpenProject,
  open: OpenProject,
  taker: string,
  service: MapValue,
  rest: Path,
  node: ScalarNode,
): string {
  const name = markdownCode(taker)
  const value = rest.some((step) => typeof step === 'number') ? undefined : get(service, ...rest.map(String))
  if (value?.kind !== 'scalar' || isUnknown(value)) return t('Taken over by {0}.', name)
  const { origin } = value
  const shown = shownValue(project, String(rest.at(-1)), printScalar(value))
  if (origin.source.uri === open.doc.uri && origin.node.start === node.start)
    return t('Taken over by {0}: {1}', name, shown)
  return t('{0} has {1} instead, from {2}.', name, shown, originName(project, origin))
}

/** The services of a project that extend one of a file, directly or through others. */
function takersOf({ project }: OpenProject, uri: string, name: string): string[] {
  const takers = new Set<string>()
  const seen = new Set<string>()
  const queue = [{ uri, name }]
  const extending = project.sources.flatMap(extendsIn)
  for (let base = queue.pop(); base !== undefined; base = queue.pop())
    for (const { from, service, target } of extending) {
      if (target.uri !== base.uri || target.name !== base.name) continue
      const key = `${from.uri}\n${service}`
      if (seen.has(key)) continue
      seen.add(key)
      if (from.scope === 'project') takers.add(service)
      queue.push({ uri: from.uri, name: service })
    }
  return [...takers]
}

interface Extending {
  readonly from: Source
  readonly service: string
  readonly target: { readonly uri: string; readonly name: string }
}

function extendsIn(from: Source): readonly Extending[] {
  const found: Extending[] = []
  for (const root of from.yaml.documents) {
    const services = entryOf(root, 'services')?.value
    for (const entry of services?.kind === 'map' ? services.entries : []) {
      const service = keyText(entry)
      const extended = entryOf(entry.value, 'extends')?.value
      const word = (node: YamlNode | undefined): string | undefined =>
        node?.kind === 'scalar' && node.text !== '' ? node.text : undefined
      const name = word(extended) ?? word(entryOf(extended, 'service')?.value)
      const file = word(entryOf(extended, 'file')?.value)
      const uri = file === undefined ? from.uri : resolvePath(from.folder, file)
      if (service !== undefined && name !== undefined && uri !== undefined)
        found.push({ from, service, target: { uri, name } })
    }
  }
  return found
}
