import type { Field } from '../../shared/docker-run/form.ts'
import { t } from '../../shared/l10n.ts'
import { button, element } from '../elements.ts'
import { entryFor, head, nothing, type Entry, type FormField } from './form-field.ts'

/** A value a line; Enter at the end of the last line begins a new one. */
export function linesField(field: Field, changed: () => void): FormField {
  const list = element('div', { class: 'lines', role: 'group', 'aria-label': field.label })
  const offers = element('div', { class: 'offers' })
  const known = element('datalist', { id: `known-${field.flag}` })
  const inputs = (): Entry[] => [...list.querySelectorAll<Entry>('input, textarea')]

  const named = (): void =>
    inputs().forEach((input, i) => {
      input.id = i === 0 ? `field-${field.flag}` : `field-${field.flag}-${i + 1}`
      input.setAttribute('aria-label', t('{0}, entry {1}', field.label, i + 1))
    })

  const add = (value: string, before?: Element | null): Entry => {
    const input = entryFor(value, {
      placeholder: field.example ?? '',
      'aria-describedby': `problem-${field.flag}`,
      list: known.id,
    })
    const remove = (): void => {
      const at = inputs().indexOf(input)
      line.remove()
      if (inputs().length === 0) add('')
      named()
      inputs()[Math.max(0, at - 1)]!.focus()
      changed()
    }
    const line = element('div', { class: 'line' }, input, button('✕', remove, 'icon', t('Remove this entry')))
    input.addEventListener('input', changed)
    line.addEventListener('keydown', (event) => {
      if (event.target !== input || event.ctrlKey || event.metaKey) return
      if (event.key === 'Enter' && input.value !== '' && !input.value.includes('\n')) {
        event.preventDefault()
        add('', line.nextElementSibling).focus()
      } else if (event.key === 'Backspace' && input.value === '' && inputs().length > 1) {
        event.preventDefault()
        remove()
      }
    })
    list.insertBefore(line, before ?? null)
    named()
    return input
  }

  const more = button('+', () => add('').focus(), 'icon add', t('Add to {0}', field.label))
  add('')
  const set = (value: string | readonly string[] | undefined): void => {
    list.replaceChildren()
    for (const entry of typeof value === 'string' ? [value] : (value ?? [])) add(entry)
    if (inputs().length === 0) add('')
  }
  const value = (): readonly string[] | undefined => {
    const entries = inputs()
      .map((input) => input.value)
      .filter((entry) => entry !== '')
    return entries.length === 0 ? undefined : entries
  }

  return {
    root: element('div', {}, head(field, more), list, offers, known),
    wide: true,
    value,
    set,
    mark: (wrong) => inputs().forEach((input) => input.setAttribute('aria-invalid', String(wrong))),
    focus: () => inputs()[0]!.focus(),
    suggest: nothing,
    know: (values) => known.replaceChildren(...values.map((entry) => element('option', { value: entry }))),
    offer(entries) {
      offers.replaceChildren(
        ...(entries.length === 0 ? [] : [element('span', {}, t('From the image:'))]),
        ...entries.map(({ label, entry }) =>
          button(
            label,
            () => {
              const before = value() ?? []
              if (!before.includes(entry)) set([...before, entry])
              const last = inputs().at(-1)!
              last.focus()
              last.setSelectionRange(0, entry.length)
              changed()
            },
            'offer',
            t('Add {0}', entry),
          ),
        ),
      )
    },
  }
}
