import { t } from '../../shared/l10n.ts'
import { button, dropDown, element } from './dom.ts'

const most = 20

/** Words that are marked wherever they occur; kept for these containers. */
export class HighlightList {
  readonly element: HTMLElement
  readonly #menu: ReturnType<typeof dropDown>
  readonly #list = element('ul', { class: 'highlights' })
  readonly #input = element('input', {
    type: 'text',
    placeholder: t('Word to highlight'),
    'aria-label': t('Word to highlight'),
    maxlength: 200,
  })
  readonly #change: (terms: readonly string[]) => void
  #terms: readonly string[]

  constructor(terms: readonly string[], change: (terms: readonly string[]) => void) {
    this.#terms = terms
    this.#change = change
    this.#input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return
      this.add(this.#input.value)
      this.#input.value = ''
    })
    this.#menu = dropDown(t('Highlights'), t('Words that are marked in these logs'), this.#input, this.#list)
    this.element = this.#menu.element
    this.#draw()
  }

  add(term: string): void {
    const text = term.trim().slice(0, 200)
    if (text === '' || this.#terms.includes(text)) return
    this.set([...this.#terms, text].slice(-most))
    this.#change(this.#terms)
  }

  set(terms: readonly string[]): void {
    this.#terms = terms
    this.#draw()
  }

  #draw(): void {
    this.#menu.setFace(this.#terms.length === 0 ? t('Highlights') : t('Highlights ({0})', this.#terms.length))
    this.#list.replaceChildren(
      ...this.#terms.map((term, index) =>
        element(
          'li',
          {},
          element('mark', { class: `kind-${(index % 5) + 1}` }, term),
          button(
            '×',
            t('Remove highlight {0}', term),
            () => {
              this.set(this.#terms.filter((other) => other !== term))
              this.#change(this.#terms)
            },
            'icon',
          ),
        ),
      ),
    )
  }
}
