import { expect, test } from './fixtures.ts'

test.use({
  files: {
    'good/Dockerfile':
      'FROM busybox:1.36 AS base\nCOPY hello.txt /hello.txt\nFROM base\nRUN cat /hello.txt\n',
    'good/hello.txt': 'hello\n',
    'bad/Dockerfile': 'FROM busybox:1.36\nRUN echo fine\nRUN exit 9\n',
  },
})

test('Builds an image from the lens above its Dockerfile', async ({ workbench, docker }) => {
  await workbench.openFile('good/Dockerfile')
  await workbench.editor.lens('Build').first().click()
  await workbench.quickInput.answer('lens/good:1')
  await workbench.terminal.shows('Done.')
  expect(await docker('run', '--rm', 'lens/good:1', 'cat', '/hello.txt')).toBe('hello')
  await workbench.screenshot('build')
})

test('Puts a failed build on the line that failed', async ({ workbench }) => {
  await workbench.openFile('bad/Dockerfile')
  await workbench.runCommand('Quayside Build: Build Image…')
  await workbench.quickInput.answer('lens/bad:1')
  await workbench.terminal.shows('Failed with exit code 1.')
  await expect.poll(async () => (await workbench.problems()).join('\n')).toMatch(/exit code: 9 at line 3/)
})
