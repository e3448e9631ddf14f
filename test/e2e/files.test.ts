import { expect, test } from './fixtures.ts'

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
