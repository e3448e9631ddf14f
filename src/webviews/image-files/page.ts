import type { FromImagePage } from '../../engine/layers/page.ts'
import { setTranslations, t } from '../../shared/l10n.ts'
import { button, element } from '../elements.ts'

declare function acquireVsCodeApi(): { postMessage(message: FromImagePage): void }

const vscode = acquireVsCodeApi()
export const send = (message: FromImagePage): void => vscode.postMessage(message)

/** How far reading has come, as the pages of images show it above everything else. */
export class ReadingBar {
  readonly element = element('div', { class: 'reading' })
  readonly #heading: HTMLElement
  readonly #text = element('span', { role: 'status' })
  readonly #bar = element('progress', { max: '1' })
  #buttons: { readonly cancel: HTMLButtonElement; readonly again: HTMLButtonElement } | undefined

  constructor(heading: HTMLElement) {
    this.#heading = heading
    this.element.append(this.#bar, this.#text)
  }

  reading(message: {
    readonly title: string
    readonly text: string
    readonly fraction?: number
    readonly texts: Readonly<Record<string, string>>
  }): void {
    setTranslations(message.texts)
    this.#heading.textContent = message.title
    this.#bar.setAttribute('aria-label', message.title)
    if (message.fraction === undefined) this.#bar.removeAttribute('value')
    else this.#bar.value = message.fraction
    this.#show(message.text, 'cancel')
  }

  failed(text: string): void {
    this.#show(text, 'again')
  }

  done(): void {
    this.element.hidden = true
  }

  #show(text: string, which: 'cancel' | 'again'): void {
    const buttons = (this.#buttons ??= {
      cancel: button(t('Cancel'), () => send({ type: 'cancel' })),
      again: button(t('Read Again'), () => send({ type: 'again' })),
    })
    this.element.hidden = false
    this.element.classList.toggle('failed', which === 'again')
    this.#bar.hidden = which === 'again'
    this.#text.textContent = text
    const [shown, other] =
      which === 'cancel' ? [buttons.cancel, buttons.again] : [buttons.again, buttons.cancel]
    other.remove()
    if (!shown.isConnected) this.element.append(shown)
  }
}
