import { inputKind, type Field } from '../../shared/docker-run/form.ts'
import { flagNamed } from '../../shared/docker-run/flags.ts'
import { t } from '../../shared/l10n.ts'
import { button, element } from '../elements.ts'

/** One option of the form on the page. */
export interface FormField {
  readonly root: HTMLElement
  /** Takes a line of its own, with its label above. */
  readonly wide: boolean
  /** Undefined when nothing is entered. */
  value(): string | readonly string[] | undefined
  set(value: string | readonly string[] | undefined): void
  mark(wrong: boolean): void
  /** What is so without an entry, shown in the empty field. */
  suggest(text: string): void
  /** Entries that can be added by a press. */
  offer(entries: readonly string[]): void
}

const nothing = (): void => undefined

export function createField(field: Field, known: readonly string[], changed: () => void): FormField {
  const flag = flagNamed(field.flag)!
  switch (inputKind(flag, field)) {
    case 'check':
      return checkField(field, changed)
    case 'choice':
      return choiceField(field, changed)
    case 'lines':
      return linesField(field, known, changed)
    case 'text':
      return textField(field, changed)
  }
}

const describe = ({ flag }: Field): Readonly<Record<string, string>> => ({
  id: `field-${flag}`,
  'aria-describedby': `problem-${flag}`,
  title: `--${flag}`,
})
const named = ({ flag, label }: Field): HTMLElement =>
  element('label', { for: `field-${flag}`, title: `--${flag}` }, label)

function checkField(field: Field, changed: () => void): FormField {
  const input = element('input', { type: 'checkbox', ...describe(field) })
  input.addEventListener('change', changed)
  return {
    root: element('div', { class: 'check' }, input, named(field)),
    wide: false,
    value: () => (input.checked ? 'true' : undefined),
    set: (value) => void (input.checked = value === 'true'),
    mark: (wrong) => input.setAttribute('aria-invalid', String(wrong)),
    suggest: nothing,
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
    root: element('div', {}, named(field), select),
    wide: true,
    value: () => (select.value === standard ? undefined : select.value),
    set: (value) => {
      const wanted = typeof value === 'string' ? value : standard
      // A pasted value that is none of the usual ones, such as on-failure:5, is one more choice.
      fill(field.choices!.includes(wanted) ? field.choices! : [...field.choices!, wanted])
      select.value = wanted
    },
    mark: (wrong) => select.setAttribute('aria-invalid', String(wrong)),
    suggest: nothing,
    offer: nothing,
  }
}

function textField(field: Field, changed: () => void): FormField {
  const input = element('input', {
    type: 'text',
    spellcheck: 'false',
    autocomplete: 'off',
    placeholder: field.example ?? '',
    ...describe(field),
  })
  input.addEventListener('input', changed)
  return {
    root: element('div', {}, named(field), input),
    wide: true,
    value: () => (input.value === '' ? undefined : input.value),
    set: (value) => void (input.value = typeof value === 'string' ? value : ''),
    mark: (wrong) => input.setAttribute('aria-invalid', String(wrong)),
    suggest: (text) => void (input.placeholder = text === '' ? (field.example ?? '') : text),
    offer: nothing,
  }
}

/** A value a line; Enter at the end of the last line begins a new one. */
function linesField(field: Field, known: readonly string[], changed: () => void): FormField {
  const list = element('div', { class: 'lines' })
  const offers = element('div', { class: 'offers' })
  const knownList = element(
    'datalist',
    { id: `known-${field.flag}` },
    ...known.map((value) => element('option', { value })),
  )
  const inputs = (): HTMLInputElement[] => [...list.querySelectorAll('input')]
  const add = (value: string): HTMLInputElement => {
    const position = inputs().length
    const input = element('input', {
      type: 'text',
      spellcheck: 'false',
      autocomplete: 'off',
      placeholder: field.example ?? '',
      'aria-label': t('{0}, entry {1}', field.label, position + 1),
      'aria-describedby': `problem-${field.flag}`,
      ...(known.length === 0 ? {} : { list: knownList.id }),
    })
    if (position === 0) input.id = `field-${field.flag}`
    input.value = value
    input.addEventListener('input', changed)
    const line = element('div', { class: 'line' }, input)
    const remove = button(
      '✕',
      () => {
        line.remove()
        if (inputs().length === 0) add('')
        inputs()[0]!.id = `field-${field.flag}`
        inputs()[0]!.focus()
        changed()
      },
      'icon',
      t('Remove this entry'),
    )
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      if (input.value !== '') add('').focus()
    })
    line.append(remove)
    list.append(line)
    return input
  }
  const more = button('+', () => add('').focus(), 'icon', t('Add to {0}', field.label))
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
    root: element('div', {}, named(field), list, element('div', { class: 'below' }, more, offers), knownList),
    wide: true,
    value,
    set,
    mark: (wrong) => inputs().forEach((input) => input.setAttribute('aria-invalid', String(wrong))),
    suggest: nothing,
    offer: (entries) =>
      offers.replaceChildren(
        ...entries.map((entry) =>
          button(
            entry,
            () => {
              const before = value() ?? []
              if (!before.includes(entry)) set([...before, entry])
              changed()
            },
            'offer',
            t('Add {0}', entry),
          ),
        ),
      ),
  }
}
