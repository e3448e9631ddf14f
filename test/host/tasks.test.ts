import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

  it('give what files are called to no shell: the program gets it as it is, and no shell of the editor is started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quayside-recorded-'))
    const recorder = (name: string): string => {
      const path = join(folder, name)
      writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$@" >>'${path}.said'\n`, { mode: 0o755 })
      return path
    }
    const [shell, program] = [recorder('shell'), recorder('docker')]
    const said = (path: string): string[] =>
      existsSync(`${path}.said`) ? readFileSync(`${path}.said`, 'utf8').trimEnd().split('\n') : []
    const quayside = vscode.workspace.getConfiguration('quayside')
    const terminal = vscode.workspace.getConfiguration('terminal.integrated')
    const { Global } = vscode.ConfigurationTarget
    await quayside.update('docker.path', program, Global)
    await terminal.update('automationProfile.linux', { path: shell }, Global)
    try {
      const hostile = [
        'a$(touch ran)',
        '`touch ran`',
        '"; touch ran; "',
        "it's",
        '%PATH%',
        '-rf',
        '& touch ran',
        '*',
      ]
      const files = hostile.map((name) => `./${name}/compose.yaml`)
      const [opened] = vscode.workspace.workspaceFolders as readonly [vscode.WorkspaceFolder]
      const written = {
        label: 'recorded',
        type,
        command: 'config',
        files,
        services: ['x;id'],
        problemMatcher: [],
      }
      await vscode.workspace.fs.writeFile(
        vscode.Uri.joinPath(opened.uri, '.vscode', 'tasks.json'),
        new TextEncoder().encode(JSON.stringify({ version: '2.0.0', tasks: [written] })),
      )
      let task: vscode.Task | undefined
      while (task === undefined)
        task = (await vscode.tasks.fetchTasks({ type })).find(({ name }) => name === 'recorded')
      strictEqual(await run(task), 0)
      deepStrictEqual(
        said(program).filter((word) => word.includes('compose.yaml')),
        files,
      )
      deepStrictEqual(said(shell), [])
      strictEqual(existsSync(join(opened.uri.fsPath, 'ran')), false)
    } finally {
      await quayside.update('docker.path', undefined, Global)
      await terminal.update('automationProfile.linux', undefined, Global)
      rmSync(folder, { recursive: true })
    }
  })
})
