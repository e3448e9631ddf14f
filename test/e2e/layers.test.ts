import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from './fixtures.ts'

/** An image in three layers over busybox: files come, change and go; its secret is not to be seen. */
async function build(
  docker: (...args: string[]) => Promise<string>,
  folder: string,
  tag: string,
  lines: readonly string[],
): Promise<void> {
  const file = join(folder, 'context', 'Dockerfile')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `FROM busybox:1.36\n${lines.join('\n')}\n`)
  await docker('build', '--tag', tag, dirname(file))
}

const first = [
  'RUN mkdir -p /app/conf && echo old >/app/conf/settings.ini && dd if=/dev/zero of=/app/cache.bin bs=1000 count=2500',
  'ENV MODE=plain API_TOKEN=s3cr3t-value',
]
const second = ['RUN rm /app/cache.bin && echo new >/app/conf/settings.ini && echo hello >/app/added.txt']

test('Explores the layers of an image: what each adds, changes and removes, and what is wasted', async ({
  workbench,
  docker,
  folder,
}) => {
  await build(docker, folder, 'shop:1', [...first, ...second])
  const view = await workbench.view('Images')
  await view.row('shop').expand()
  await view.row('1').menu('Explore Layers')
  const page = workbench.webview
  const steps = page.getByRole('list', { name: 'Layers' })
  await expect(steps.getByRole('button')).toHaveCount(3)
  await expect(steps).toContainText('ENV MODE=plain')
  await expect(page.locator('body')).not.toContainText('s3cr3t-value')
  await expect(page.getByRole('table', { name: 'Wasted space' })).toContainText('/app/cache.bin')
  await expect(page.locator('.summary')).toContainText('2.5 MB')

  const tree = page.getByRole('tree', { name: 'Files of layer 3' })
  await expect(tree.getByRole('treeitem', { name: /cache\.bin, removed/ })).toBeVisible()
  await expect(tree.getByRole('treeitem', { name: /added\.txt, added/ })).toBeVisible()
  await workbench.screenshot('layers')
  // By keyboard: down to the folder of settings, into it, and open the file as it is in this layer.
  await tree.getByRole('treeitem', { name: /^app/ }).focus()
  await workbench.page.keyboard.press('ArrowDown')
  await workbench.page.keyboard.press('ArrowRight')
  await expect(tree.getByRole('treeitem', { name: /settings\.ini, changed/ })).toBeVisible()
  await workbench.page.keyboard.press('ArrowRight')
  await expect(tree.getByRole('treeitem', { name: /settings\.ini, changed/ })).toBeFocused()
  await workbench.page.keyboard.press('Enter')
  await workbench.editor.shows('new')
})

test('Compares two images: configuration and files, and opens a changed file in the diff editor', async ({
  workbench,
  docker,
  folder,
}) => {
  await build(docker, folder, 'shop:1', first)
  await build(docker, folder, 'shop:2', [...first, ...second, 'ENV MODE=fancy', 'CMD ["httpd", "-f"]'])
  const view = await workbench.view('Images')
  await view.row('shop').expand()
  await view.row('1').menu('Compare Images…')
  await workbench.quickInput.choose('shop:2')
  const page = workbench.webview
  const config = page.getByRole('table', { name: 'Configuration' })
  await expect(config.getByRole('row', { name: /MODE changed plain fancy/ })).toBeVisible()
  await expect(config.getByRole('row', { name: /Command changed .*httpd/ })).toBeVisible()
  const tree = page.getByRole('tree', { name: 'Files that differ' })
  await expect(tree.getByRole('treeitem', { name: /cache\.bin, removed, 2\.5 MB/ })).toBeVisible()
  await workbench.screenshot('compare-images')
  await tree.getByRole('treeitem', { name: /^conf/ }).click()
  await tree.getByRole('treeitem', { name: /settings\.ini, changed/ }).click()
  const sides = workbench.page.locator('.monaco-diff-editor .view-lines')
  await expect(sides.first()).toContainText('old')
  await expect(sides.last()).toContainText('new')
})
