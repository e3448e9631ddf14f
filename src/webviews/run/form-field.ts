import type { Field } from '../../shared/docker-run/form.ts'
import { t } from '../../shared/l10n.ts'
import { element } from '../elements.ts'

/** Something an image brings along: what stands on the chip, and the entry that a press of it makes. */
export interface Offer {
  readonly label: string
  readonly entry: string
}

/** One option of the form on the page. */
export interface FormField {
  readonly root: HTMLElement
  /** Takes a cell of the grid; a check box stands in the line of check boxes. */
  readonly wide: boolean
  /** Undefined when nothing is entered. */
  value(): string | readonly string[] | undefined
  set(value: string | readonly string[] | undefined): void
  mark(wrong: boolean): void
  focus(): void
  /** What is so without an entry, by the image: shown in the empty field. */
  suggest(text: string): void
  /** What can be entered here, offered while one types. */
  know(values: readonly string[]): void
  /** What the image brings along; a press makes it an entry that can be changed. */
  offer(entries: readonly Offer[]): void
}

export const nothing = (): void => undefined

/** The label of a field, with the note that what is shown in it is the image's. */
export const head = ({ flag, label }: Field, ...more: readonly Node[]): HTMLElement =>
  element(
    'div',
    { class: 'head' },
    element('label', { for: `field-${flag}`, title: `--${flag}` }, label),
    element('span', { class: 'origin', 'aria-hidden': 'true' }, t('from the image')),
    ...more,
  )

export type Entry = HTMLInputElement | HTMLTextAreaElement

/** A place for one value; where the value has line ends, which an input would drop, it has lines. */
export function entryFor(value: string, attributes: Readonly<Record<string, string>>): Entry {
  const all = { spellcheck: 'false', autocomplete: 'off', ...attributes }
  const made = value.includes('\n')
    ? element('textarea', { rows: String(Math.min(8, value.split('\n').length)), ...all })
    : element('input', { type: 'text', ...all })
  made.value = value
  return made
}
