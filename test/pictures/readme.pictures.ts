import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test as base } from '../e2e/fixtures.ts'
import type { Workbench } from '../e2e/workbench.ts'

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
} as const

const shop = `services:
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
  'api/Dockerfile':
    'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN cd /app && npm run build\n\nFROM node:22-slim\nMAINTAINER Ann\nCOPY --from=build /app/dist /app\nENV API_TOKEN=abc123\nCMD node /app/server.js\n',
}

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
      await docker('compose', '-f', join(folder, 'compose.yaml'), '-p', 'shop', 'up', '-d')
      await docker(
        'run',
        '-d',
        '--name',
        'proxy',
        '--init',
        '-p',
        '127.0.0.1:18443:443',
        '--restart',
        'unless-stopped',
        'busybox',
        'sleep',
        '6000',
      )
      await docker('run', '--name', 'migrate', 'busybox', 'sh', '-c', 'exit 3').catch(() => undefined)
      const view = await workbench.view('Containers')
      await view.row('shop').expand()
      await expect(view.row('shop-web-1').label).toBeVisible()
      await view.row('shop-web-1').menu('View Logs')
      await expect(workbench.webview.getByText(/slow answer/).first()).toBeVisible()
      await keep(workbench, `explorer-${name}`)
      if (name === 'contrast') return
      await workbench.runCommand('Quayside Containers: Show Resource Use of All Running Containers')
      await expect(workbench.webview.locator('canvas')).toHaveCount(4)
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

    if (name === 'dark')
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
        await keep(workbench, 'run-form')
      })
  })
}
