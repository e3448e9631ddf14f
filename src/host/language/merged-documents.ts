import { basename, dirname } from 'node:path'
import * as vscode from 'vscode'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import type { MergedProject } from '../../language/protocol.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { RunningLanguage } from './language-client.ts'

const scheme = 'quayside-merged'
const secretsCommand = 'quayside.internal.mergedSecrets'
const refreshDelayMs = 200
/** What stands behind the last ` # ` of a line: `compose.yaml:3`. */
const originComment = /^(.+):(\d+)(?: \([^()]*\))?$/

/** Read-only documents with a merged compose project: each value with its origin, secrets hidden until asked for, always as the files are now. */
export class MergedDocuments
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.DocumentLinkProvider
{
  readonly #language: () => Promise<RunningLanguage>
  readonly #projects = new Map<string, MergedProject>()
  readonly #refused = new Map<string, EngineError>()
  readonly #withSecrets = new Set<string>()
  readonly #changed = new vscode.EventEmitter<vscode.Uri>()
  readonly #lensesChanged = new vscode.EventEmitter<void>()
  readonly #registrations: vscode.Disposable[]
  #listening = false
  #timer: NodeJS.Timeout | undefined

  constructor(language: () => Promise<RunningLanguage>) {
    this.#language = language
    this.#registrations = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerCodeLensProvider({ scheme }, this),
      vscode.languages.registerDocumentLinkProvider({ scheme }, this),
      vscode.commands.registerCommand(secretsCommand, (address: string) => {
        this.#toggleSecrets(address)
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme !== scheme) return
        this.#projects.delete(uri.toString())
        this.#refused.delete(uri.toString())
        this.#withSecrets.delete(uri.toString())
      }),
      this.#changed,
      this.#lensesChanged,
    ]
  }

  readonly onDidChange = this.#changed.event
  readonly onDidChangeCodeLenses = this.#lensesChanged.event

  /** Opens the project that these files make; one alone stands for the project that the engine takes it for. */
  async open(paths: readonly string[]): Promise<void> {
    const uris = paths.map((path) => vscode.Uri.file(path).toString())
    const folder = basename(dirname(paths[0] ?? ''))
    const name = t('{0} (merged)', folder).replace(/[/\\]/g, '∕')
    const uri = vscode.Uri.from({ scheme, path: `/${name}.yaml`, query: JSON.stringify(uris) })
    const document = await vscode.workspace.openTextDocument(uri)
    if (!this.#projects.has(uri.toString()))
      throw (
        this.#refused.get(uri.toString()) ??
        new EngineError('notFound', t('`{0}` cannot be read.', plain(basename(paths[0] ?? ''))))
      )
    await vscode.window.showTextDocument(document, { preview: true })
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const language = await this.#language()
    if (!this.#listening) {
      this.#listening = true
      this.#registrations.push(language.onDidChangeProject(() => this.#refresh()))
    }
    const address = uri.toString()
    const secrets = this.#withSecrets.has(address)
    this.#refused.delete(address)
    let project: MergedProject | undefined
    try {
      project = await language.mergedProject(addressesIn(uri.query), secrets)
    } catch (fault) {
      if (!isEngineError(fault)) throw fault
      this.#refused.set(address, fault)
      return `# ${fault.message}\n`
    }
    if (project === undefined) return ''
    this.#projects.set(address, project)
    this.#lensesChanged.fire()
    return project.text
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const address = uri.toString()
    const hidden = this.#projects.get(address)?.hidden ?? 0
    if (hidden === 0) return []
    const title = this.#withSecrets.has(address) ? t('Hide secrets') : t('Show secrets ({0})', hidden)
    const command = { command: secretsCommand, title, arguments: [address] }
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)]
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const files = this.#projects.get(document.uri.toString())?.files ?? {}
    const links: vscode.DocumentLink[] = []
    for (let index = 0; index < document.lineCount; index++) {
      const { text } = document.lineAt(index)
      const sign = text.lastIndexOf(' # ')
      if (sign < 0) continue
      const start = sign + ' # '.length
      const [, name = '', line = ''] = originComment.exec(text.slice(start)) ?? []
      const file = Object.hasOwn(files, name) ? files[name] : undefined
      if (file === undefined) continue
      const range = new vscode.Range(index, start, index, start + name.length + 1 + line.length)
      links.push(new vscode.DocumentLink(range, vscode.Uri.parse(file).with({ fragment: `L${line}` })))
    }
    return links
  }

  dispose(): void {
    clearTimeout(this.#timer)
    for (const registration of this.#registrations) registration.dispose()
  }

  #toggleSecrets(address: string): void {
    if (!this.#withSecrets.delete(address)) this.#withSecrets.add(address)
    this.#changed.fire(vscode.Uri.parse(address, true))
  }

  #refresh(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      for (const address of [...this.#projects.keys(), ...this.#refused.keys()])
        this.#changed.fire(vscode.Uri.parse(address, true))
    }, refreshDelayMs)
  }
}

function addressesIn(query: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(query)
    return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : []
  } catch {
    return []
  }
}
