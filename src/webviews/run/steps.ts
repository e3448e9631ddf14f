import type { LayerStep } from '../../commands/ui.ts'
import { bytes } from '../../shared/bytes.ts'
import { t } from '../../shared/l10n.ts'
import { element } from '../elements.ts'

interface Line {
  readonly root: HTMLElement
  readonly bar: HTMLProgressElement
  readonly state: HTMLElement
}

/** How far the run has come; while an image is pulled, a bar for each of its layers. */
export class Steps {
  readonly #message = element('span', { role: 'status' })
  readonly #list = element('ul', { 'aria-label': t('Layers of the image') })
  readonly #lines = new Map<string, Line>()
  readonly root = element('div', { class: 'steps' }, this.#message, this.#list)

  show(message: string, layers: readonly LayerStep[]): void {
    // With layers it changes many times a second: the editor's own progress reads that out.
    this.#message.setAttribute('aria-live', layers.length === 0 ? 'polite' : 'off')
    this.#message.textContent = message
    for (const layer of layers) {
      const { bar, state } = this.#lines.get(layer.id) ?? this.#make(layer.id)
      if (layer.phase === 'waiting') bar.removeAttribute('value')
      else bar.value = layer.phase === 'done' || layer.total === 0 ? 1 : (0.9 * layer.current) / layer.total
      state.textContent = stateOf(layer)
    }
  }

  clear(): void {
    this.#message.textContent = ''
    this.#lines.clear()
    this.#list.replaceChildren()
  }

  #make(id: string): Line {
    const bar = element('progress', { max: '1', 'aria-label': t('Layer {0}', id) })
    const state = element('span')
    const line = { root: element('li', {}, element('code', {}, id), bar, state), bar, state }
    this.#lines.set(id, line)
    this.#list.append(line.root)
    return line
  }
}

function stateOf({ phase, current, total }: LayerStep): string {
  switch (phase) {
    case 'waiting':
      return t('waits')
    case 'moving':
      return total === 0 ? bytes(current) : t('{0} of {1}', bytes(current), bytes(total))
    case 'unpacking':
      return t('is unpacked')
    case 'done':
      return t('is here')
  }
}
