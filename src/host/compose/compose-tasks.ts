import { basename, dirname, relative } from 'node:path'
import * as vscode from 'vscode'
import {
  composeTaskType,
  composeTaskWords,
  readComposeTask,
  type ComposeTask,
} from '../../commands/compose/compose-task.ts'
import { programFor } from '../../commands/program/docker-program.ts'
import { EngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { WindowEngines } from '../engines.ts'
import { setting } from '../settings.ts'
import { WorkspaceProjects } from './workspace-projects.ts'
import { showError } from '../verbatim-window.ts'

const offered = ['up', 'down', 'build', 'pull'] as const

/** Offers tasks for the compose projects of the open folders, and makes those of `tasks.json` runnable. */
export class ComposeTasks implements vscode.TaskProvider, vscode.Disposable {
  readonly #projects = new WorkspaceProjects()
  readonly #engines: WindowEngines

  constructor(engines: WindowEngines) {
    this.#engines = engines
  }

  async provideTasks(): Promise<vscode.Task[]> {
    await Promise.all([this.#projects.find(), this.#engines.look()])
    return this.#projects.projects.flatMap(({ files }) => {
      const [first] = files
      const folder =
        first === undefined ? undefined : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(first))
      if (folder === undefined) return []
      const names = files.map((file) => relative(folder.uri.fsPath, file).replaceAll('\\', '/'))
      return offered.map((command) => {
        const task = { command, files: names, profiles: [], options: [], services: [] }
        return taskOf({ type: composeTaskType, command, files: names }, task, folder, this.#engines)
      })
    })
  }

  async resolveTask(task: vscode.Task): Promise<vscode.Task | undefined> {
    await this.#engines.look()
    const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0]
    try {
      return taskOf(task.definition, readComposeTask(task.definition), folder, this.#engines)
    } catch (fault) {
      const said = fault instanceof Error ? fault.message : String(fault)
      const nextStep = fault instanceof EngineError ? fault.nextStep : undefined
      void showError(plain(nextStep === undefined ? said : `${said} ${nextStep}`, 1000))
      return undefined
    }
  }

  dispose(): void {
    this.#projects.dispose()
  }
}

function taskOf(
  definition: vscode.TaskDefinition,
  task: ComposeTask,
  folder: vscode.WorkspaceFolder | undefined,
  engines: WindowEngines,
): vscode.Task {
  const engine = engines.live.active?.engine
  const program = engine === undefined ? { args: [], env: {} } : programFor(engine, { path: '', env: {} })
  const env = Object.fromEntries(
    Object.entries(program.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const execution = new vscode.ProcessExecution(
    setting('docker.path'),
    [...program.args, ...composeTaskWords(task)],
    { env, ...(folder === undefined ? {} : { cwd: folder.uri.fsPath }) },
  )
  const [first] = task.files
  const where = first === undefined || dirname(first) === '.' ? '' : ` ${plain(basename(dirname(first)), 40)}`
  const made = new vscode.Task(
    definition,
    folder ?? vscode.TaskScope.Workspace,
    `${task.command}${where}`,
    composeTaskType,
    execution,
  )
  made.detail = t('docker {0}', plain(composeTaskWords(task).join(' '), 200))
  if (task.command === 'build') made.group = vscode.TaskGroup.Build
  return made
}
