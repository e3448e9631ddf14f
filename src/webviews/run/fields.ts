import { inputKind, type Field } from '../../shared/docker-run/form.ts'
import { flagNamed } from '../../shared/docker-run/flags.ts'
import { t } from '../../shared/l10n.ts'
import { element } from '../elements.ts'
import { entryFor, head, nothing, type Entry, type FormField } from './form-field.ts'
import { linesField } from './lines-field.ts'

export function createField(field: Field, changed: () => void): FormField {
  const flag = flagNamed(field.flag)!
  switch (inputKind(flag, field)) {
    case 'check':
      return checkField(field, changed)
    case 'choice':
      return choiceField(field, changed)
    case 'lines':
      return linesField(field, changed)
    case 'text':
      return textField(field, changed)
  }
}

const describe = ({ flag }: Field): Readonly<Record<string, string>> => ({
  id: `field-${flag}`,
  'aria-describedby': `problem-${flag}`,
  title: `--${flag}`,
})

function checkField(field: Field, changed: () => void): FormField {
  const input = element('input', { type: 'checkbox', ...describe(field) })
  input.addEventListener('change', changed)
  const label = element('label', { for: `field-${field.flag}`, title: `--${field.flag}` }, field.label)
  return {
    root: element('div', { class: 'check' }, input, label),
    wide: false,
    value: () => (input.checked ? 'true' : undefined),
    set: (value) => void (input.checked = value === 'true'),
    mark: (wrong) => input.setAttribute('aria-invalid', String(wrong)),
    focus: () => input.focus(),
    suggest: nothing,
    know: nothing,
    offer: nothing,
  }
}

function choiceField(field: Field, changed: () => void): FormField {
  const select = element('select', describe(field))
  const fill = (choices: readonly string[]): void =>
    select.replaceChildren(
      ...choices.map((choice) =>
        element('option', { value: choice }, choice === '' ? t('(as the engine does)') : choice),
      ),
    )
  const standard = field.choices![0]!
  fill(field.choices!)
  select.addEventListener('change', changed)
  return {
    root: element('div', {}, head(field), select),
    wide: true,
    value: () => (select.value === standard ? undefined : select.value),
    set: (value) => {
      const wanted = typeof value === 'string' ? value : standard
      // A pasted value that is none of the usual ones, such as on-failure:5, is one more choice.
      fill(field.choices!.includes(wanted) ? field.choices! : [...field.choices!, wanted])
      select.value = wanted
    },
    mark: (wrong) => select.setAttribute('aria-invalid', String(wrong)),
    focus: () => select.focus(),
    suggest: nothing,
    know: nothing,
    offer: nothing,
  }
}

function textField(field: Field, changed: () => void): FormField {
  const made = (value: string): Entry => {
    const entry = entryFor(value, { placeholder: field.example ?? '', ...describe(field) })
    entry.addEventListener('input', changed)
    return entry
  }
  let entry = made('')
  const root = element('div', {}, head(field), entry)
  return {
    root,
    wide: true,
    value: () => (entry.value === '' ? undefined : entry.value),
    set(value) {
      const { placeholder } = entry
      const next = made(typeof value === 'string' ? value : '')
      next.placeholder = placeholder
      entry.replaceWith(next)
      entry = next
    },
    mark: (wrong) => entry.setAttribute('aria-invalid', String(wrong)),
    focus: () => entry.focus(),
    suggest(text) {
      entry.placeholder = text === '' ? (field.example ?? '') : text
      root.classList.toggle('suggested', text !== '')
    },
    know: nothing,
    offer: nothing,
  }
}
