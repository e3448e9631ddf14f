import type { Context, SourceDocument } from '../provider.ts'
import { mainNames, overrideNames, projectSettings } from '../../shared/compose-files.ts'
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
  /** The folder whose `.env` lists these files: compose finds them by itself when it is run there. */
  readonly from?: string
  readonly files: GatheredFiles
}

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
  for (const name of [...mainNames, ...overrideNames]) files.kind(`${folder}/${name}`)
  for (const from of foldersAround(folder)) files.kind(`${from}/.env`)
  await files.fetch()
  const listed = listedProject(doc.uri, files, given)
  let uris = given ?? listed?.uris ?? usualFiles(doc.uri, files)
  let project = await complete(uris)
  if (given === undefined && listed === undefined && uris.length === 1 && uris[0] === doc.uri) {
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
    ...(listed === undefined ? {} : { from: listed.from }),
  }
  if (given === undefined) open.set(doc, result)
  return result

  async function complete(of: readonly string[]): Promise<LoadedProject> {
    for (;;) {
      const loaded = loadProject({ uris: of, files, from: listed?.from, environment: surroundings })
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

/** Which files the engine takes together by their names when one of them is this document. */
function usualFiles(uri: string, files: Files): readonly string[] {
  const folder = folderOf(uri)
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

/** In so many folders above that of a file a `.env` may list it. */
const mostAbove = 3

function foldersAround(folder: string): readonly string[] {
  const folders = [folder]
  for (let above = 0; above < mostAbove; above++) {
    const next = folderOf(folders.at(-1)!)
    if (next === folders.at(-1) || !next.includes('/')) break
    folders.push(next)
  }
  return folders
}

/** The project of this document, or that of the given files, by the `COMPOSE_FILE` of a `.env`, and the folder of that. */
function listedProject(
  uri: string,
  files: Files,
  given: readonly string[] | undefined,
): { readonly uris: readonly string[]; readonly from: string } | undefined {
  for (const from of foldersAround(folderOf(uri))) {
    const uris = listedFiles(from, files.text(`${from}/.env`) ?? '')
    if (uris?.includes(uri) === true && (given ?? uris).join('\n') === uris.join('\n')) return { uris, from }
  }
  return undefined
}

/** The files that the `COMPOSE_FILE` of the `.env` of a folder lists. */
export function listedFiles(folder: string, env: string): readonly string[] | undefined {
  const onWindows = /^file:\/\/\/[a-z](?::|%3a)/i.test(folder)
  const { files } = projectSettings(env, (name) => surroundings.get(name), onWindows)
  const uris = files?.map((path) => resolvePath(folder, path))
  return uris?.every((uri) => uri !== undefined) === true ? uris : undefined
}

const usual: ReadonlySet<string> = new Set(mainNames)

/** The main file beside a file such as `compose.dev.yaml`, which is made to be laid over it. */
function fragmentBase(uri: string, files: Files): string | undefined {
  if (!/^(?:docker-)?compose[.-].+\.ya?ml$/i.test(nameOf(uri)) || usual.has(nameOf(uri))) return undefined
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
