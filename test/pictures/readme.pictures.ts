import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test as base } from '../e2e/fixtures.ts'
import type { Workbench } from '../e2e/workbench.ts'

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
} as const

const shop = `name: shop
services:
  web:
    image: busybox:1.36
    command: ["sh", "-c", "httpd -p 80 -h /www; i=0; while :; do i=$$((i+1)); echo \\"$$(date -u +%FT%TZ) INFO request id=$$i path=/cart ms=$$((i%90))\\"; [ $$((i%7)) = 0 ] && echo \\"$$(date -u +%FT%TZ) WARN slow answer id=$$i\\" >&2; sleep 0.3; done"]
    init: true
    ports: ["127.0.0.1:18080:80"]
    depends_on: [db, cache]
    healthcheck: { test: ["CMD", "true"], interval: 2s }
  db:
    image: busybox:1.36
    command: ["sh", "-c", "while :; do echo 'LOG:  checkpoint complete'; sleep 1; done"]
    init: true
    volumes: [data:/data]
  cache:
    image: busybox:1.36
    command: sleep 6000
    init: true
volumes:
  data:
`

const files = {
  'compose.yaml': shop,
  'image/Dockerfile':
    'FROM busybox:1.36\nRUN mkdir -p /app/conf && echo old >/app/conf/settings.ini && dd if=/dev/zero of=/app/cache.bin bs=1000 count=2500\nENV MODE=plain\nRUN rm /app/cache.bin && echo new >/app/conf/settings.ini && echo hello >/app/added.txt\n',
  'api/Dockerfile':
    'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN cd /app && npm run build\n\nFROM node:22-slim\nMAINTAINER Ann\nCOPY --from=build /app/dist /app\nENV API_TOKEN=abc123\nCMD node /app/server.js\n',
}

/** A container that waits. */
const run = (name: string, ...options: string[]): string[] => [
  'run',
  '-d',
  '--init',
  '--name',
  name,
  ...options,
  'busybox:1.36',
  'sleep',
  '6000',
]

async function keep(workbench: Workbench, name: string): Promise<void> {
  await workbench.screenshot(name)
  copyFileSync(join('.cache', 'screenshots', `${name}.png`), join('media', 'pictures', `${name}.png`))
}

for (const [name, theme] of Object.entries(themes)) {
  const test = base.extend({})
  test.describe(name, () => {
    test.use({
      workspace: 'empty',
      files,
      settings: { 'workbench.colorTheme': theme, 'window.autoDetectColorScheme': false },
    })

    test(`explorer, logs and statistics, ${name}`, async ({ workbench, docker, folder }) => {
      await workbench.page.setViewportSize({ width: 1440, height: 1120 })
      await docker('compose', '-f', join(folder, 'compose.yaml'), '-p', 'shop', 'up', '-d')
      await docker(...run('proxy', '-p', '127.0.0.1:18443:443', '--restart', 'unless-stopped'))
      await docker('run', '--name', 'migrate', 'busybox', 'sh', '-c', 'exit 3').catch(() => undefined)
      const view = await workbench.view('Containers')
      await view.row('shop').menu('View Logs')
      await expect(workbench.webview.getByText(/slow answer/).nth(2)).toBeVisible()
      await view.row('shop').expand()
      await expect(view.row('shop-web-1').label).toBeVisible()
      for (const title of ['Images', 'Volumes', 'Networks', 'Engines']) {
        const other = await workbench.view(title, { alone: false })
        await expect(other.row(/./).label).toBeVisible()
      }
      await keep(workbench, `explorer-${name}`)
      if (name === 'contrast') return
      await workbench.runCommand('Quayside Containers: Show Resource Use of All Running Containers')
      await expect(workbench.webview.locator('canvas')).toHaveCount(5)
      await expect.poll(async () => await workbench.webview.getByRole('row').count()).toBeGreaterThan(3)
      await workbench.page.waitForTimeout(12_000)
      await keep(workbench, `statistics-${name}`)
    })

    test(`editing, ${name}`, async ({ workbench }) => {
      await workbench.openFile('api/Dockerfile')
      await expect.poll(async () => (await workbench.problems()).length).toBeGreaterThan(3)
      await workbench.editor.hover('WORKDIR')
      await keep(workbench, `editing-${name}`)
    })

    if (name === 'dark') {
      test('service graph', async ({ workbench, docker, folder }) => {
        await docker('compose', '-f', join(folder, 'compose.yaml'), '-p', 'shop', 'up', '-d')
        const view = await workbench.view('Compose')
        await view.row('shop').menu('Show Service Graph')
        await expect(workbench.webview.getByRole('button', { name: /^web, service, running/ })).toBeVisible()
        await keep(workbench, 'graph')
      })

      test('layers', async ({ workbench, docker, folder }) => {
        await docker('build', '--tag', 'shop/api:1.4', join(folder, 'image'))
        const view = await workbench.view('Images')
        await view.row('shop/api').expand()
        await view.row('1.4').menu('Explore Layers')
        await expect(workbench.webview.getByRole('treeitem', { name: /cache\.bin, removed/ })).toBeVisible()
        await keep(workbench, 'layers')
      })

      test('files of a container', async ({ workbench, docker }) => {
        await docker(...run('web', '-p', '127.0.0.1:18080:80'))
        await docker(
          'exec',
          'web',
          'sh',
          '-c',
          "echo '<h1>Closed</h1>' > /www/index.html; echo note > /www/note.txt",
        )
        const view = await workbench.view('Containers')
        await view.row('web').expand()
        await view.row('Changes').expand()
        await view.row('www').expand()
        await view.row('index.html').label.click()
        await expect(workbench.page.locator('.monaco-diff-editor')).toContainText('Closed')
        await keep(workbench, 'files')
      })

      test('run form', async ({ workbench }) => {
        const view = await workbench.view('Images')
        await view.row('busybox').expand()
        await view.row('1.36').menu('Run with Options…')
        const form = workbench.webview
        await form.getByLabel('Name', { exact: true }).fill('web')
        await form.getByLabel('Ports, entry 1', { exact: true }).fill('8080:80')
        await form.getByLabel('Environment, entry 1', { exact: true }).fill('NODE_ENV=development')
        await form.getByLabel('Volumes and folders, entry 1', { exact: true }).fill('./src:/app:ro')
        await form.getByLabel('Command', { exact: true }).fill('httpd -f -p 80')
        await workbench.page.mouse.move(900, 60)
        await expect(workbench.page.locator('.monaco-hover:visible')).toHaveCount(0)
        await keep(workbench, 'run-form')
      })
    }
  })
}
