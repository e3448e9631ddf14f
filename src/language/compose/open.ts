import type { Context, SourceDocument } from '../provider.ts'
import { evaluateEnv } from '../dotenv/evaluate.ts'
import { parseEnv } from '../dotenv/parse.ts'
import { gatherFiles, type GatheredFiles } from './gather.ts'
import type { Files } from './project/files.ts'
import { loadProject, type LoadedProject } from './project/load.ts'
import { folderOf, nameOf, resolvePath } from './project/paths.ts'
import type { Source } from './project/value.ts'
import type { YamlFile } from './yaml/nodes.ts'

/** A compose document within the project it belongs to. */
export interface OpenProject {
  readonly doc: SourceDocument
  readonly yaml: YamlFile
  /** The document as a part of the project; undefined only when it is too long to be read. */
  readonly source: Source | undefined
  readonly project: LoadedProject
  /** The compose files the project starts from, as they follow each other after `-f`. */
  readonly uris: readonly string[]
  readonly files: GatheredFiles
}

/** In the order in which the engine takes them. */
export const mainNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']
export const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
]

/**
 * Variables that every shell has. Their values are not known here; these stand for them, so that paths made of them
 * keep their form.
 */
export const surroundings: ReadonlyMap<string, string> = new Map([
  ['HOME', '~'],
  ['PATH', '/usr/local/bin:/usr/bin:/bin'],
  ['PWD', '.'],
  ['USER', 'user'],
])

const open = new WeakMap<SourceDocument, OpenProject>()

/** The project of a document as it was read last; reads it where that did not happen yet. */
export function projectOf(doc: SourceDocument, context: Context): Promise<OpenProject> {
  const known = open.get(doc)
  return known === undefined ? readProject(doc, context) : Promise.resolve(known)
}

/**
 * Reads the project of a document with all files it is made of, as they are now. `given` are the files of the project where the user
 * named them; otherwise they are found as the engine finds them.
 */
export async function readProject(
  doc: SourceDocument,
  context: Context,
  given?: readonly string[],
): Promise<OpenProject> {
  const files = gatherFiles(doc, context)
  const folder = folderOf(doc.uri)
  for (const name of [...mainNames, ...overrideNames, '.env']) files.kind(`${folder}/${name}`)
  await files.fetch()
  let uris = given ?? projectFiles(doc.uri, files)
  let project = await complete(uris)
  if (given === undefined && uris.length === 1 && uris[0] === doc.uri) {
    const main = fragmentBase(doc.uri, files)
    if (main !== undefined && needsBase(project)) {
      const together = await complete([main, doc.uri])
      if (errorsIn(together, doc.uri) < errorsIn(project, doc.uri)) {
        uris = [main, doc.uri]
        project = together
      }
    }
  }
  const result: OpenProject = {
    doc,
    yaml: files.yaml(doc.uri) ?? { text: doc.text, documents: [], comments: [], problems: [] },
    source: project.sources.find((source) => source.uri === doc.uri),
    project,
    uris,
    files,
  }
  if (given === undefined) open.set(doc, result)
  return result

  async function complete(of: readonly string[]): Promise<LoadedProject> {
    for (;;) {
      const loaded = loadProject({ uris: of, files, environment: surroundings })
      if (!(await files.fetch())) return loaded
    }
  }
}

/** The project that these files make, open in the editor or not; one alone stands for the project that the engine takes it for. Undefined when the first cannot be read. */
export async function projectAt(uris: readonly string[], context: Context): Promise<OpenProject | undefined> {
  const [uri] = uris
  if (uri === undefined) return undefined
  const open = context.openDocument(uri)
  const text = open?.text ?? (await context.host.readFile(uri, context.signal))
  if (text === undefined) return undefined
  const doc = open ?? { uri, languageId: 'compose', version: 0, text }
  return await readProject(doc, context, uris.length > 1 ? uris : undefined)
}

/** Which files the engine takes together when one of them is this document. */
function projectFiles(uri: string, files: Files): readonly string[] {
  const folder = folderOf(uri)
  const listed = composeFileVariable(folder, files)
  if (listed?.includes(uri) === true) return listed
  const present = (names: readonly string[]): string | undefined =>
    names
      .map((name) => `${folder}/${name}`)
      .find((candidate) => candidate === uri || files.kind(candidate) === 'file')
  const main = present(mainNames)
  const override = present(overrideNames)
  if (main !== undefined && override !== undefined && (uri === main || uri === override))
    return [main, override]
  return [uri]
}

/** The list in `COMPOSE_FILE` of the `.env` beside the document. */
function composeFileVariable(folder: string, files: Files): readonly string[] | undefined {
  const text = files.text(`${folder}/.env`)
  if (text?.includes('COMPOSE_FILE') !== true) return undefined
  const { variables } = evaluateEnv(parseEnv(text), (name) => surroundings.get(name))
  const value = variables.get('COMPOSE_FILE')?.value
  if (value === undefined || value === '') return undefined
  const separator = variables.get('COMPOSE_PATH_SEPARATOR')?.value ?? (value.includes(';') ? ';' : ':')
  const uris = value.split(separator).map((path) => resolvePath(folder, path.trim()))
  return uris.every((uri) => uri !== undefined) ? uris : undefined
}

/** The main file beside a file such as `compose.dev.yaml`, which is made to be laid over it. */
function fragmentBase(uri: string, files: Files): string | undefined {
  if (!/^(?:docker-)?compose[.-].+\.ya?ml$/i.test(nameOf(uri)) || mainNames.includes(nameOf(uri)))
    return undefined
  const folder = folderOf(uri)
  return mainNames.map((name) => `${folder}/${name}`).find((main) => files.kind(main) === 'file')
}

const partial = /^(?:no-source|undefined-|context-service|extends$)/

function needsBase(project: LoadedProject): boolean {
  return project.problems.some((problem) => partial.test(problem.code))
}

function errorsIn(project: LoadedProject, uri: string): number {
  return project.problems.filter((problem) => problem.severity === 'error' && problem.source.uri === uri)
    .length
}
