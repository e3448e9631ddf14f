import { strict as assert } from 'node:assert'
import { readdirSync, readFileSync } from 'node:fs'
import * as vscode from 'vscode'

const mostMs = 110_000

async function eventually<T>(look: () => T | undefined): Promise<T> {
  const end = Date.now() + mostMs
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    assert.ok(Date.now() < end, 'it did not come in time')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The language server that this window started. */
function serverProcess(): number | undefined {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const line = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]
      if (/dist[\\/]server\.cjs/.test(line) && Number(parent) === process.pid) return Number(name)
    } catch {
      // It has ended in the meantime.
    }
  }
  return undefined
}

const rulesOf = (document: vscode.TextDocument): unknown[] =>
  vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'quayside')
    .map(({ code }) => (typeof code === 'object' ? code.value : code))

describe('The language server', () => {
  it('is started again when it hangs, and knows the open documents', async function () {
    this.timeout(mostMs * 2)
    const document = await vscode.workspace.openTextDocument({
      language: 'dockerfile',
      content: 'FROM alpine:3.20\nMAINTAINER me\n',
    })
    await vscode.window.showTextDocument(document)
    await eventually(() => rulesOf(document).includes('maintainer-deprecated') || undefined)
    const first = serverProcess()
    assert.ok(first !== undefined)
    process.kill(first, 'SIGSTOP')

    const edit = new vscode.WorkspaceEdit()
    edit.insert(document.uri, new vscode.Position(2, 0), 'RUN sudo true\n')
    await vscode.workspace.applyEdit(edit)
    await eventually(() => rulesOf(document).includes('no-sudo') || undefined)
    assert.notEqual(serverProcess(), first)
  })
})
