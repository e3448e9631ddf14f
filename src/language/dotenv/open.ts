import type { Context, SourceDocument } from '../provider.ts'
import { gatherFiles } from '../compose/gather.ts'
import { mainNames, overrideNames } from '../../shared/compose-files.ts'
import { listedFiles, surroundings } from '../compose/open.ts'
import type { Files } from '../compose/project/files.ts'
import { loadProject, type LoadedProject } from '../compose/project/load.ts'
import { folderOf, nameOf } from '../compose/project/paths.ts'
import { evaluateEnv, type EvaluatedEnv } from '../../shared/dotenv/evaluate.ts'
import { parseEnv, type EnvFile } from '../../shared/dotenv/parse.ts'

/** A file of variables within the compose project beside it. */
export interface OpenEnv {
  readonly doc: SourceDocument
  readonly file: EnvFile
  readonly evaluated: EvaluatedEnv
  /** Undefined where there is no compose file beside it. */
  readonly project: LoadedProject | undefined
  readonly files: Files
  /** True for the `.env` that gives the compose files their variables. */
  readonly isProjectFile: boolean
  /** True where a service takes the whole file with `env_file`. */
  readonly isServiceFile: boolean
}

const open = new WeakMap<SourceDocument, OpenEnv>()

export async function envOf(doc: SourceDocument, context: Context): Promise<OpenEnv> {
  return open.get(doc) ?? (await readEnv(doc, context))
}

/** Reads the file and the project beside it, as they are now. */
export async function readEnv(doc: SourceDocument, context: Context): Promise<OpenEnv> {
  const files = gatherFiles(doc, context)
  const folder = folderOf(doc.uri)
  for (const name of [...mainNames, ...overrideNames]) files.kind(`${folder}/${name}`)
  await files.fetch()
  const present = (names: readonly string[]): readonly string[] =>
    names
      .map((name) => `${folder}/${name}`)
      .filter((uri) => files.kind(uri) === 'file')
      .slice(0, 1)
  const main = present(mainNames)
  const usual = main.length === 0 ? [] : [...main, ...present(overrideNames)]
  const isProjectFile = nameOf(doc.uri) === '.env'
  const listed = isProjectFile ? listedFiles(folder, doc.text) : undefined
  const uris = listed ?? usual
  let project: LoadedProject | undefined
  if (uris.length > 0)
    do project = loadProject({ uris, files, from: folder, environment: surroundings })
    while (await files.fetch())
  const file = parseEnv(doc.text)
  const result: OpenEnv = {
    doc,
    file,
    evaluated: evaluateEnv(file, (name) => surroundings.get(name)),
    project,
    files,
    isProjectFile,
    isServiceFile:
      project?.references.some(({ kind, uri }) => kind === 'env_file' && uri === doc.uri) === true,
  }
  open.set(doc, result)
  return result
}
