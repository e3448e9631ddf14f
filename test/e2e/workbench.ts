import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { Dialog, Notifications, QuickInput } from './dialogs.ts'
import { Editor, Terminal } from './editor.ts'
import { type Label, View } from './views.ts'

/** VS Code as a person sees it. Every step waits for what it needs; nothing sleeps. */
export class Workbench {
  readonly page: Page
  /** The folder that is open. */
  readonly folder: string
  readonly quickInput: QuickInput
  readonly dialog: Dialog
  readonly notifications: Notifications
  readonly editor: Editor
  readonly terminal: Terminal

  constructor(page: Page, folder: string) {
    this.page = page
    this.folder = folder
    this.quickInput = new QuickInput(page)
    this.dialog = new Dialog(page)
    this.notifications = new Notifications(page)
    this.editor = new Editor(page)
    this.terminal = new Terminal(page)
  }

  /** Opens the address and waits until the workbench with its extension host is there. */
  async load(url: string): Promise<void> {
    await this.page.goto(url)
    await expect(this.page.locator('.monaco-workbench .part.statusbar')).toBeVisible({ timeout: 60_000 })
    await expect(this.tab).toBeVisible({ timeout: 60_000 })
  }

  /** Loads the window again as a person would: the editor writes down first what it had open. */
  async reload(): Promise<void> {
    const again = this.page.waitForEvent('load')
    await this.runCommand('Developer: Reload Window')
    await again
    await expect(this.tab).toBeVisible({ timeout: 60_000 })
  }

  /** Our icon in the activity bar. */
  get tab(): Locator {
    return this.page
      .locator('.part.activitybar .action-item')
      .filter({ has: this.page.locator('[aria-label^="Quayside"]') })
  }

  /** Shows our side bar. */
  async openSideBar(): Promise<void> {
    await expect(async () => {
      if (!(await this.#sideBarShown())) await this.tab.click({ timeout: 3000 })
      await expect(this.#title).toHaveText(/Quayside/i, { timeout: 3000 })
    }).toPass()
  }

  get #title(): Locator {
    return this.page.locator('.part.sidebar .composite.title h2')
  }

  async #sideBarShown(): Promise<boolean> {
    return (
      (await this.#title.count()) > 0 && /Quayside/i.test((await this.#title.first().textContent()) ?? '')
    )
  }

  /** A view of ours, opened and the only one that is unfolded, so that its rows have all the room. */
  async view(name: string, { alone = true } = {}): Promise<View> {
    await this.openSideBar()
    const view = new View(this.page, name)
    await expect(async () => {
      if ((await view.header.getAttribute('aria-expanded', { timeout: 3000 })) === 'false')
        await view.header.locator('.title').click({ timeout: 2000 })
      await expect(view.header).toHaveAttribute('aria-expanded', 'true', { timeout: 2000 })
      const others = this.page.locator(
        `.part.sidebar .pane-header[aria-expanded=true]:not([aria-label^="${name}"])`,
      )
      if (alone && (await others.count()) > 0) {
        await others.first().locator('.title').click({ timeout: 2000 })
        expect(await others.count()).toBe(0)
      }
    }).toPass()
    return view
  }

  /** Runs a command from the palette, by its full title: `Quayside: Refresh`. */
  async runCommand(title: Label): Promise<void> {
    const { widget, input } = this.quickInput
    const text = title instanceof RegExp ? title.source : title
    let pressed = false
    await expect(async () => {
      const shown = await widget.isVisible()
      // On a loaded machine a click can come through and still be late: the command's own question is there then.
      if (pressed && shown && (await input.inputValue({ timeout: 1000 })) !== `>${text}`) return
      if (!shown) await this.page.keyboard.press('F1')
      await expect(input).toBeVisible({ timeout: 2000 })
      await input.fill(`>${text}`, { timeout: 2000 })
      await expect(this.quickInput.entry(title)).toBeVisible({ timeout: 3000 })
      pressed = true
      await this.quickInput.entry(title).click({ timeout: 3000 })
    }).toPass()
  }

  /** The titles that the palette offers for some words. */
  async paletteTitles(words: string): Promise<string[]> {
    const { widget, input } = this.quickInput
    let titles: string[] = []
    await expect(async () => {
      if (!(await widget.isVisible())) await this.page.keyboard.press('F1')
      await input.fill(`>${words}`, { timeout: 2000 })
      await expect(this.quickInput.rows.first()).toBeVisible({ timeout: 2000 })
      titles = await this.quickInput.labels()
    }).toPass()
    await this.quickInput.cancel()
    return titles
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    const { widget, input } = this.quickInput
    await expect(async () => {
      if (!(await widget.isVisible())) await this.page.keyboard.press('F1')
      await input.fill(name, { timeout: 2000 })
      await this.quickInput.entry(name.split('/').at(-1) ?? name).click({ timeout: 4000 })
      // The label shows a known ending apart from the name.
      const tab = this.page.locator('.editor-group-container.active .tab.active')
      await expect(tab).toHaveAttribute('data-resource-name', name.split('/').at(-1) ?? name, {
        timeout: 4000,
      })
    }).toPass()
    await expect(this.editor.code).toBeVisible()
  }

  /** The page inside the webview in front. */
  get webview(): FrameLocator {
    return this.page
      .locator('iframe.webview.ready')
      .filter({ visible: true })
      .first()
      .contentFrame()
      .frameLocator('#active-frame')
  }

  /** An entry of the status bar. */
  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text }).first()
  }

  /** The lines of an output channel of ours. */
  async output(channel = 'Quayside'): Promise<string> {
    await this.runCommand('Output: Focus on Output View')
    const select = this.page.locator('.part.panel select').first()
    await expect(select).toBeVisible()
    await expect(async () => {
      await select.selectOption({ label: channel }, { timeout: 2000 })
    }).toPass()
    const lines = this.page.locator('.part.panel .monaco-editor .view-line')
    await expect(lines.first()).toBeVisible()
    return (await lines.allTextContents()).join('\n').replaceAll('\u00a0', ' ')
  }

  /** Problems as the Problems view lists them. */
  async problems(): Promise<string[]> {
    if (!(await this.page.locator('.markers-panel').isVisible()))
      await this.runCommand('Problems: Focus on Problems View')
    await expect(this.page.locator('.markers-panel')).toBeVisible()
    const rows = this.page.locator('.markers-panel .monaco-list-row')
    return await rows.evaluateAll((found) => found.map((row) => row.getAttribute('aria-label') ?? ''))
  }

  /** A picture for people, in .cache/screenshots. */
  async screenshot(name: string): Promise<void> {
    mkdirSync('.cache/screenshots', { recursive: true })
    await this.page.screenshot({ path: `.cache/screenshots/${name}.png` })
  }
}
