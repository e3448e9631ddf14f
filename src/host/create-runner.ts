import type * as vscode from 'vscode'
import { StoredCredentials } from '../engine/credentials/stored-credentials.ts'
import { CommandRunner } from './command-runner.ts'
import type { WindowEngines } from './engines.ts'
import type { ViewPreferences } from './preferences.ts'
import { filePages } from './files/pages.ts'
import type { FileRows } from './files/file-rows.ts'
import type { WindowFiles } from './files/register.ts'
import { layerPages } from './layers/pages.ts'
import type { WindowLayers } from './layers/register.ts'
import type { WindowLogs } from './logs/register.ts'
import type { ComposeView } from './compose/compose-view.ts'
import { openGraphPage } from './compose/graph-page.ts'
import type { RunningLanguage } from './language/language-client.ts'
import type { MergedDocuments } from './language/merged-documents.ts'
import type { WindowRunForms } from './run/register.ts'
import type { RowFacts } from './run-commands.ts'
import { around } from './reach.ts'
import { setting } from './settings.ts'
import type { WindowStats } from './stats/register.ts'
import type { WindowTerminals } from './terminals/window-terminals.ts'

export interface RunnerSurroundings {
  readonly context: vscode.ExtensionContext
  readonly engines: WindowEngines
  readonly preferences: ViewPreferences
  readonly files: WindowFiles
  readonly rows: FileRows
  readonly layers: WindowLayers
  readonly logs: WindowLogs
  readonly merged: MergedDocuments
  readonly stats: WindowStats
  readonly forms: WindowRunForms
  readonly compose: ComposeView
  readonly terminals: WindowTerminals
  readonly language: () => Promise<RunningLanguage>
  readonly facts: RowFacts
  readonly output: vscode.LogOutputChannel
}

/** Everything that commands need, made when the first of them is called. */
export function createRunner({
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
  facts,
  output,
}: RunnerSurroundings): CommandRunner {
  const { extensionUri: extension, workspaceState: memento } = context
  const runner: CommandRunner = new CommandRunner({
    engines,
    preferences,
    credentials: new StoredCredentials(around),
    facts,
    output,
    remembered: { get: (key) => memento.get(key), set: async (key, value) => memento.update(key, value) },
    docker: {
      get path() {
        return setting('docker.path')
      },
      env: around.env,
    },
    places: () => files.places(),
    pages: {
      ...filePages(files, rows, engines),
      terminal: terminals.open,
      openLogs: (request) => logs.open(request),
      openMerged: (paths) => merged.open(paths),
      showProject: (paths) => compose.show(paths),
      openGraph: (paths) => openGraphPage(paths, engines, language, extension),
      openStats: (request) => stats.open(request),
      ...layerPages(layers, extension, () => runner.deps.ui),
      openRunForm: (request) => forms.open(request),
    },
  })
  return runner
}
