import { expect, test } from './fixtures.ts'

test.use({
  files: {
    'bad/Dockerfile': 'FROM busybox\nMAINTAINER Ann\nRUN echo hi\n',
    'stages/Dockerfile': 'FROM busybox:1.36 AS base\nARG VERSION=3\nRUN echo $VERSION\nFROM base\n',
    'docker/Dockerfile': 'FROM busybox:1.36\nCOPY  /app/\n',
    'parts/only-here.txt': 'x',
    'shop/compose.yaml':
      'services:\n  web:\n    image: busybox:1.36\n    depends_on: [databse]\n  database:\n    image: busybox:1.36\n',
  },
})

test('Finds what is wrong in a Dockerfile, says why, and mends it', async ({ workbench }) => {
  await workbench.openFile('bad/Dockerfile')
  await expect.poll(async () => (await workbench.problems()).join('\n')).toMatch(/MAINTAINER` is deprecated/)
  await workbench.screenshot('dockerfile-problems')
  await workbench.openFile('bad/Dockerfile')
  await workbench.editor.goTo(2, 3)
  // On a busy machine the list can be gone before it is clicked.
  await expect(async () => {
    await workbench.page.keyboard.press('Control+.')
    await workbench.page.getByRole('option', { name: /label/i }).first().click({ timeout: 5_000 })
  }).toPass()
  await workbench.editor.shows('LABEL')
  await expect.poll(async () => (await workbench.problems()).join('\n')).not.toMatch(/MAINTAINER/)
})

test('Explains instructions and variables, completes, and goes to the stage', async ({ workbench }) => {
  await workbench.openFile('stages/Dockerfile')
  await expect(await workbench.editor.hover('VERSION')).toContainText('3')
  await workbench.screenshot('dockerfile-hover')
  await workbench.editor.goTo(4, 6)
  await workbench.page.keyboard.press('F12')
  await expect(workbench.statusBar(/Ln 1,/)).toBeVisible()
  await workbench.editor.goTo(5, 1)
  await workbench.editor.type('HEAL')
  await expect.poll(() => workbench.editor.suggestions()).toContain('HEALTHCHECK')
})

test('Checks a compose file as the engine would, and mends what is misspelt', async ({ workbench }) => {
  await workbench.openFile('shop/compose.yaml')
  await expect.poll(async () => (await workbench.problems()).join('\n')).toMatch(/databse/)
  await workbench.screenshot('compose-problems')
})

test('Completes and checks COPY with the files of the build context that was chosen', async ({
  workbench,
  folder,
}) => {
  await workbench.openFile('docker/Dockerfile')
  await workbench.runCommand('Quayside Build: Choose Build Context…')
  await workbench.quickInput.answer(`${folder}/parts/`)
  await expect(workbench.notifications.withText(/parts\/? from now on/)).toBeVisible()
  await workbench.openFile('docker/Dockerfile')
  await expect(async () => {
    await workbench.editor.goTo(2, 6)
    expect(await workbench.editor.suggestions()).toContain('only-here.txt')
  }).toPass()
})
