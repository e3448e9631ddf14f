import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import * as vscode from 'vscode'

const type = 'quayside-compose'

/** Runs a task to its end; resolves with the exit code of its process. */
async function run(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((resolve) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return
      listener.dispose()
      resolve(exitCode)
    })
  })
  await vscode.tasks.executeTask(task)
  return await ended
}

describe('tasks of compose projects', () => {
  it('are offered for each project of the open folder', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type })
    deepStrictEqual(
      ['up', 'down', 'build', 'pull'].filter((name) => !tasks.some((task) => task.name === name)),
      [],
    )
    const { execution } = tasks.find(({ name }) => name === 'up')!
    ok(execution instanceof vscode.ProcessExecution, 'no shell reads the arguments')
    deepStrictEqual(execution.args.slice(-5), ['compose', '-f', 'compose.yaml', 'up', '--detach'])
  })

  it('run against the engine of the window', async () => {
    const down = (await vscode.tasks.fetchTasks({ type })).find(({ name }) => name === 'down')!
    strictEqual(await run(down), 0)
  })

  it('can be written in tasks.json', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? []
    const text = JSON.stringify({
      version: '2.0.0',
      tasks: [{ label: 'names', type, command: 'config', options: ['--services'], problemMatcher: [] }],
    })
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder!.uri, '.vscode', 'tasks.json'),
      new TextEncoder().encode(text),
    )
    let task: vscode.Task | undefined
    while (task === undefined)
      task = (await vscode.tasks.fetchTasks({ type })).find(({ name }) => name === 'names')
    ok(task.execution instanceof vscode.ProcessExecution)
    deepStrictEqual(task.execution.args.slice(-3), ['compose', 'config', '--services'])
    strictEqual(await run(task), 0)
  })
})
