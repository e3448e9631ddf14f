import { basename, dirname, join, resolve } from 'node:path'
import * as vscode from 'vscode'
import { Emitter } from '../../shared/emitter.ts'
import {
  mainNames,
  overrideNames,
  projectName,
  projectSettings,
  writtenName,
} from '../../shared/compose-files.ts'
import { mentionsFile } from '../../shared/compose-mentions.ts'
import { writtenServices } from '../../shared/compose-services.ts'
import type { PlacedService, WorkspaceProject } from '../../tree/stacks.ts'

/** Those with other names stand for no project by themselves; one that runs can be made of them too. */
const pattern = '**/{compose,docker-compose}*.{yml,yaml}'
const excluded = '**/{node_modules,.git}/**'
const mostFiles = 200
const changeDelayMs = 300

/** The compose projects of the open folders; found when first asked for, and kept up with the files from then on. */
export class WorkspaceProjects implements vscode.Disposable {
  readonly #changed = new Emitter<void>()
  readonly onDidChange = this.#changed.event
  #subscriptions: vscode.Disposable[] = []
  #projects: readonly WorkspaceProject[] = []
  /** Of the files of the projects. */
  #texts: readonly string[] = []
  #timer: NodeJS.Timeout | undefined
  #found: Promise<void> | undefined

  get projects(): readonly WorkspaceProject[] {
    return this.#projects
  }

  find(): Promise<void> {
    if (this.#found !== undefined) return this.#found
    const watcher = vscode.workspace.createFileSystemWatcher(pattern)
    const again = (): void => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => {
        this.#found = this.#find()
      }, changeDelayMs)
    }
    // What the files read is a part of the projects, whatever it is called: `.env`, an `env_file`, an included file.
    const read = vscode.workspace.createFileSystemWatcher('**/*')
    const againIfRead = ({ fsPath }: vscode.Uri): void => {
      const name = basename(fsPath)
      if (name === '.env' || this.#texts.some((text) => mentionsFile(text, name))) again()
    }
    this.#subscriptions.push(
      watcher,
      watcher.onDidCreate(again),
      watcher.onDidChange(again),
      watcher.onDidDelete(again),
      read,
      read.onDidCreate(againIfRead),
      read.onDidChange(againIfRead),
      read.onDidDelete(againIfRead),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
    )
    this.#found = this.#find()
    return this.#found
  }

  async #find(): Promise<void> {
    const [files, envs] = await Promise.all([filesOf(pattern), filesOf('**/.env')])
    const folders = new Map<string, Map<string, vscode.Uri>>()
    for (const { fsPath } of envs) folders.set(dirname(fsPath), new Map())
    for (const uri of files) {
      const folder = dirname(uri.fsPath)
      const names = folders.get(folder) ?? new Map<string, vscode.Uri>()
      names.set(basename(uri.fsPath), uri)
      folders.set(folder, names)
    }
    const withEnv = new Set(envs.map(({ fsPath }) => dirname(fsPath)))
    const found = await Promise.all(
      // A file that cannot be read, or that went while it was looked for, takes none of the others with it.
      [...folders].map(async ([folder, names]) => {
        const env = withEnv.has(folder) ? await envOf(folder) : ''
        return await projectOf(folder, names, env).catch(() => undefined)
      }),
    )
    const projects = found.filter((project) => project !== undefined)
    // What a `.env` lists is that project's: the same file is no project of its own folder as well.
    const listed = new Set(
      projects.flatMap(({ project }) => (project.folder === undefined ? [] : project.files)),
    )
    const shown = projects.filter(
      ({ project }) => project.folder !== undefined || !listed.has(project.files[0]!),
    )
    this.#projects = shown.map(({ project }) => project)
    this.#texts = shown.flatMap(({ texts }) => texts)
    this.#changed.fire()
  }

  dispose(): void {
    clearTimeout(this.#timer)
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.#changed.dispose()
  }
}

const filesOf = async (glob: string): Promise<readonly vscode.Uri[]> =>
  (await vscode.workspace.findFiles(glob, excluded, mostFiles)).filter(({ scheme }) => scheme === 'file')

/** Not as a document: that would start what there is for its language. */
async function envOf(folder: string): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(join(folder, '.env'))))
  } catch {
    return ''
  }
}

async function projectOf(
  folder: string,
  names: ReadonlyMap<string, vscode.Uri>,
  env: string,
): Promise<{ readonly project: WorkspaceProject; readonly texts: readonly string[] } | undefined> {
  const settings = projectSettings(env, (name) => process.env[name], process.platform === 'win32')
  const listed = settings.files?.map((path) => vscode.Uri.file(resolve(folder, path)))
  const files = listed ?? usualFiles(names)
  const [first] = files
  if (first === undefined) return undefined
  // What no open folder has is named, and read by compose alone.
  const readable = files.filter((uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined)
  const documents = await Promise.all(
    // A file that cannot be read does not hide the project.
    readable.map((uri) => vscode.workspace.openTextDocument(uri).then(undefined, () => undefined)),
  )
  const read = documents.filter((document) => document !== undefined)
  if (read.length === 0) return undefined
  const services = mergedServices(read, settings.isActive)
  const name =
    settings.name ??
    read.map((document) => writtenName(document.getText())).findLast((own) => own !== undefined)
  return {
    project: {
      name: name ?? projectName(basename(dirname(first.fsPath))),
      files: files.map(({ fsPath }) => fsPath),
      ...(listed === undefined ? {} : { folder }),
      others: [...names.values()].map(({ fsPath }) => fsPath).filter((path) => !isAmong(files, path)),
      services,
    },
    texts: read.map((document) => document.getText()),
  }
}

const isAmong = (files: readonly vscode.Uri[], path: string): boolean =>
  files.some(({ fsPath }) => fsPath === path)

function usualFiles(names: ReadonlyMap<string, vscode.Uri>): readonly vscode.Uri[] {
  const first = (usual: readonly string[]): vscode.Uri | undefined =>
    usual.map((name) => names.get(name)).find((uri) => uri !== undefined)
  const [main, override] = [first(mainNames), first(overrideNames)]
  return main === undefined ? [] : [main, ...(override === undefined ? [] : [override])]
}

/** The services of files that are merged in this order: each is where it is written first. */
function mergedServices(
  documents: readonly vscode.TextDocument[],
  isActive: (profiles: readonly string[]) => boolean,
): readonly PlacedService[] {
  const services = new Map<string, PlacedService>()
  for (const document of documents)
    for (const { name, line, profiles, replicas } of writtenServices(document.getText())) {
      const before = services.get(name)
      const all = [...(before?.profiles ?? []), ...(profiles ?? [])]
      const wanted = replicas ?? before?.replicas
      services.set(name, {
        name,
        file: before?.file ?? document.uri.fsPath,
        line: before?.line ?? line,
        ...(all.length === 0 ? {} : { profiles: all }),
        ...(wanted === undefined ? {} : { replicas: wanted }),
      })
    }
  // What `COMPOSE_PROFILES` starts waits for nothing.
  return [...services.values()].map(({ profiles, ...service }) =>
    profiles === undefined || isActive(profiles) ? service : { ...service, profiles },
  )
}
