import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import * as vscode from 'vscode'

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] }
}

const extension = () => {
  const found = vscode.extensions.getExtension<unknown>('quayside.quayside')
  ok(found, 'the extension is not there')
  return found
}

const declared = () =>
  (extension().packageJSON as Manifest).contributes.commands.map(({ command }) => command)

describe('the extension', () => {
  before(async () => {
    await extension().activate()
  })

  it('activates', () => {
    strictEqual(extension().isActive, true)
  })

  it('registers every command that its manifest declares', async () => {
    const registered = new Set(await vscode.commands.getCommands(true))
    deepStrictEqual(
      declared().filter((command) => !registered.has(command)),
      [],
    )
  })

  it('registers no command that its manifest does not know, but those of its views and internal ones', async () => {
    const known = new Set(declared())
    const others = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith('quayside.') && !known.has(id),
    )
    // VS Code itself makes `<view>.focus`, `<view>.open` … for each view.
    const ofViews =
      /^quayside\.[\w-]+\.(focus|open|toggleVisibility|removeView|resetViewLocation|resetViewContainerLocation)$/
    deepStrictEqual(
      others.filter((id) => !ofViews.test(id) && !id.startsWith('quayside.internal.')),
      [],
    )
  })

  it('names nothing as another Docker extension does', () => {
    const foreign = /^(docker|vscode-docker|vscode-containers|containers)[.-]/
    deepStrictEqual(
      declared().filter((command) => foreign.test(command) || !command.startsWith('quayside.')),
      [],
    )
  })
})
