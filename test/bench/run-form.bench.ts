import { chromium, type Locator } from '@playwright/test'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startEngine } from '../../scripts/hosts/hosts.mjs'
import { chromiumOptions, startVscode } from '../../scripts/hosts/vscode.mjs'
import type { View } from '../e2e/views.ts'
import { Workbench } from '../e2e/workbench.ts'
import { type Bench, median, ms } from './bench.ts'
import { emptyExtension } from './empty-extension.ts'

const rounds = 8

interface Opened {
  /** From the click to a field that can be typed in. */
  readonly whole: number
  /** What of that is the page's own, from when the editor has made its document to its first paint. */
  readonly page: number
}

/**
 * From the click on “Run a Container” to a form that can be typed in, in a real workbench; beside it, in turn, a page of another
 * extension with one empty field in it, which is the least that the editor can do for a tab that is not there yet.
 */
export const bench: Bench = {
  name: 'run',
  async run(print) {
    const parent = mkdtempSync(join(tmpdir(), 'quayside-bench-'))
    const folder = join(parent, 'sample')
    cpSync('samples', folder, { recursive: true })
    const engine = await startEngine({ version: '28' })
    const env = { ...process.env, ...engine.env }
    const empty = emptyExtension(join(parent, 'empty'))
    const vscode = await startVscode({ env, extension: [resolve('.'), empty] })
    const browser = await chromium.launch(await chromiumOptions())
    try {
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
      const workbench = new Workbench(page, folder)
      vscode.configure({})
      await workbench.load(vscode.url(folder))
      const view = await workbench.view('Containers')
      const ours: Opened[] = []
      const none: Opened[] = []
      for (let round = 0; round <= rounds; round += 1) {
        ours.push(await open(workbench, view, /^Run a Container/))
        none.push(await open(workbench, view, /^Open an Empty Page/))
      }
      const next: number[] = []
      for (let round = 0; round <= rounds; round += 1) next.push(await openNext(workbench, view))
      next.shift()
      const first = ours.shift()!
      none.shift()
      print(`the first: ${ms(first.whole)}, of that the page ${ms(first.page)}`)
      const [form, floor] = [median(ours.map(({ whole }) => whole)), median(none.map(({ whole }) => whole))]
      print(
        `each after it, in the tab of the last while nothing is entered there: ${ms(median(next))} (median of ${rounds}; aim: under 150 ms)`,
      )
      print(
        `each after it, when the last was closed: ${ms(form)} (median of ${rounds}; aim: under 150 ms), of that the page ${ms(median(ours.map((opened) => opened.page)))}`,
      )
      print(
        `a page with one empty field: ${ms(floor)}; ratio ${(form / floor).toFixed(2)}, difference ${ms(form - floor)}`,
      )
    } finally {
      await browser.close()
      await vscode.stop()
      await engine.stop()
      rmSync(parent, { recursive: true, force: true })
    }
  },
}

async function buttonOf({ header }: View, title: RegExp): Promise<Locator> {
  await header.hover()
  const button = header.getByRole('button', { name: title }).first()
  await button.waitFor()
  return button
}

/** Milliseconds from the click to the next form, in a tab that is there already. */
async function openNext(workbench: Workbench, view: View): Promise<number> {
  const button = await buttonOf(view, /^Run a Container/)
  const page = workbench.webview
  if ((await workbench.page.locator('iframe.webview.ready').count()) > 0)
    await page.locator('#image').evaluate("document.querySelector('#image').className = 'last'")
  const begun = performance.now()
  await button.click()
  await page.locator('#image:not(.last)').waitFor()
  return performance.now() - begun
}

async function open(workbench: Workbench, view: View, title: RegExp): Promise<Opened> {
  const button = await buttonOf(view, title)
  const begun = performance.now()
  await button.click()
  const field = workbench.webview.locator('#image')
  await field.waitFor()
  const whole = performance.now() - begun
  // The clock of the innermost document begins when its own page does.
  const page = await field.evaluate(
    "performance.getEntriesByType('paint').at(-1)?.startTime ?? performance.now()",
  )
  await workbench.page.keyboard.press('Control+w')
  await workbench.page.locator('iframe.webview.ready').waitFor({ state: 'detached' })
  return { whole, page: Number(page) }
}
