import { composeService } from '../../shared/docker-run/compose-service.ts'
import { printRunLine, type RunSpec } from '../../shared/docker-run/run-line.ts'
import { t } from '../../shared/l10n.ts'
import { button, element } from '../elements.ts'
import { preview } from './cell.ts'

/** The same in a terminal and in compose, beside the form. */
export class ShownElsewhere {
  readonly root: HTMLElement
  readonly #line = preview(t('The docker run line that does the same'))
  readonly #yaml = preview(t('The compose service that does the same'))
  readonly #left = element('p', { class: 'hint' })

  constructor(say: (type: 'copy' | 'saveCompose', text: string) => void) {
    const tell = (type: 'copy' | 'saveCompose', source: HTMLElement) => (): void =>
      say(type, source.textContent ?? '')
    this.root = element(
      'aside',
      { 'aria-label': t('The same in a terminal and in compose') },
      element(
        'div',
        { class: 'head' },
        element('h2', {}, t('The same in a terminal')),
        button(t('Copy'), tell('copy', this.#line), 'small', t('Copy the docker run line')),
      ),
      this.#line,
      element(
        'div',
        { class: 'head' },
        element('h2', {}, t('The same as a compose service')),
        button(t('Save…'), tell('saveCompose', this.#yaml), 'small', t('Save as Compose File…')),
        button(t('Copy'), tell('copy', this.#yaml), 'small', t('Copy the compose service')),
      ),
      this.#yaml,
      this.#left,
    )
  }

  show(spec: RunSpec): void {
    this.#line.textContent = printRunLine(spec)
    const { yaml, left } = composeService(spec)
    this.#yaml.textContent = yaml
    this.#left.textContent =
      left.length === 0 ? '' : t('Compose has nothing for: {0}', left.map((flag) => `--${flag}`).join(', '))
  }
}
