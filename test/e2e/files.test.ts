import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, Row, test } from './fixtures.ts'

test('Opens, edits and saves a file of a container, and keeps its owner and mode', async ({
  workbench,
  docker,
}) => {
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  await docker(
    'exec',
    'web',
    'sh',
    '-c',
    'echo first >/www/page.txt; chown 1000:1001 /www/page.txt; chmod 640 /www/page.txt',
  )
  const view = await workbench.view('Containers')
  await view.row('web').menu('Files', 'Browse Files…')
  await workbench.quickInput.choose('www/')
  await workbench.quickInput.choose('page.txt')
  await workbench.editor.shows('first')
  await workbench.editor.goTo(1, 1)
  await workbench.editor.insert('second ')
  await workbench.editor.save()
  await expect.poll(() => docker('exec', 'web', 'cat', '/www/page.txt')).toBe('second first')
  expect(await docker('exec', 'web', 'stat', '-c', '%u %g %a', '/www/page.txt')).toBe('1000 1001 640')
  await workbench.screenshot('container-file')
})

test('Offers a file that is too large for an editor as a download', async ({ workbench, docker }) => {
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  await docker('exec', 'web', 'dd', 'if=/dev/zero', 'of=/www/big.bin', 'bs=1M', 'count=65')
  await workbench.view('Containers')
  await workbench.runCommand('Quayside Files: Open File by Path…')
  await workbench.quickInput.choose('web')
  await workbench.quickInput.answer('/www/big.bin')
  // The editor has a limit of its own, which a user can pass.
  await workbench.page.getByRole('button', { name: 'Open Anyway' }).click()
  await workbench.notifications.press('/www/big.bin is too large to be opened.', 'Download…')
  await workbench.quickInput.answer(`${workbench.folder}/`, 'Download /www/big.bin to')
  await expect
    .poll(() => statSync(join(workbench.folder, 'big.bin'), { throwIfNoEntry: false })?.size)
    .toBe(65 * 1024 ** 2)
})

test('Reads files of a volume and of an image without running anything', async ({ workbench, docker }) => {
  await docker('volume', 'create', 'data')
  await docker('run', '--rm', '-v', 'data:/d', 'busybox', 'sh', '-c', 'mkdir /d/sub; echo kept >/d/sub/note')
  const volumes = await workbench.view('Volumes')
  await volumes.row('data').menu('Files', 'Browse Files…')
  await workbench.quickInput.choose('sub/')
  await workbench.quickInput.choose('note')
  await workbench.editor.shows('kept')
  await workbench.runCommand('View: Close All Editors')
  await workbench.runCommand('Quayside Files: Open File by Path…')
  await workbench.quickInput.choose('data')
  await workbench.quickInput.answer('/sub/note')
  await workbench.editor.shows('kept')
  // What stood in for the volume goes by itself.
  await expect.poll(() => docker('ps', '-aq')).toBe('')
})

test('Shows files and changes as rows: opens, makes, renames, deletes, compares with the image', async ({
  workbench,
  docker,
}) => {
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  await docker(
    'exec',
    'web',
    'sh',
    '-c',
    'echo "<p>changed</p>" >/www/index.html; mkdir /www/many /srv; printf x >/srv/one; ln -s one /srv/link; ' +
      'cd /www/many; i=1000; while [ $i -lt 2100 ]; do : >f$i; i=$((i+1)); done',
  )
  const view = await workbench.view('Containers')
  await view.row('web').expand()
  await view.row('Files').expand()
  const folder = await view.reveal('srv')
  await folder.expand()
  await expect
    .poll(() => view.texts())
    .toEqual(expect.arrayContaining(['      link  → one', '      one  1 B']))

  await folder.menu('New File…')
  await workbench.quickInput.answer('note.txt')
  await expect(view.row('note.txt').label).toBeVisible()
  await workbench.editor.insert('hello')
  await workbench.editor.save()
  await expect(view.row('note.txt').description).toHaveText('5 B')
  // Keys mean the file that is selected, not its container.
  const { keyboard } = workbench.page
  // The editor learns a moment after a click what its keys mean now.
  const pressUntil = async (key: string, isSo: () => Promise<void>): Promise<void> =>
    expect(async () => {
      await keyboard.press(key)
      await isSo()
    }).toPass()
  await view.row('one').select()
  await pressUntil('F2', () => expect(workbench.quickInput.widget).toBeVisible({ timeout: 3000 }))
  await workbench.quickInput.answer('two', 'New name')
  await expect(view.row('two').label).toBeVisible()
  await view.row('two').menu('Copy Files')
  await expect
    .poll(() => workbench.page.evaluate("navigator.clipboard.readText().catch(() => '')"))
    .toMatch(/^quayside-files:/)
  await view.row('srv').menu('Paste Files')
  await workbench.quickInput.choose('Keep Both')
  await expect(view.row('two (2)').label).toBeVisible()
  await view.row('two').select()
  await view.row('two (2)').select({ add: true })
  await pressUntil('Delete', () => expect(workbench.dialog.box).toBeVisible({ timeout: 3000 }))
  expect(await workbench.dialog.text()).toContain('web:/srv/two (2)')
  await workbench.dialog.press('Delete')
  await expect.poll(() => docker('exec', 'web', 'ls', '/srv')).toBe('link\nnote.txt')
  await expect(view.row('link').description).toContainText('leads nowhere')
  await workbench.screenshot('file-rows')
  await view.row('Files').collapse()

  await view.row('Changes').expand()
  await docker('exec', 'web', 'touch', '/late')
  await view.row('Changes').press('Refresh Files')
  await expect(view.row('late').label).toBeVisible()
  await view.row('www').expand()
  await view.row('index.html').label.click()
  await expect(workbench.page.locator('.editor.original')).toContainText('It runs')
  await expect(workbench.page.locator('.editor.modified')).toContainText('changed')
  await workbench.screenshot('file-changes')
  // A click on a folder unfolds it.
  await view.row('many').label.click()
  await expect(view.row('f1000').label).toBeVisible()
  await workbench.page.keyboard.press('End')
  await view.row('100 more…').label.click()
  await expect(view.row('100 more…').locator).toHaveCount(0)
  await workbench.page.keyboard.press('End')
  await expect(view.row('f2099').label).toBeVisible()
})

test('Files are dropped on a row to upload them, and dragged out of the view to open them', async ({
  workbench,
  docker,
}) => {
  await docker('volume', 'create', 'data')
  await workbench.openFile('Dockerfile')
  const view = await workbench.view('Volumes')
  const tab = workbench.page.locator('.tab').filter({ hasText: 'Dockerfile' })
  await view.row('data').expand()
  await view.row('Files').expand()
  await tab.dragTo(view.row('data').locator)
  await expect(view.row('Dockerfile').label).toBeVisible()
  await workbench.runCommand('View: Close All Editors')
  await expect(tab).toHaveCount(0)
  // The editor area takes a drop only once it has shown where it would go.
  const { mouse } = workbench.page
  await expect(async () => {
    await view.row('Dockerfile').locator.hover()
    await mouse.down()
    await workbench.page.locator('.part.editor').hover({ force: true, timeout: 2000 })
    await mouse.move(900, 400, { steps: 10 })
    await expect(workbench.page.locator('.editor-group-overlay-indicator')).toBeVisible({ timeout: 2000 })
    await mouse.up()
    await expect(tab).toHaveCount(1, { timeout: 5000 })
  }).toPass()
  await workbench.editor.shows('FROM')
})

test('A file that changed underneath is asked about, and a save is taken back by Undo', async ({
  workbench,
  docker,
}) => {
  await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
  await docker('exec', 'web', 'sh', '-c', 'mkdir /srv; echo one >/srv/note')
  await workbench.runCommand('Quayside Files: Open File by Path…')
  await workbench.quickInput.choose('web')
  await workbench.quickInput.answer('/srv/note')
  await workbench.editor.shows('one')
  await docker('exec', 'web', 'sh', '-c', 'echo theirs >/srv/note; touch -d "2030-01-01 00:00:00" /srv/note')
  await workbench.editor.goTo(1, 1)
  await workbench.editor.insert('ours-')
  await workbench.page.keyboard.press('ControlOrMeta+s')
  await workbench.notifications.press(/The content of the file is newer/, 'Overwrite')
  await expect.poll(() => docker('exec', 'web', 'cat', '/srv/note')).toBe('ours-one')
  await workbench.editor.goTo(1, 1)
  await workbench.page.keyboard.press('ControlOrMeta+z')
  await workbench.editor.save()
  await expect.poll(() => docker('exec', 'web', 'cat', '/srv/note')).toBe('one')
})

test.describe('a folder of a container in the workspace', () => {
  test.use({
    files: { 'all.code-workspace': '{ "folders": [{ "path": "." }] }' },
    opened: 'all.code-workspace',
  })

  test('is shown by the Explorer and edited; files go in from there, and their text is searched', async ({
    workbench,
    docker,
  }) => {
    await docker('run', '-d', '--name', 'web', '--init', 'busybox', 'sleep', '600')
    await docker('exec', 'web', 'sh', '-c', 'mkdir -p /srv/conf; echo "listen 80" >/srv/conf/app.conf')
    const inExplorer = (name: string): Row => {
      const rows = workbench.page.locator('.explorer-folders-view .monaco-list-row')
      return new Row(workbench.page, rows.filter({ hasText: name }).first())
    }
    // The folders that the file names are there only after the window is.
    await workbench.runCommand('View: Show Explorer')
    await expect(inExplorer('Dockerfile').locator).toBeVisible()
    const view = await workbench.view('Containers')
    await view.row('web').menu('Files', 'Add Folder to Workspace…')
    await workbench.quickInput.answer('/srv')
    await workbench.runCommand('View: Show Explorer')
    await expect(inExplorer('web: /srv').locator).toBeVisible()
    await inExplorer('Dockerfile').menu('Copy into Container or Volume…')
    await workbench.quickInput.choose('web')
    await workbench.quickInput.answer('/srv/conf')
    await expect.poll(() => docker('exec', 'web', 'ls', '/srv/conf')).toBe('Dockerfile\napp.conf')
    await inExplorer('web: /srv').expand()
    await inExplorer('conf').expand()
    await expect(inExplorer('app.conf').locator).toBeVisible()
    const copies = workbench.page.locator('.explorer-folders-view .monaco-list-row')
    await expect(copies.filter({ hasText: 'Dockerfile' })).toHaveCount(2)
    await workbench.screenshot('container-folder')
    await inExplorer('app.conf').open()
    await workbench.editor.shows('listen 80')
    await workbench.editor.goTo(1, 1)
    await workbench.editor.insert('# ')
    await workbench.editor.save()
    await expect.poll(() => docker('exec', 'web', 'cat', '/srv/conf/app.conf')).toBe('# listen 80')
    await workbench.runCommand('View: Close All Editors')
    await docker('kill', 'web')
    await workbench.runCommand('Quayside Files: Search Text in Files…')
    await workbench.quickInput.choose('web')
    await workbench.quickInput.answer('/srv', 'Path of the folder')
    await workbench.quickInput.answer('listen', 'Text to look for')
    await workbench.quickInput.choose('/srv/conf/app.conf:1')
    await workbench.editor.shows('# listen 80')
  })
})
