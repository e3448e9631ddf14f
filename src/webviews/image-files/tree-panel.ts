import type { Change } from '../../engine/layers/changes.ts'
import type { TreeAnswer } from '../../engine/layers/change-tree.ts'
import { t } from '../../shared/l10n.ts'
import { element } from '../elements.ts'
import { FileTree } from './file-tree.ts'

const changes: readonly Change[] = ['added', 'changed', 'removed']

/** The tree of files with its heading, its filter, and the choice of changes and of the order. */
export class TreePanel {
  readonly element: HTMLElement
  readonly #tree: FileTree
  readonly #heading = element('h2', { id: 'tree-heading' })
  readonly #words: HTMLInputElement
  readonly #boxes = new Map<Change, HTMLInputElement>()
  readonly #counts = new Map<Change, HTMLElement>()
  readonly #bySize: HTMLInputElement

  constructor(openFirst: 'open' | 'compare') {
    this.#tree = new FileTree(openFirst)
    this.#words = element('input', {
      type: 'search',
      placeholder: t('Filter by path'),
      'aria-label': t('Filter by path'),
    })
    this.#words.addEventListener('input', () => this.#update())
    const words: Readonly<Record<Change, string>> = {
      added: t('Added'),
      changed: t('Changed'),
      removed: t('Removed'),
    }
    const choices = changes.map((change) => {
      const box = this.#box(true)
      const count = element('span', { class: 'count' })
      this.#boxes.set(change, box)
      this.#counts.set(change, count)
      return element('label', { class: change }, box, words[change], ' ', count)
    })
    this.#bySize = this.#box(false)
    this.element = element(
      'section',
      { class: 'files', 'aria-labelledby': 'tree-heading' },
      this.#heading,
      element(
        'div',
        { class: 'tools' },
        this.#words,
        ...choices,
        element('label', {}, this.#bySize, t('Largest first')),
      ),
      this.#tree.element,
    )
  }

  show(heading: string, layer: number, counts: Readonly<Record<Change, number>>): void {
    this.#heading.textContent = heading
    for (const change of changes) this.#counts.get(change)!.textContent = String(counts[change])
    this.#tree.layer = layer
    this.#tree.element.setAttribute('aria-label', heading)
    this.#update()
  }

  receive(answer: TreeAnswer & { readonly ask: number }): void {
    this.#tree.receive(answer)
  }

  #box(checked: boolean): HTMLInputElement {
    const box = element('input', { type: 'checkbox' })
    box.checked = checked
    box.addEventListener('change', () => this.#update())
    return box
  }

  #update(): void {
    this.#tree.show({
      words: this.#words.value.trim(),
      shown: changes.filter((change) => this.#boxes.get(change)!.checked),
      sort: this.#bySize.checked ? 'size' : 'name',
    })
  }
}
