import { expect, type Locator, type Page } from '@playwright/test'
import type { DomNode } from './views.ts'

/** The text editor in front. */
export class Editor {
  readonly page: Page
  readonly group: Locator
  readonly code: Locator

  constructor(page: Page) {
    this.page = page
    this.group = page.locator('.editor-group-container.active')
    this.code = this.group.locator('.monaco-editor').first()
  }

  /** The title of the tab in front. */
  get title(): Locator {
    return this.group.locator('.tab.active .label-name')
  }

  /** The lines on the screen. */
  async text(): Promise<string> {
    const read = (lines: readonly DomNode[]) =>
      [...lines]
        .sort((a, b) => Number.parseFloat(a.style.top) - Number.parseFloat(b.style.top))
        .map((line) => (line.textContent ?? '').replaceAll('\u00a0', ' '))
        .join('\n')
    return await this.code.locator('.view-lines > .view-line').evaluateAll(read)
  }

  /** Waits until the lines on the screen hold the text. */
  async shows(text: string | RegExp): Promise<void> {
    if (text instanceof RegExp) await expect.poll(async () => await this.text()).toMatch(text)
    else await expect.poll(async () => await this.text()).toContain(text)
  }

  /** Gives it the keyboard, with the cursor at line and column (from 1). */
  async goTo(line: number, column = 1): Promise<void> {
    await this.code.click()
    await this.page.keyboard.press('Control+g')
    const input = this.page.locator('.quick-input-widget .quick-input-box input')
    await expect(input).toBeVisible()
    await input.fill(`:${line}:${column}`)
    await input.press('Enter')
    await expect(this.page.locator('.quick-input-widget')).toBeHidden()
  }

  /** Types where the cursor is, as fast as a person can, so that suggestions come up. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 15 })
  }

  /** Puts text in at once: no suggestion, no closing bracket. */
  async insert(text: string): Promise<void> {
    await this.page.keyboard.insertText(text)
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s')
    await expect(this.group.locator('.tab.active.dirty')).toHaveCount(0)
  }

  /** Points at a word on the screen; answers the hover that comes up. */
  async hover(word: string): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-row').first()
    await expect(async () => {
      await this.page.mouse.move(0, 0)
      await this.code.locator('.view-line span span', { hasText: word }).first().hover({ timeout: 2000 })
      await expect(hover).toBeVisible({ timeout: 4000 })
    }).toPass()
    return hover
  }

  /** Asks for suggestions at the cursor; answers the entries on the screen. */
  async suggestions(): Promise<string[]> {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row')
    await expect(async () => {
      await this.page.keyboard.press('Control+Space')
      await expect(rows.first()).toBeVisible({ timeout: 3000 })
    }).toPass()
    return await rows.locator('.label-name').allInnerTexts()
  }

  /** Underlined stretches on the screen: `error`, `warning`, `info`, `hint`. */
  squiggles(severity: 'error' | 'warning' | 'info' | 'hint'): Locator {
    return this.code.locator(`.squiggly-${severity}`)
  }

  /** The small links above lines. */
  lens(text: string | RegExp): Locator {
    return this.code.locator('.codelens-decoration a', { hasText: text }).first()
  }
}

/** The terminal in front. */
export class Terminal {
  readonly page: Page
  readonly rows: Locator

  constructor(page: Page) {
    this.page = page
    this.rows = page.locator('.terminal-wrapper.active .xterm-rows, .terminal-editor .xterm-rows').first()
  }

  async text(): Promise<string> {
    return (await this.rows.innerText()).replaceAll('\u00a0', ' ')
  }

  async shows(text: string | RegExp): Promise<void> {
    await expect(this.rows).toBeVisible()
    if (text instanceof RegExp) await expect.poll(async () => await this.text()).toMatch(text)
    else await expect.poll(async () => await this.text()).toContain(text)
  }

  /** Types into it; `\n` is Enter. */
  async type(text: string): Promise<void> {
    const keyboard = this.page.locator('.terminal-wrapper.active .xterm-helper-textarea').first()
    await keyboard.focus()
    await expect(keyboard).toBeFocused()
    await this.page.keyboard.type(text)
  }
}
