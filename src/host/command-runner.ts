import * as vscode from 'vscode'
import type { Credentials, Deps, Remembered } from '../commands/command.ts'
import type { DockerProgram } from '../commands/program/docker-program.ts'
import { commands } from '../commands/index.ts'
import { EngineError } from '../engine/errors.ts'
import { openRegistry } from '../engine/registry/registry.ts'
import { t } from '../shared/l10n.ts'
import type { WindowEngines } from './engines.ts'
import { FileProblems } from './file-problems.ts'
import { TextDocuments } from './documents.ts'
import type { ViewPreferences } from './preferences.ts'
import { runCommand, showFault, type RowFacts } from './run-commands.ts'
import { commandSettings } from './settings.ts'
import { createUi, type Pages } from './ui.ts'

export interface RunnerParts {
  readonly engines: WindowEngines
  readonly preferences: ViewPreferences
  readonly credentials: Credentials
  readonly facts: RowFacts
  readonly pages: Pages
  readonly output: vscode.LogOutputChannel
  readonly remembered: Remembered
  readonly docker: DockerProgram
  readonly places: Deps['places']
}

/** Runs the commands of the catalogue; made when the first of them is called, so that activation need not load them. */
export class CommandRunner implements vscode.Disposable {
  readonly #byId = new Map(commands.map((command) => [`quayside.${command.id}`, command]))
  readonly #documents = new TextDocuments()
  readonly #problems = new FileProblems()
  readonly #facts: RowFacts
  readonly deps: Deps

  constructor({
    engines,
    preferences,
    credentials,
    facts,
    pages,
    output,
    remembered,
    docker,
    places,
  }: RunnerParts) {
    this.#facts = facts
    this.deps = {
      engines,
      preferences,
      credentials,
      registry: openRegistry,
      settings: commandSettings,
      remembered,
      docker,
      places,
      ui: createUi(this.#documents, output, pages, this.#problems),
    }
  }

  async run(id: string, args: readonly unknown[]): Promise<void> {
    const command = this.#byId.get(id)
    if (command === undefined) throw new EngineError('unsupported', t('There is no command {0}.', id))
    if (command.needsTrust === true && !vscode.workspace.isTrusted)
      return void this.deps.ui.error(
        new EngineError(
          'denied',
          t('“{0}” runs what is in this folder, and the folder is not trusted.', t(command.title)),
          {
            nextStep: t('Trust the folder first: “Workspaces: Manage Workspace Trust”.'),
          },
        ),
      )
    await runCommand(command, this.deps, this.#facts, args)
  }

  /** Does what is no command, such as a drop, and shows what went wrong as a command's would be. */
  async attempt(what: string, task: (deps: Deps) => Promise<void>): Promise<void> {
    try {
      await task(this.deps)
    } catch (fault) {
      showFault(this.deps, what, fault)
    }
  }

  dispose(): void {
    this.#documents.dispose()
    this.#problems.dispose()
  }
}
