import type { TreeAnswer, TreeRow } from '../../engine/layers/change-tree.ts'
import type { Change } from '../../engine/layers/changes.ts'
import { t } from '../../shared/l10n.ts'
import { element } from '../elements.ts'
import { send } from './page.ts'
import { rowElement } from './tree-row.ts'

export interface Shown {
  /** Empty: the tree; else the files whose path holds them. */
  readonly words: string
  readonly shown: readonly Change[]
  readonly sort: 'name' | 'size'
}

interface Folder {
  rows: readonly TreeRow[]
  total: number
  /** Rows that were asked for; fewer come where there are no more, or no more are given. */
  limit: number
}

const page = 500
const root = '/'

/** A tree of files whose folders are asked for as they are opened; by keyboard as trees are everywhere. */
export class FileTree {
  readonly element = element('div', { role: 'tree', class: 'tree' })
  layer = 0
  readonly #openFirst: 'open' | 'compare'
  #shown: Shown = { words: '', shown: [], sort: 'name' }
  #folders = new Map<string, Folder>()
  #open = new Set<string>([root])
  #asked = new Map<number, { readonly folder: string; readonly limit: number }>()
  #asks = 0
  #current = ''

  constructor(openFirst: 'open' | 'compare') {
    this.#openFirst = openFirst
    this.element.addEventListener('keydown', (event) => this.#key(event))
    this.element.addEventListener('focusin', ({ target }) => {
      const item = target instanceof Element ? target.closest<HTMLElement>('[role=treeitem]') : null
      if (item !== null) this.#focus(item, false)
    })
  }

  /** Shows it anew; folders that are open stay so. */
  show(shown: Shown): void {
    this.#shown = shown
    this.#folders = new Map()
    this.#asked = new Map()
    for (const folder of shown.words === '' ? this.#open : [root]) this.#ask(folder, page)
  }

  receive({ ask, rows, total }: TreeAnswer & { readonly ask: number }): void {
    const asked = this.#asked.get(ask)
    if (asked === undefined) return
    this.#asked.delete(ask)
    this.#folders.set(asked.folder, { rows, total, limit: asked.limit })
    // A folder with nothing in it but one folder: what is looked for is further down.
    const [only] = rows
    if (only?.kind === 'folder' && total === 1 && !this.#open.has(only.path)) this.#unfold(only.path)
    this.#draw()
  }

  #ask(folder: string, limit: number): void {
    const ask = ++this.#asks
    this.#asked.set(ask, { folder, limit })
    const { words, shown, sort } = this.#shown
    send({
      type: 'files',
      request: { ask, layer: this.layer, shown, sort, limit, ...(words === '' ? { folder } : { words }) },
    })
  }

  #unfold(folder: string): void {
    this.#open.add(folder)
    if (!this.#folders.has(folder)) this.#ask(folder, page)
  }

  #draw(): void {
    const hadFocus = this.element.contains(document.activeElement)
    const lines: HTMLElement[] = []
    this.#drawFolder(root, 1, lines)
    if (lines.length === 0 && this.#folders.has(root))
      lines.push(element('p', { class: 'quiet' }, t('No files.')))
    const { scrollTop } = this.element
    this.element.replaceChildren(...lines)
    this.element.scrollTop = scrollTop
    const current = this.#items().find(({ dataset }) => dataset['path'] === this.#current)
    const first = current ?? this.#items()[0]
    if (first !== undefined) this.#focus(first, hadFocus)
  }

  #drawFolder(folder: string, level: number, lines: HTMLElement[]): void {
    const found = this.#folders.get(folder)
    if (found === undefined) return
    for (const row of found.rows) {
      const isOpen = row.kind === 'folder' && this.#shown.words === '' && this.#open.has(row.path)
      lines.push(
        rowElement(row, {
          level,
          open: isOpen,
          openFirst: this.#openFirst,
          act: (action) => this.#act(row, action),
        }),
      )
      if (isOpen) this.#drawFolder(row.path, level + 1, lines)
    }
    const left = found.total - found.rows.length
    if (left <= 0) return
    if (found.rows.length < found.limit) {
      const rest = element('p', { class: 'quiet' }, t('{0} more: filter by path to see them.', left))
      rest.style.setProperty('--level', String(level))
      return void lines.push(rest)
    }
    const more = element(
      'div',
      { role: 'treeitem', class: 'row more', tabindex: '-1', 'aria-level': String(level) },
      t('Show more ({0} left)', left),
    )
    more.style.setProperty('--level', String(level))
    more.dataset['path'] = `${folder}/`
    more.addEventListener('click', () => this.#ask(folder, found.limit + 4 * page))
    lines.push(more)
  }

  #act(row: TreeRow, action: 'open' | 'compare' | 'save' | 'fold'): void {
    this.#current = row.path
    if (action !== 'fold') return send({ type: action, layer: this.layer, path: row.path })
    if (this.#open.has(row.path)) this.#open.delete(row.path)
    else this.#unfold(row.path)
    this.#draw()
  }

  #items(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('[role=treeitem]')]
  }

  #focus(item: HTMLElement, move: boolean): void {
    for (const other of this.element.querySelectorAll<HTMLElement>('[tabindex="0"]')) other.tabIndex = -1
    this.#current = item.dataset['path'] ?? ''
    item.tabIndex = 0
    for (const action of item.querySelectorAll<HTMLElement>('button')) action.tabIndex = 0
    if (move) item.focus()
  }

  #key(event: KeyboardEvent): void {
    const items = this.#items()
    const at = items.findIndex(({ dataset }) => dataset['path'] === this.#current)
    const item = items[at]
    if (item === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const expanded = item.getAttribute('aria-expanded')
    const onButton = event.target instanceof HTMLButtonElement
    const to = (index: number): void => {
      const next = items[Math.max(0, Math.min(items.length - 1, index))]
      if (next !== undefined) this.#focus(next, true)
    }
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => to(at + 1),
      ArrowUp: () => to(at - 1),
      Home: () => to(0),
      End: () => to(items.length - 1),
      PageDown: () => to(at + 15),
      PageUp: () => to(at - 15),
      ArrowRight: () => {
        if (expanded === 'false') return item.click()
        // Into the folder, once what is in it is there.
        if (levelOf(items[at + 1]) > levelOf(item)) to(at + 1)
      },
      ArrowLeft: () => {
        if (expanded === 'true') return item.click()
        to(items.findLastIndex((one, i) => i < at && levelOf(one) < levelOf(item)))
      },
      ...(onButton ? {} : { Enter: () => item.click(), ' ': () => item.click() }),
    }
    const act = keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
}

const levelOf = (item: HTMLElement | undefined): number => Number(item?.getAttribute('aria-level') ?? 0)
