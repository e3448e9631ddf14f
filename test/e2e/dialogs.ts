import { expect, type Locator, type Page } from '@playwright/test'
import { type Label, whole } from './views.ts'

/** The box at the top: quick picks, input boxes, the command palette. */
export class QuickInput {
  readonly page: Page
  readonly widget: Locator
  readonly input: Locator
  readonly rows: Locator

  constructor(page: Page) {
    this.page = page
    this.widget = page.locator('.quick-input-widget')
    this.input = this.widget.locator('.quick-input-box input')
    this.rows = this.widget.locator('.quick-input-list .monaco-list-row')
  }

  /** The entry with this label. */
  entry(label: Label): Locator {
    return this.rows
      .filter({ has: this.page.locator('.label-name').filter({ hasText: whole(label) }) })
      .first()
  }

  /** The labels on the screen. */
  async labels(): Promise<string[]> {
    await expect(this.widget).toBeVisible()
    return await this.rows.locator('.quick-input-list-row:first-child .label-name').allInnerTexts()
  }

  /** Waits for the entry and chooses it. */
  async choose(label: Label, options: { readonly timeout?: number } = {}): Promise<void> {
    await expect(this.entry(label)).toBeVisible(options)
    await this.entry(label).click(options)
  }

  /** Ticks entries of a pick of many, then accepts. */
  async tick(...labels: Label[]): Promise<void> {
    for (const label of labels) {
      const box = this.entry(label).locator('.quick-input-list-checkbox, [role=checkbox]').first()
      await expect(this.entry(label)).toBeVisible()
      await box.click()
    }
    await this.widget.getByRole('button', { name: 'OK' }).click()
  }

  /** Waits until it asks (`about` occurs in its title, prompt or placeholder), writes the answer and accepts it. */
  async answer(text: string, about?: string | RegExp): Promise<void> {
    if (about !== undefined) await this.asks(about)
    await expect(this.input).toBeVisible()
    await this.input.fill(text)
    await this.input.press('Enter')
  }

  /** Accepts the path that a dialog for saving offers, once it is all there. */
  async save(path: string): Promise<void> {
    await expect(this.input).toHaveValue(path)
    await this.input.press('Enter')
  }

  async asks(about: string | RegExp): Promise<void> {
    const pattern = about instanceof RegExp ? about : new RegExp(about.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    await expect(this.widget).toBeVisible()
    await expect.poll(async () => await this.text()).toMatch(pattern)
  }

  /** Title, placeholder, prompt and complaint in one text. */
  async text(): Promise<string> {
    const placeholder = (await this.input.getAttribute('placeholder').catch(() => '')) ?? ''
    return `${(await this.widget.innerText()).trim()}\n${placeholder}`
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await expect(this.widget).toBeHidden()
  }
}

/** The modal question in the middle. */
export class Dialog {
  readonly page: Page
  readonly box: Locator

  constructor(page: Page) {
    this.page = page
    this.box = page.locator('.monaco-dialog-box')
  }

  /** Waits for it; message and detail. */
  async text(): Promise<string> {
    await expect(this.box).toBeVisible()
    return await this.box.locator('.dialog-message-container').innerText()
  }

  async press(button: Label): Promise<void> {
    await expect(this.box).toBeVisible()
    await this.box
      .locator('.monaco-button')
      .filter({ hasText: whole(button) })
      .click()
    await expect(this.box).toBeHidden()
  }

  async cancel(): Promise<void> {
    await this.press('Cancel')
  }
}

/** Messages at the lower right. */
export class Notifications {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  withText(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-toast').filter({ hasText: text }).first()
  }

  async press(text: string | RegExp, button: Label): Promise<void> {
    const toast = this.withText(text)
    await expect(toast).toBeVisible()
    await toast.hover()
    await toast
      .locator('.monaco-button')
      .filter({ hasText: whole(button) })
      .first()
      .click()
  }
}
