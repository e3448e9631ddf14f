import type { ImageFacts, RunFormOpening, ToRunForm } from '../../commands/run/form-messages.ts'
import type { LayerStep } from '../../commands/ui.ts'
import { sections } from '../../shared/docker-run/form.ts'
import { maskedSpec } from '../../shared/docker-run/masked-spec.ts'
import { plainSpec, specOf, type PlainSpec } from '../../shared/docker-run/plain-spec.ts'
import { t } from '../../shared/l10n.ts'
import { commandLine, splitWords } from '../../shared/shell-words.ts'
import { button, element } from '../elements.ts'
import { cell } from './cell.ts'
import { commandProblem } from './command-problem.ts'
import { createField } from './fields.ts'
import type { FormField } from './form-field.ts'
import { factLine, fillFacts } from './image-facts.ts'
import { pasteField } from './paste.ts'
import { profileButtons } from './profile-buttons.ts'
import { ShownElsewhere } from './shown-elsewhere.ts'
import { Steps } from './steps.ts'
import { keep, post } from './tab.ts'

const textInput = (id: string, more: Readonly<Record<string, string>> = {}): HTMLInputElement =>
  element('input', {
    id,
    type: 'text',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': `problem-${id}`,
    ...more,
  })

/** The form itself: what is entered, what is wrong with it, and what the engine says of it. */
export class RunForm {
  readonly #fields = new Map<string, FormField>()
  readonly #image = textInput('image', {
    list: 'images',
    placeholder: 'nginx:alpine',
    'aria-required': 'true',
  })
  /** In lines: an input would drop the line ends of a script. */
  readonly #command = element('textarea', {
    id: 'command',
    rows: '1',
    spellcheck: 'false',
    'aria-describedby': 'problem-command',
  })
  readonly #images = element('datalist', { id: 'images' })
  readonly #facts = element('p', { class: 'facts' })
  readonly #problems = new Map<string, HTMLElement>()
  readonly #summary = element('p', { class: 'problem', role: 'alert' })
  readonly #shownElsewhere = new ShownElsewhere((type, text) => post({ type, text }))
  readonly #profiles = element('div', { class: 'profiles', role: 'group', 'aria-label': t('Profiles') })
  readonly #away = element('p', { class: 'away', role: 'status' })
  readonly #said = element('p', { class: 'said', role: 'status' })
  readonly #opening: RunFormOpening
  readonly #steps = new Steps()
  readonly #actions: HTMLButtonElement[]
  /** Options of a pasted line that the form shows nowhere; kept as they are. */
  #kept: Readonly<Record<string, string | readonly string[]>> = {}
  #checking: ReturnType<typeof setTimeout> | undefined
  #asked = ''
  #touched = false

  constructor(opening: RunFormOpening) {
    this.#opening = opening
    const { engine, replaces, shell } = opening
    const run = (start: boolean) => (): void => this.run(start)
    const main = button(replaces === undefined ? t('Run') : t('Replace {0}', replaces), run(true), 'primary')
    main.title = t('Ctrl+Enter')
    this.#actions = [
      main,
      ...(replaces === undefined ? [button(t('Create without Starting'), run(false))] : []),
      button(t('Save as Profile…'), () => post({ type: 'saveProfile', spec: this.spec })),
    ]
    const changed = (): void => this.#changed()
    this.#image.addEventListener('input', changed)
    this.#command.addEventListener('input', changed)
    this.#command.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey) event.preventDefault()
    })
    this.#image.addEventListener('change', () => this.#askImage())
    const form = element(
      'form',
      {},
      pasteField(shell, (spec) => this.fill(spec)),
      this.#profiles,
      this.#said,
      element(
        'div',
        { class: 'grid program' },
        cell('image', t('Image'), this.#image, this.#problem('image')),
        cell('command', t('Command'), this.#command, this.#problem('command')),
      ),
      this.#images,
      this.#facts,
      ...this.#sections(changed),
    )
    form.addEventListener('submit', (event) => event.preventDefault())
    document.body.replaceChildren(
      element(
        'h1',
        {},
        replaces === undefined
          ? t('Run a container on {0}', engine)
          : t('Change {0} on {1}', replaces, engine),
      ),
      this.#away,
      element('div', { class: 'columns' }, form, this.#shownElsewhere.root),
      element(
        'div',
        { class: 'actions', role: 'toolbar', 'aria-label': t('Actions') },
        ...this.#actions,
        this.#summary,
        this.#steps.root,
      ),
    )
  }

  dispose(): void {
    clearTimeout(this.#checking)
  }

  /** From here on the tab is this form's: no other takes it over. */
  touch(): void {
    if (this.#touched) return
    this.#touched = true
    post({ type: 'touched' })
  }

  #sections(changed: () => void): HTMLElement[] {
    return sections().map(({ id, title, fields }) => {
      const grid = element('div', { class: 'grid' })
      const checks = element('div', { class: 'checks' })
      for (const field of fields) {
        const made = createField(field, changed)
        this.#fields.set(field.flag, made)
        const place = element('div', { class: 'cell' }, made.root, this.#problem(field.flag))
        if (made.wide) grid.append(place)
        else checks.append(place)
      }
      if (id === 'common') return element('section', { 'aria-label': title }, grid, checks)
      return element('details', { id: `section-${id}` }, element('summary', {}, title), grid, checks)
    })
  }

  #problem(name: string): HTMLElement {
    const made = element('p', { id: `problem-${name}`, class: 'problem' })
    this.#problems.set(name, made)
    return made
  }

  get spec(): PlainSpec {
    const flags: Record<string, string | readonly string[]> = { ...this.#kept }
    for (const [name, { value }] of this.#fields) {
      const entered = value()
      if (entered !== undefined) flags[name] = entered
    }
    const words = splitWords(this.#command.value)
    return { flags, image: this.#image.value.trim(), command: 'words' in words ? words.words : [] }
  }

  fill({ flags, image, command }: PlainSpec): void {
    this.#image.value = image
    this.#command.value = commandLine(command)
    this.#command.rows = Math.min(8, this.#command.value.split('\n').length)
    for (const [name, field] of this.#fields) field.set(flags[name])
    this.#kept = Object.fromEntries(Object.entries(flags).filter(([name]) => !this.#fields.has(name)))
    // What is filled in is shown: a section with an entry is open.
    for (const { id, fields } of sections())
      if (fields.some(({ flag }) => flags[flag] !== undefined)) this.#unfold(`section-${id}`)
    this.#askImage()
    this.#changed()
  }

  #unfold(id: string): void {
    const details = document.querySelector<HTMLDetailsElement>(`details#${id}`)
    if (details !== null) details.open = true
  }

  choices(images: readonly string[], networks: readonly string[]): void {
    this.#images.replaceChildren(...images.map((name) => element('option', { value: name })))
    this.#fields.get('network')?.know(networks)
  }

  #askImage(): void {
    const name = this.#image.value.trim()
    if (name === this.#asked) return
    this.#asked = name
    this.#facts.replaceChildren()
    fillFacts(this.#fields, undefined)
    this.#command.placeholder = ''
    if (name !== '') post({ type: 'image', name })
  }

  #changed(): void {
    const { spec } = this
    // The editor writes this down: nothing secret goes into it.
    const { id, saved } = this.#opening
    keep({ ...saved, opening: id, spec: plainSpec(maskedSpec(specOf(spec))) })
    this.#said.textContent = ''
    this.#shownElsewhere.show(specOf(spec))
    this.#say('command', commandProblem(this.#command.value), '')
    clearTimeout(this.#checking)
    this.#checking = setTimeout(() => post({ type: 'check', spec }), 150)
  }

  #say(name: string, problem: string, hint: string): void {
    const place = this.#problems.get(name)
    if (place === undefined) return
    place.textContent = problem || hint
    place.className = problem === '' ? 'hint' : 'problem'
    const wrong = problem !== ''
    if (name === 'image') this.#image.setAttribute('aria-invalid', String(wrong))
    else if (name === 'command') this.#command.setAttribute('aria-invalid', String(wrong))
    else this.#fields.get(name)?.mark(wrong)
  }

  problems({ problems, hints, asked }: Extract<ToRunForm, { type: 'problems' }>): void {
    for (const name of this.#problems.keys()) {
      const own = name === 'command' ? commandProblem(this.#command.value) : ''
      this.#say(name, own || (problems[name] ?? ''), hints[name] ?? '')
    }
    const elsewhere = Object.entries(problems)
      .filter(([name]) => !this.#problems.has(name))
      .map(([, text]) => text)
    this.#summary.textContent = elsewhere.join(' ')
    const first = [...this.#problems].find(([name]) => problems[name] !== undefined)
    if (asked !== true || first === undefined) return
    // It was the user who wanted to run it: the first field that is wrong is where to go on.
    first[1].closest('details')?.setAttribute('open', '')
    if (first[0] === 'image') this.#image.focus()
    else if (first[0] === 'command') this.#command.focus()
    else this.#fields.get(first[0])?.focus()
  }

  image(name: string, facts: ImageFacts | undefined): void {
    if (name !== this.#asked) return
    fillFacts(this.#fields, facts)
    this.#command.placeholder = commandLine(facts?.command ?? [])
    this.#facts.replaceChildren(
      ...(facts === undefined
        ? [t('This image is not here yet; it is pulled when you run it.')]
        : factLine(facts)),
    )
  }

  profiles(image: string, names: readonly string[]): void {
    if (image !== this.#asked) return
    if (names.length === 0) return this.#profiles.replaceChildren()
    const ask = (type: 'profile' | 'deleteProfile', name: string): void => post({ type, image, name })
    this.#profiles.replaceChildren(
      element('span', {}, t('Profiles:')),
      ...profileButtons(
        names,
        (name) => ask('profile', name),
        (name) => ask('deleteProfile', name),
      ),
    )
  }

  profile(spec: PlainSpec, said: string): void {
    this.fill(spec)
    this.#said.textContent = said
  }

  away(why: string): void {
    this.#away.textContent = why
  }

  busy(busy: boolean): void {
    for (const action of this.#actions) action.disabled = busy
    if (!busy) this.#steps.clear()
  }

  step(message: string, layers: readonly LayerStep[]): void {
    // One that comes late tells of what is over.
    if (this.#actions[0]!.disabled) this.#steps.show(message, layers)
  }

  run(start: boolean): void {
    if (this.#actions[0]!.disabled) return
    if (commandProblem(this.#command.value) !== '') return this.#command.focus()
    clearTimeout(this.#checking)
    post({ type: 'run', spec: this.spec, start })
  }
}
