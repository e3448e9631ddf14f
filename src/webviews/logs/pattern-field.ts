import type { Pattern } from '../../logs/pattern.ts'
import { t } from '../../shared/l10n.ts'
import { element, toggle } from './dom.ts'

/** The expression changes only when typing pauses. */
const pauseMs = 150

/** A field for an expression, with its choices in it as VS Code has them. */
export class PatternField {
  readonly element: HTMLElement
  readonly input: HTMLInputElement
  readonly #case = toggle('Aa', t('Match Case'), () => this.#changed(), 'small')
  readonly #word = toggle('ab', t('Match Whole Word'), () => this.#changed(), 'small word')
  readonly #regex = toggle('.*', t('Use Regular Expression'), () => this.#changed(), 'small')
  readonly #hint: string
  readonly #change: (pattern: Pattern) => void
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `near`: the user is here, so that the expression may change soon. */
  constructor(name: string, hint: string, change: (pattern: Pattern) => void, near: () => void) {
    this.#hint = hint
    this.#change = change
    this.input = element('input', {
      type: 'text',
      placeholder: name,
      'aria-label': name,
      title: hint,
      spellcheck: 'false',
      maxlength: 2000,
    })
    this.input.addEventListener('focus', near)
    this.input.addEventListener('input', () => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#changed(), pauseMs)
    })
    this.element = element(
      'div',
      { class: 'field' },
      this.input,
      this.#case.element,
      this.#word.element,
      this.#regex.element,
    )
  }

  get pattern(): Pattern {
    const pressed = (button: HTMLElement): boolean => button.getAttribute('aria-pressed') === 'true'
    return {
      text: this.input.value,
      regex: pressed(this.#regex.element),
      matchCase: pressed(this.#case.element),
      wholeWord: pressed(this.#word.element),
    }
  }

  set(pattern: Pattern): void {
    this.input.value = pattern.text
    this.#case.set(pattern.matchCase)
    this.#word.set(pattern.wholeWord)
    this.#regex.set(pattern.regex)
  }

  /** What is wrong with the expression; empty if nothing is. */
  setError(text: string): void {
    this.element.classList.toggle('wrong', text !== '')
    this.input.setAttribute('aria-invalid', String(text !== ''))
    this.input.title = text === '' ? this.#hint : text
  }

  /** Does not wait for a pause. */
  flush(): void {
    if (this.#timer !== undefined) this.#changed()
  }

  #changed(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#change(this.pattern)
  }
}
