import { element } from '../elements.ts'

/** A text that is shown as it is, reached by keyboard. */
export const preview = (label: string): HTMLElement => element('pre', { tabindex: '0', 'aria-label': label })

/** A field of the grid with its label, and what is wrong with it. */
export const cell = (id: string, title: string, input: HTMLElement, problem: HTMLElement): HTMLElement =>
  element(
    'div',
    { class: 'cell' },
    element('div', { class: 'head' }, element('label', { for: id }, title)),
    input,
    problem,
  )
