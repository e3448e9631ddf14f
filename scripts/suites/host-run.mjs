// Runs the tests of test/host (already bundled into out/host) in one VS Code, by @vscode/test-electron.
// Usage: node scripts/suites/host-run.mjs newest|oldest|desktop
import { runTests } from '@vscode/test-electron'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startEngine } from '../hosts/hosts.mjs'
import { desktopVscode } from '../hosts/vscode.mjs'

const which = process.argv[2] ?? 'newest'
const workspace = mkdtempSync(join(tmpdir(), 'quayside-host-'))
cpSync('samples', workspace, { recursive: true })
const engine = await startEngine()
let code = 1
try {
  code = await runTests({
    vscodeExecutablePath:
      which === 'desktop' ? desktopVscode() : resolve('scripts/hosts/vscode-launcher.mjs'),
    extensionDevelopmentPath: process.env.QUAYSIDE_EXTENSION ?? resolve('.'),
    extensionTestsPath: resolve('out/host/index.cjs'),
    launchArgs: [workspace, '--disable-extensions'],
    extensionTestsEnv: { ...engine.env, QUAYSIDE_VSCODE_SERVER: which },
  })
} catch (error) {
  console.error(error)
} finally {
  await engine.stop()
  rmSync(workspace, { recursive: true, force: true })
}
process.exit(code)
