#!/usr/bin/env node
// Takes the arguments of desktop VS Code from @vscode/test-electron and runs the same tests in the VS Code server, with
// its workbench in a headless browser. Ends with the code of the tests. $QUAYSIDE_VSCODE_SERVER says which server.
import { chromium } from '@playwright/test'
import { chromiumOptions, startVscode } from './vscode.mjs'

const options = new Map()
const folders = []
for (const argument of process.argv.slice(2)) {
  const match = /^--([^=]+)(?:=(.*))?$/.exec(argument)
  if (match === null) folders.push(argument)
  else options.set(match[1], match[2] ?? '')
}
const extension = options.get('extensionDevelopmentPath')
const tests = options.get('extensionTestsPath')
if (extension === undefined || tests === undefined || folders.length === 0) {
  console.error('usage: vscode-launcher.mjs --extensionDevelopmentPath=… --extensionTestsPath=… FOLDER')
  process.exit(2)
}

const vscode = await startVscode({
  which: process.env.QUAYSIDE_VSCODE_SERVER || 'newest',
  trustAsked: !options.has('disable-workspace-trust'),
})
const browser = await chromium.launch(await chromiumOptions())
let code = 1
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  code = await new Promise((done) => {
    page.once('crash', () => (console.error('the page of the workbench crashed'), done(1)))
    browser.once('disconnected', () => done(1))
    const prepared = Promise.all([
      page.exposeFunction('codeAutomationLog', (type, args) =>
        console[type === 'error' ? 'error' : 'log'](...args),
      ),
      page.exposeFunction('codeAutomationExit', (exitCode) => done(exitCode)),
    ])
    prepared
      .then(async () => await page.goto(vscode.url(folders[0], { extension, tests })))
      .catch((error) => (console.error(error), done(1)))
  })
} finally {
  await browser.close().catch(() => {})
  await vscode.stop()
}
process.exit(code)
