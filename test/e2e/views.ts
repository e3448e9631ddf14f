import { expect, type Locator, type Page } from '@playwright/test'

/** What a label must be: the whole text, or a pattern found in it. */
export type Label = string | RegExp

/** The whole text as a pattern, blanks at its ends left out of account. */
export const whole = (label: Label): RegExp =>
  label instanceof RegExp ? label : new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`)

/** What is read of an element in the page. */
export interface DomNode {
  readonly style: { readonly top: string }
  readonly textContent: string | null
  getAttribute(name: string): string | null
  querySelector(selector: string): DomNode | null
}

/** One view (section) of the side bar with its tree. */
export class View {
  readonly page: Page
  readonly pane: Locator
  readonly header: Locator

  constructor(page: Page, name: string) {
    this.page = page
    this.pane = page.locator('.pane').filter({ has: page.locator(`.pane-header[aria-label^="${name}"]`) })
    this.header = this.pane.locator('.pane-header')
  }

  /** All rows that are on the screen, top to bottom. */
  get rows(): Locator {
    return this.pane.locator('.monaco-list-row')
  }

  /** The rows on the screen as text, two blanks a level: `web  nginx:1.27 · 3 minutes`. */
  async texts(): Promise<string[]> {
    const read = (rows: readonly DomNode[]) =>
      rows
        .map((row) => ({
          top: Number.parseFloat(row.style.top),
          level: Number(row.getAttribute('aria-level') ?? 1),
          label: row.querySelector('.label-name')?.textContent ?? '',
          description: row.querySelector('.label-description')?.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top)
        .map(
          ({ level, label, description }) =>
            `${'  '.repeat(level - 1)}${label}${description && `  ${description}`}`,
        )
    return await this.rows.evaluateAll(read)
  }

  /** The row with this label; a name that occurs twice is told apart by `within` (a parent's row above it is not looked at). */
  row(label: Label): Row {
    const name = this.page.locator('.label-name').filter({ hasText: whole(label) })
    return new Row(this.page, this.pane.locator('.monaco-list-row').filter({ has: name }).first())
  }

  /** Scrolls until the row is on the screen: a long tree has only those rows that are seen. */
  async reveal(label: Label): Promise<Row> {
    const row = this.row(label)
    const list = this.pane.locator('.monaco-list').first()
    await list.hover()
    await this.page.mouse.wheel(0, -1_000_000)
    await expect(async () => {
      if ((await row.locator.count()) === 0) await this.page.mouse.wheel(0, 300)
      await expect(row.locator).toBeVisible({ timeout: 300 })
    }).toPass()
    return row
  }

  /** A button in the view's own title. */
  async press(label: Label): Promise<void> {
    await expect(async () => {
      await this.header.hover()
      const name = label instanceof RegExp ? label : new RegExp(`^${whole(label).source.slice(1, -1)}`)
      await this.header.getByRole('button', { name }).first().click({ timeout: 2000 })
    }).toPass()
  }

  /** The sentences above the rows. */
  get message(): Locator {
    return this.pane.locator('.message')
  }

  /** The text and buttons shown in place of an empty tree. */
  get welcome(): Locator {
    return this.pane.locator('.welcome-view-content')
  }
}

/** One row of a tree. */
export class Row {
  readonly page: Page
  readonly locator: Locator

  constructor(page: Page, locator: Locator) {
    this.page = page
    this.locator = locator
  }

  get label(): Locator {
    return this.locator.locator('.label-name')
  }

  get description(): Locator {
    return this.locator.locator('.label-description')
  }

  /** What a screen reader says. */
  async spoken(): Promise<string> {
    return (await this.locator.getAttribute('aria-label')) ?? ''
  }

  /** What the row tells when one points at it. */
  async tooltip(): Promise<Locator> {
    const tooltip = this.page.locator('.monaco-hover:visible')
    await expect(async () => {
      // A view that was drawn anew in the meantime takes it away.
      await this.page.mouse.move(700, 500)
      await expect(tooltip).toHaveCount(0, { timeout: 2000 })
      await this.label.hover({ timeout: 2000 })
      await expect(tooltip).toHaveCount(1, { timeout: 5000 })
    }).toPass()
    return tooltip
  }

  async expand(): Promise<void> {
    await this.#unfold('true')
  }

  async collapse(): Promise<void> {
    await this.#unfold('false')
  }

  async #unfold(wanted: 'true' | 'false'): Promise<void> {
    await expect(async () => {
      const now = await this.locator.getAttribute('aria-expanded', { timeout: 5000 })
      if (now !== wanted) await this.locator.locator('.monaco-tl-twistie').click({ timeout: 2000 })
      await expect(this.locator).toHaveAttribute('aria-expanded', wanted, { timeout: 2000 })
    }).toPass()
  }

  /** Clicks the row; with `add`, in addition to what is selected already. */
  async select({ add = false } = {}): Promise<void> {
    await this.locator.click(add ? { modifiers: ['ControlOrMeta'] } : {})
    await expect(this.locator).toHaveAttribute('aria-selected', 'true')
  }

  async open(): Promise<void> {
    await this.locator.dblclick()
  }

  /** Chooses from the row's menu; more labels walk into submenus. */
  async menu(...labels: [Label, ...Label[]]): Promise<void> {
    const item = (label: Label) => {
      const named = this.page.locator('.action-label').filter({ hasText: whole(label) })
      return this.page.locator('.monaco-menu [role^=menuitem]').filter({ has: named }).last()
    }
    await expect(async () => {
      await this.#openMenu()
      for (const label of labels.slice(0, -1)) {
        // A submenu opens by the keyboard's way in at once, by the mouse after a while.
        await item(label).hover({ timeout: 3000 })
        await this.page.keyboard.press('ArrowRight')
      }
      const wanted = item(labels.at(-1) ?? '')
      await wanted.hover({ timeout: 3000 })
      // A menu that has just come up takes no click yet: pressing goes on until it is gone.
      await expect(async () => {
        if (await wanted.isVisible()) await wanted.click({ timeout: 1000 })
        await expect(this.page.locator('.monaco-menu')).toHaveCount(0, { timeout: 700 })
      }).toPass({ timeout: 6000 })
    }).toPass()
  }

  /** The labels of the row's menu as it stands, submenus closed. */
  async menuLabels(): Promise<string[]> {
    let labels: string[] = []
    await expect(async () => {
      await this.#openMenu()
      labels = (await this.page.locator('.monaco-menu .action-label:not(.separator)').allInnerTexts()).map(
        (text) => text.trim(),
      )
      expect(labels.length).toBeGreaterThan(0)
    }).toPass()
    await this.page.keyboard.press('Escape')
    await expect(this.page.locator('.monaco-menu')).toHaveCount(0)
    return labels.filter((label) => label !== '')
  }

  async #openMenu(): Promise<void> {
    if ((await this.page.locator('.monaco-menu').count()) > 0) await this.page.keyboard.press('Escape')
    await this.locator.click({ button: 'right', timeout: 3000 })
    await expect(this.page.locator('.monaco-menu').first()).toBeVisible({ timeout: 3000 })
  }

  /** Presses a button at the end of the row. */
  async press(label: Label): Promise<void> {
    await expect(async () => {
      await this.locator.hover({ timeout: 3000 })
      const name = label instanceof RegExp ? label : whole(label)
      await this.locator.locator('.actions').getByRole('button', { name }).first().click({ timeout: 2000 })
    }).toPass()
  }
}
