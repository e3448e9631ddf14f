import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  it('has nothing to complain of in the Node of this editor', () => {
    const extension = vscode.extensions.getExtension('quayside.quayside')
    const program = join(extension!.extensionPath, 'dist', 'server.cjs')
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
    // It ends with its input.
    const ended = spawnSync(process.execPath, [program, '--stdio'], { input: '', env, encoding: 'utf8' })
    assert.equal(ended.error, undefined)
    assert.equal(ended.stderr, '')
  })

  it('tells nothing twice that a YAML extension tells at the same place, and all that it does not', async function () {
    this.timeout(mostMs)
    const yaml = vscode.languages.createDiagnosticCollection('yaml')
    const check = async (
      content: string,
      rules: readonly string[],
      {
        source,
        code = '0',
        line,
        left,
      }: {
        readonly source: string
        readonly code?: string
        readonly line: number
        readonly left: readonly string[]
      },
    ): Promise<void> => {
      const document = await vscode.workspace.openTextDocument({ language: 'dockercompose', content })
      await vscode.window.showTextDocument(document)
      const shown = (wanted: readonly string[]): Promise<true> =>
        eventually(() => rulesOf(document).join() === wanted.join() || undefined)
      await shown(rules)
      const theirs = new vscode.Diagnostic(document.lineAt(line).range, 'what they say of it')
      theirs.source = source
      theirs.code = code
      yaml.set(document.uri, [theirs])
      await shown(left)
      yaml.clear()
      await shown(rules)
    }
    const service = 'services:\n  a:\n    image: busybox:1.36\n'
    const [key, network] = ['unknown-key', 'undefined-network']
    const ofSchema = { source: 'yaml-schema: Compose Specification', line: 3, left: [network] }
    await check(`${service}    portz: []\n    networks: [front]\n`, [key, network], ofSchema)
    await check(`${service}    user: "x\n`, ['yaml-syntax'], { source: 'YAML', line: 4, left: [] })
    const ofStyle = { source: 'YAML', code: 'flowMap', line: 3, left: ['yaml-syntax'] }
    await check(`${service}    user: "x\n`, ['yaml-syntax'], ofStyle)
    yaml.dispose()
  })

  it('takes a file of any name for a compose file that is one, and lets it be YAML again', async function () {
    this.timeout(mostMs)
    const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'stack-of-ours.yaml')
    const text = 'services:\n  a:\n    image: busybox:1.36\n    networks: [front]\n'
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text))
    const current = (): vscode.TextDocument | undefined =>
      vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri))
    const document = await eventually(() =>
      current()?.languageId === 'dockercompose' ? current() : undefined,
    )
    await eventually(() => rulesOf(document).includes('undefined-network') || undefined)
    const yaml = await vscode.languages.setTextDocumentLanguage(document, 'yaml')
    await eventually(() => rulesOf(yaml).length === 0 || undefined)
    assert.equal(current()?.languageId, 'yaml')
    await vscode.workspace.fs.delete(uri)
  })

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

  it('takes another ShellCheck at once', async function () {
    this.timeout(mostMs)
    const folder = mkdtempSync(join(tmpdir(), 'quayside-host-'))
    const program = join(folder, 'checker')
    const place = { line: 2, endLine: 2, column: 1, endColumn: 5, level: 'warning', fix: null }
    const answer = JSON.stringify({ comments: [{ ...place, code: 9999, message: 'It is so.' }] })
    writeFileSync(program, `#!/bin/sh\ngrep -q ^true || exec echo '{"comments":[]}'\necho '${answer}'\n`)
    chmodSync(program, 0o755)
    const configuration = vscode.workspace.getConfiguration('quayside')
    const document = await vscode.workspace.openTextDocument({
      language: 'dockerfile',
      content: 'FROM alpine:3.20\nSHELL ["/bin/bash", "-c"]\nRUN true\n',
    })
    try {
      await vscode.window.showTextDocument(document)
      await configuration.update('lint.shellCheckPath', program, vscode.ConfigurationTarget.Global)
      const found = await eventually(() =>
        vscode.languages.getDiagnostics(document.uri).find(({ message }) => message === 'It is so.'),
      )
      assert.equal(document.getText(found.range), 'true')
      await configuration.update('lint.shellCheckPath', undefined, vscode.ConfigurationTarget.Global)
      await eventually(
        () =>
          vscode.languages.getDiagnostics(document.uri).every(({ message }) => message !== 'It is so.') ||
          undefined,
      )
    } finally {
      await configuration.update('lint.shellCheckPath', undefined, vscode.ConfigurationTarget.Global)
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
