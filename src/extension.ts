import * as vscode from 'vscode'
import type { Deps } from './commands/command.ts'
import type { CommandRunner } from './host/command-runner.ts'
import { registerComposeTasks } from './host/compose/register-tasks.ts'
import { ComposeView } from './host/compose/compose-view.ts'
import { StateLenses } from './host/compose/state-lenses.ts'
import { WindowEngines } from './host/engines.ts'
import { dragAndDrop } from './host/drag-and-drop.ts'
import { memberDrags } from './host/drag-members.ts'
import { fileDrags } from './host/files/drag-files.ts'
import { FileRows } from './host/files/file-rows.ts'
import { registerFiles, type WindowFiles } from './host/files/register.ts'
import { registerLayers } from './host/layers/register.ts'
import { registerLogs } from './host/logs/register.ts'
import { composeByContent } from './host/language/compose-by-content.ts'
import { MergedDocuments } from './host/language/merged-documents.ts'
import { startLanguageWhenNeeded } from './host/language/start-when-needed.ts'
import { ViewPreferences } from './host/preferences.ts'
import { registerRunForms } from './host/run/register.ts'
import { judgeSettings } from './host/settings.ts'
import { registerStats } from './host/stats/register.ts'
import { WindowTerminals } from './host/terminals/window-terminals.ts'
import { Views } from './host/views.ts'
import { setTranslations } from './shared/l10n.ts'

/** The composition root: builds what lives as long as the window, and registers it. What is not needed at once is loaded when it is. */
export function activate(context: vscode.ExtensionContext): void {
  setTranslations(vscode.l10n.bundle ?? {})
  const { subscriptions } = context
  const output = vscode.window.createOutputChannel('Quayside', { log: true })
  const fault = (caught: unknown): void => output.error(caught instanceof Error ? caught : String(caught))
  judgeSettings(context.extension.packageJSON, (message) => output.warn(message))
  const engines = new WindowEngines(fault, context.workspaceState)
  const preferences = new ViewPreferences(context.workspaceState, subscriptions)
  const files = registerFiles(engines, output)
  const rows = new FileRows(engines, files)
  const drags = fileDrags(async (...dropped) => {
    const [{ dropFiles }, runner] = await Promise.all([import('./host/files/drop-files.ts'), commandRunner()])
    await runner.attempt('drop', (deps) => dropFiles(deps, engines, ...dropped))
  })
  const members = memberDrags(async (...dropped) => {
    const [{ connectDropped }, runner] = await Promise.all([
      import('./commands/network-members.ts'),
      commandRunner(),
    ])
    await runner.attempt('drop', (deps) => connectDropped(deps, ...dropped))
  })
  const views = new Views(engines, preferences, rows, {
    containers: dragAndDrop(members, drags),
    images: dragAndDrop(drags),
    volumes: dragAndDrop(drags),
    networks: dragAndDrop(members),
  })
  const compose = new ComposeView(engines, rows, async ({ files, ...project }, of) => {
    const [{ serviceHashes }, { deps }] = await Promise.all([
      import('./commands/compose/service-hashes.ts'),
      commandRunner(),
    ])
    return await serviceHashes(deps, { ...project, paths: files, parts: [] }, of)
  })
  subscriptions.push(
    output,
    engines,
    files,
    rows,
    views,
    compose,
    registerComposeTasks(engines),
    new StateLenses(engines),
    composeByContent(),
  )
  open = files
  const layers = registerLayers(engines)
  subscriptions.push(layers)

  const ids = commandIds(context.extension.packageJSON)
  const language = startLanguageWhenNeeded(context, engines, ids, output)
  const merged = new MergedDocuments(language)
  subscriptions.push(merged)

  const deps = async (): Promise<Deps> => (await commandRunner()).deps
  const logs = registerLogs({ context, engines, output, deps })
  const stats = registerStats(engines, context.extensionUri)
  const forms = registerRunForms({ context, engines, output, deps })
  subscriptions.push(stats, forms)

  let runner: Promise<CommandRunner> | undefined
  const commandRunner = (): Promise<CommandRunner> =>
    (runner ??= import('./host/create-runner.ts').then(({ createRunner }) => {
      const made = createRunner({
        context,
        engines,
        preferences,
        files,
        rows,
        layers,
        logs,
        merged,
        stats,
        forms,
        compose,
        terminals,
        language,
        facts: views.facts,
        output,
      })
      subscriptions.push(made)
      return made
    }))
  const terminals = new WindowTerminals({ context, output, deps })
  subscriptions.push(terminals)
  for (const id of ids)
    subscriptions.push(
      vscode.commands.registerCommand(id, async (...args: unknown[]) =>
        (await commandRunner()).run(id, args),
      ),
    )
  // VS Code takes its time to ask for the rows of a view that it has opened: by then they are there. Not before what has been
  // registered is on its way to it, else it would wait for that.
  setImmediate(() => void (isForFile(context.extension.packageJSON) ? engines.look() : views.prepare()))
}

let open: WindowFiles | undefined

/** Nothing that was made to reach files stays behind. */
export async function deactivate(): Promise<void> {
  await open?.close()
}

/** Whether a file that is open may be why the extension runs: its language needs no list of any engine. */
function isForFile(manifest: unknown): boolean {
  const { activationEvents } = manifest as { readonly activationEvents: readonly string[] }
  return vscode.workspace.textDocuments.some(({ languageId }) =>
    activationEvents.includes(`onLanguage:${languageId}`),
  )
}

/** The commands are those of the manifest, which is made from the catalogue: registering them need not load it. */
function commandIds(manifest: unknown): readonly string[] {
  const { contributes } = manifest as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] }
  }
  return contributes.commands.map(({ command }) => command)
}
