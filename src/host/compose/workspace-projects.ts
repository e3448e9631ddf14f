import { basename, dirname } from 'node:path'
import * as vscode from 'vscode'
import { Emitter } from '../../shared/emitter.ts'
import { mentionsFile } from '../../shared/compose-mentions.ts'
import { writtenServices } from '../../shared/compose-services.ts'
import type { PlacedService, WorkspaceProject } from '../../tree/stacks.ts'

/** Those with other names stand for no project by themselves; one that runs can be made of them too. */
const pattern = '**/{compose,docker-compose}*.{yml,yaml}'
const excluded = '**/{node_modules,.git}/**'
const mostFiles = 200
const changeDelayMs = 300

/** What compose looks for in a folder, in its order; then what it merges over that. */
const bases = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']
const overrides = [
  'compose.override.yaml',
  'compose.override.yml',
  'docker-compose.override.yaml',
  'docker-compose.override.yml',
]

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
    const files = (await vscode.workspace.findFiles(pattern, excluded, mostFiles)).filter(
      ({ scheme }) => scheme === 'file',
    )
    const folders = new Map<string, Map<string, vscode.Uri>>()
    for (const uri of files) {
      const folder = dirname(uri.fsPath)
      const names = folders.get(folder) ?? new Map<string, vscode.Uri>()
      names.set(basename(uri.fsPath), uri)
      folders.set(folder, names)
    }
    const found = await Promise.all(
      // A file that cannot be read, or that went while it was looked for, takes none of the others with it.
      [...folders].map(([folder, names]) => projectOf(folder, names).catch(() => undefined)),
    )
    const projects = found.filter((project) => project !== undefined)
    this.#projects = projects.map(({ project }) => project)
    this.#texts = projects.flatMap(({ texts }) => texts)
    this.#changed.fire()
  }

  dispose(): void {
    clearTimeout(this.#timer)
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.#changed.dispose()
  }
}

async function projectOf(
  folder: string,
  names: ReadonlyMap<string, vscode.Uri>,
): Promise<{ readonly project: WorkspaceProject; readonly texts: readonly string[] } | undefined> {
  const base = bases.map((name) => names.get(name)).find((uri) => uri !== undefined)
  if (base === undefined) return undefined
  const override = overrides.map((name) => names.get(name)).find((uri) => uri !== undefined)
  const files = [base, ...(override === undefined ? [] : [override])]
  const document = await vscode.workspace.openTextDocument(base)
  // An override that cannot be read does not hide the project.
  const over =
    override && (await vscode.workspace.openTextDocument(override).then(undefined, () => undefined))
  return {
    project: {
      name: nameIn(document) ?? normalised(basename(folder)),
      files: files.map(({ fsPath }) => fsPath),
      others: [...names.values()].filter((uri) => !files.includes(uri)).map(({ fsPath }) => fsPath),
      services: mergedServices([document, ...(over === undefined ? [] : [over])]),
    },
    texts: [document, ...(over === undefined ? [] : [over])].map((each) => each.getText()),
  }
}

/** The services of files that are merged in this order: each is where it is written first. */
function mergedServices(documents: readonly vscode.TextDocument[]): readonly PlacedService[] {
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
  return [...services.values()]
}

/** As compose makes a project's name of a folder's. */
const normalised = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '')

/** A literal `name:` at the top; one with variables is told by the containers once they run. */
const nameIn = (document: vscode.TextDocument): string | undefined =>
  /^name:\s*["']?([a-z0-9][a-z0-9_-]*)["']?\s*$/m.exec(document.getText())?.[1]
