import { type Browser, chromium, type Frame } from '@playwright/test'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type PrivateEngine, startEngine } from '../../scripts/hosts/hosts.mjs'
import { chromiumOptions, startVscode } from '../../scripts/hosts/vscode.mjs'
import { Workbench } from '../e2e/workbench.ts'

/** What the extension host has felt since it was asked last. */
export interface HostFigures {
  readonly delayP50: number
  readonly delayP99: number
  readonly delayMax: number
  /** Bytes. */
  readonly rss: number
  readonly rssMax: number
  /** Bytes of array buffers, which are what a viewer holds: the rest of the memory is for V8 to clear up. */
  readonly buffers: number
  /** Bytes of V8's heap, at most, with what it has not cleared up yet. */
  readonly heapMax: number
  /** Seconds of a processor that the host has used since it began. */
  readonly cpu: number
}

export interface Window {
  readonly engine: PrivateEngine
  readonly workbench: Workbench
  /** Opens the log of a container; the frame that shows it. */
  openLog(container: string): Promise<Frame>
  /** Begins to measure the extension host anew. */
  measure(): Promise<void>
  figures(): Promise<HostFigures>
}

const everyMs = 200

/** An extension that measures the host that it shares with ours. */
const probe = `
const { monitorEventLoopDelay } = require('node:perf_hooks')
const { rename, rm, writeFile } = require('node:fs/promises')
exports.activate = () => {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  let rssMax = 0
  let heapMax = 0
  // Nothing here waits for a disk: that would be measured too.
  const look = async () => {
    const anew = await rm(__dirname + '/anew').then(() => true, () => false)
    if (anew) delay.reset()
    const { rss, heapTotal, arrayBuffers } = process.memoryUsage()
    rssMax = Math.max(anew ? 0 : rssMax, rss)
    heapMax = Math.max(anew ? 0 : heapMax, heapTotal)
    const figures = { delayP50: delay.percentile(50) / 1e6, delayP99: delay.percentile(99) / 1e6, delayMax: delay.max / 1e6, rss, rssMax, buffers: arrayBuffers, heapMax, cpu: (process.cpuUsage().user + process.cpuUsage().system) / 1e6 }
    await writeFile(__dirname + '/figures.part', JSON.stringify(figures))
    await rename(__dirname + '/figures.part', __dirname + '/figures.json')
    setTimeout(look, ${everyMs})
  }
  void look()
}
`

/** A real workbench in a real browser on a private engine. */
export async function withWindow(
  settings: Readonly<Record<string, unknown>>,
  use: (window: Window) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-bench-'))
  const probeFolder = join(folder, 'probe')
  mkdirSync(probeFolder)
  mkdirSync(join(folder, 'workspace'))
  const manifest = { name: 'probe', publisher: 'quayside', version: '0.0.1', engines: { vscode: '^1.100.0' } }
  writeFileSync(
    join(probeFolder, 'package.json'),
    JSON.stringify({ ...manifest, main: './main.js', activationEvents: ['*'] }),
  )
  writeFileSync(join(probeFolder, 'main.js'), probe)
  const engine = await startEngine({ version: '28' })
  let browser: Browser | undefined
  const vscode = await startVscode({
    env: { ...process.env, ...engine.env },
    extension: [resolve('.'), probeFolder],
    settings: { ...settings },
  })
  try {
    browser = await chromium.launch(await chromiumOptions())
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const workbench = new Workbench(page, join(folder, 'workspace'))
    await workbench.load(vscode.url(join(folder, 'workspace')))
    await use({
      engine,
      workbench,
      async openLog(container) {
        const view = await workbench.view('Containers')
        await view.row(container).menu('View Logs')
        // The log of another container may still be in front.
        const pane = `.pane[aria-label="Logs of ${container}"]`
        await workbench.webview.locator(pane).waitFor()
        for (const frame of page.frames()) {
          const panes = await frame
            .locator(pane)
            .count()
            .catch(() => 0)
          if (panes > 0) return frame
        }
        throw new Error('no frame shows the log')
      },
      async measure() {
        writeFileSync(join(probeFolder, 'anew'), '')
        await new Promise((resolve) => setTimeout(resolve, 3 * everyMs))
      },
      async figures() {
        await new Promise((resolve) => setTimeout(resolve, 2 * everyMs))
        return JSON.parse(readFileSync(join(probeFolder, 'figures.json'), 'utf8')) as HostFigures
      },
    })
  } finally {
    await browser?.close()
    await vscode.stop()
    await engine.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
