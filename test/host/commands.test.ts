import { deepStrictEqual, strictEqual } from 'node:assert'
import * as vscode from 'vscode'
import { dockerHost, engineCall } from './engine-call.ts'

/** Runs a command and leaves every question that it asks, until it has ended. */
async function runAndCancel(command: string, args: readonly unknown[]): Promise<void> {
  let ended = false
  const running = Promise.resolve(vscode.commands.executeCommand(command, ...args)).finally(
    () => (ended = true),
  )
  while (!ended) {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await running
}

describe('commands', () => {
  let id = ''
  before(async () => {
    const made = await engineCall('POST', '/containers/create?name=forged', {
      Image: 'busybox:latest',
      Cmd: ['sleep', '3600'],
      HostConfig: { Init: true },
    })
    id = made.Id!
    await engineCall('POST', `/containers/${id}/start`)
    await engineCall('POST', '/volumes/create', { Name: 'forged' })
  })
  after(async () => {
    await engineCall('DELETE', `/containers/${id}?force=1`)
    await engineCall('DELETE', '/volumes/forged')
  })

  it('believes no object that somebody else made up', async () => {
    const node = {
      kind: 'container',
      container: { kind: 'container', engine: dockerHost, id, name: 'forged', state: 'running', mounts: [] },
    }
    const element = {
      id: `${dockerHost}|container|${id}`,
      parent: undefined,
      node,
      row: { flags: ['container', 'running'] },
    }
    const volume = {
      node: { kind: 'volume', volume: { engine: dockerHost, name: 'forged', id: 'forged' }, usedBy: [] },
    }
    const hostile: readonly (readonly unknown[])[] = [
      [element],
      [element, [element, element]],
      [node],
      [volume],
      ['../../containers/forged'],
      [{ uri: 'file:///etc/passwd', target: '$(id)' }],
      [null, [null]],
      [Object.create(null)],
    ]
    const before = vscode.window.terminals.length
    for (const command of [
      'containers.stop',
      'containers.kill',
      'containers.remove',
      'containers.openShell',
      'volumes.remove',
    ])
      for (const args of hostile) await runAndCancel(`quayside.${command}`, args)
    const { State } = (await engineCall('GET', `/containers/${id}/json`)) as { State?: { Running?: boolean } }
    deepStrictEqual(State?.Running, true)
    await engineCall('GET', '/volumes/forged')
    strictEqual(vscode.window.terminals.length, before)
  })

  it('runs no compose file of a container as if it were one of this machine', async () => {
    const terminals = vscode.window.terminals.length
    const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'compose.yaml')
    const inContainer = file.with({ scheme: 'quayside-files', authority: 'container' })
    for (const command of ['compose.build', 'compose.pull'])
      await runAndCancel(`quayside.${command}`, [inContainer])
    strictEqual(vscode.window.terminals.length, terminals)
  })
})
