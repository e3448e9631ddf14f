import { t } from '../../../shared/l10n.ts'
import { masked } from '../../../shared/masking.ts'
import type { MergedProject } from '../../protocol.ts'
import type { Context } from '../../provider.ts'
import { projectAt, type OpenProject } from '../open.ts'
import { folderOf, relativePath } from '../project/paths.ts'
import { lineCounter, oneLine, printMerged } from './merged.ts'

/** So many problems are named at the top. */
const mostProblems = 10

/**
 * The merged project of compose files as a text for the reader: which files it is made of, what the engine would refuse, then each
 * value with its origin. Undefined when the first file cannot be read.
 */
export async function mergedProject(
  uris: readonly string[],
  secrets: boolean,
  context: Context,
): Promise<MergedProject | undefined> {
  const open = await projectAt(uris, context)
  if (open === undefined) return undefined
  const print = (maskSecrets: boolean): string =>
    printMerged(open.project, { origins: true, maskSecrets, text: (uri) => open.files.text(uri) })
  const hiding = print(true)
  const hidden = hiding.split(masked).length - 1
  const home = folderOf(open.project.sources[0]?.uri ?? open.doc.uri)
  const files = new Map(filesOf(open).map((uri) => [oneLine(relativePath(home, uri)), uri]))
  const header = [
    t('The project merged from {0}.', [...files.keys()].join(', ')),
    t('Behind each value stands the file and the line that it comes from.'),
    ...(hidden > 0 ? [secrets ? t('Secrets are shown.') : t('Secrets are hidden.')] : []),
    ...refusals(open, home),
  ]
  const body = secrets ? print(false) : hiding
  return {
    text: `${header.map((line) => `# ${oneLine(line)}\n`).join('')}\n${body}`,
    hidden,
    files: Object.fromEntries(files),
  }
}

/** The files that a value can come from. */
function filesOf({ project }: OpenProject): readonly string[] {
  const uris = new Set(project.sources.map(({ uri }) => uri))
  for (const { from } of project.environment.values()) if (from !== undefined) uris.add(from.uri)
  for (const { environment, labels } of project.serviceFiles.values())
    for (const { from } of [...environment.values(), ...labels.values()])
      if (from !== undefined) uris.add(from.uri)
  return [...uris]
}

function refusals({ project }: OpenProject, home: string): readonly string[] {
  const errors = project.problems.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return []
  return [
    t('The engine refuses this project:'),
    ...errors.slice(0, mostProblems).map(({ source, start, message }) => {
      const line = lineCounter(source.yaml.text)(start)
      return `  ${relativePath(home, source.uri)}:${line} ${message}`
    }),
  ]
}
