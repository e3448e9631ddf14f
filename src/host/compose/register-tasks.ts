import * as vscode from 'vscode'
import { composeTaskType } from '../../commands/compose/compose-task.ts'
import type { WindowEngines } from '../engines.ts'
import type { ComposeTasks } from './compose-tasks.ts'

/** Tasks of compose projects. VS Code runs no task in a folder that is not trusted. */
export function registerComposeTasks(engines: WindowEngines): vscode.Disposable {
  let made: Promise<ComposeTasks> | undefined
  const tasks = (): Promise<ComposeTasks> =>
    (made ??= import('./compose-tasks.ts').then((module) => new module.ComposeTasks(engines)))
  const registration = vscode.tasks.registerTaskProvider(composeTaskType, {
    provideTasks: async () => (await tasks()).provideTasks(),
    resolveTask: async (task) => (await tasks()).resolveTask(task),
  })
  return new vscode.Disposable(() => {
    registration.dispose()
    void made?.then((provider) => provider.dispose())
  })
}
