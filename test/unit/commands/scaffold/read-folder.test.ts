import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readFolder } from '../../../../src/commands/scaffold/read-folder.ts'
import { detect } from '../../../../src/commands/scaffold/stacks.ts'

async function found(files: Readonly<Record<string, string | Buffer>>) {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-folder-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  try {
    return detect(await readFolder(folder))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a manifest with a mark in front is read', async () =>
  expect(await found({ 'package.json': '\uFEFF{"scripts":{"start":"node live.js"}}' })).toMatchObject([
    { entry: 'live.js' },
  ]))

test('requirements as PowerShell writes them are read', async () =>
  expect(
    await found({
      'requirements.txt': Buffer.from('\uFEFFFlask==3.0\r\ngunicorn==22\r\n', 'utf16le'),
      'app.py': 'app = Flask(__name__)\r\n',
    }),
  ).toMatchObject([{ runner: 'gunicorn', application: 'app:app', port: 5000 }]))

test('what tells of a port is read wherever it lies, and no folder of packages is', async () =>
  expect(
    await found({
      'go.mod': 'module shop\n',
      'cmd/api/api.go': 'package main\n\nfunc main() {}\n',
      'config/config.yaml': 'server:\n  port: 8090\n',
      'vendor/tool/main.go': 'package main\n\nfunc main() {}\n',
    }),
  ).toMatchObject([{ entry: './cmd/api', port: 8090 }]))
