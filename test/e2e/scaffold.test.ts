import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Locator } from '@playwright/test'
import { test, type Workbench } from './fixtures.ts'

test.describe('in a folder with one project', () => {
  test.use({
    workspace: 'empty',
    files: {
      'package.json': '{"name":"shop","main":"server.js"}',
      'package-lock.json': '{}',
      'server.js': '',
      Dockerfile: 'FROM scratch\n',
    },
  })

  const text = 'FROM scratch\n'

  /** The question whether the files are written, with what they would be behind it. */
  async function preview(workbench: Workbench): Promise<Locator> {
    await workbench.runCommand('Quayside: Add Docker Files to Workspace…')
    await workbench.quickInput.choose('Node.js')
    await workbench.quickInput.answer('3000', 'port')
    await workbench.quickInput.asks('Write these files to workspace?')
    return workbench.page.locator('.multiDiffEntry')
  }

  test('Shows what would be written, and writes nothing until that is wanted', async ({
    workbench,
    folder,
  }) => {
    const before = (await readdir(folder)).toSorted()
    const shown = await preview(workbench)
    await expect(shown.filter({ hasText: 'compose.yaml' })).toContainText('127.0.0.1:3000:3000')
    const replaced = shown.filter({ hasText: 'Dockerfile' }).first().locator('.view-lines')
    await expect(replaced.first()).toContainText(/FROM.scratch/)
    await expect(replaced.last()).toContainText(/USER.1000/)
    await workbench.screenshot('scaffold-preview')
    await workbench.quickInput.cancel()
    await expect(shown).toHaveCount(0)
    await expect(workbench.page.locator('.tabs-container .tab')).toHaveCount(0)
    expect((await readdir(folder)).toSorted()).toEqual(before)
    expect(await readFile(join(folder, 'Dockerfile'), 'utf8')).toBe(text)
  })

  test('Writes new files by the keyboard alone, after a look at them, and Undo takes them away', async ({
    workbench,
    folder,
  }) => {
    const before = (await readdir(folder)).toSorted()
    const { page, quickInput, editor } = workbench
    await preview(workbench)
    await expect(quickInput.input).toBeFocused()
    await page.keyboard.press('F6')
    await expect(page.locator('.multiDiffEntry .monaco-editor.focused')).toHaveCount(1)
    await page.keyboard.press('F6')
    await expect(quickInput.widget.locator(':focus')).toHaveCount(1)
    await page.keyboard.press('Enter')
    await editor.shows('node_modules')
    await expect(page.locator('.tabs-container .tab')).toHaveCount(1)
    expect((await readdir(folder)).toSorted()).toEqual(
      ['.dockerignore', ...before, 'compose.yaml'].toSorted(),
    )
    expect(await readFile(join(folder, 'Dockerfile'), 'utf8')).toBe(text)
    await workbench.runCommand('Undo')
    await workbench.screenshot('scaffold-undo-new')
    await expect.poll(async () => (await readdir(folder)).toSorted()).toEqual(before)
  })

  test('Replaces a file that is there when it is ticked, and Undo brings it back', async ({ workbench }) => {
    await preview(workbench)
    await workbench.quickInput.tick('Dockerfile')
    await workbench.editor.shows('CMD ["node", "server.js"]')
    await workbench.screenshot('scaffold')
    await workbench.openFile('compose.yaml')
    await workbench.editor.shows('127.0.0.1:3000:3000')
    await workbench.openFile('Dockerfile')
    await workbench.runCommand('Undo')
    await workbench.screenshot('scaffold-undo')
    await workbench.editor.shows('FROM scratch')
  })
})

test.describe('in a folder with several programs', () => {
  test.use({
    workspace: 'empty',
    files: {
      'go.mod': 'module shop\n\ngo 1.25\n',
      'cmd/api/main.go': 'package main\n\nfunc main() { http.ListenAndServe(":8000", nil) }\n',
      'cmd/worker/main.go': 'package main\n\nfunc main() { http.ListenAndServe(":9000", nil) }\n',
    },
  })

  test('Asks which of them the Docker files are for', async ({ workbench }) => {
    await workbench.runCommand('Quayside: Add Docker Files to Workspace…')
    await expect(workbench.quickInput.rows.filter({ hasText: './cmd/api' })).toBeVisible()
    await workbench.quickInput.rows.filter({ hasText: './cmd/worker' }).click()
    await workbench.quickInput.answer('9000', 'port')
    await workbench.quickInput.asks('Write these files')
    await workbench.quickInput.tick()
    await workbench.editor.shows('-o /app ./cmd/worker')
  })
})

test.describe('in a folder that holds folders of projects', () => {
  test.use({
    workspace: 'empty',
    files: {
      'backend/requirements.txt': 'flask\n',
      'backend/app.py': 'app = Flask(__name__)\n',
      'front end/package.json': '{"scripts":{"start":"node server.js"}}',
      'front end/server.js': 'app.listen(4000)\n',
    },
  })

  test('Writes the Docker files of the one that is chosen into its folder', async ({ workbench, folder }) => {
    await workbench.runCommand('Quayside: Add Docker Files to Workspace…')
    await expect(workbench.quickInput.rows.filter({ hasText: 'backend' })).toBeVisible()
    await workbench.screenshot('scaffold-folders')
    await workbench.quickInput.rows.filter({ hasText: 'front end' }).click()
    await workbench.quickInput.answer('4000', 'port')
    await workbench.quickInput.asks('Write these files')
    await workbench.quickInput.tick()
    await workbench.editor.shows('CMD ["node", "server.js"]')
    expect((await readdir(join(folder, 'front end'))).toSorted()).toEqual([
      '.dockerignore',
      'Dockerfile',
      'compose.yaml',
      'package.json',
      'server.js',
    ])
  })
})
