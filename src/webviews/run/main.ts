import type { FromRunForm, ImageFacts, ToRunForm } from '../../commands/run/form-messages.ts'
import { composeService } from '../../shared/docker-run/compose-service.ts'
import { sections } from '../../shared/docker-run/form.ts'
import { specOf, type PlainSpec } from '../../shared/docker-run/plain-spec.ts'
import { parseRunLine, printRunLine, type RunProblem } from '../../shared/docker-run/run-line.ts'
import { setTranslations, t } from '../../shared/l10n.ts'
import { commandLine, splitWords } from '../../shared/shell-words.ts'
import { button, element } from '../elements.ts'
import { createField, type FormField } from './fields.ts'
import './run.css'

declare function acquireVsCodeApi(): {
  postMessage(message: FromRunForm): void
  getState(): unknown
  setState(state: unknown): void
}

const vscode = acquireVsCodeApi()

class RunForm {
  readonly #fields = new Map<string, FormField>()
  readonly #image = element('input', {
    id: 'image',
    type: 'text',
    spellcheck: 'false',
    autocomplete: 'off',
    list: 'images',
    'aria-describedby': 'problem-image',
  })
  readonly #command = element('input', {
    id: 'command',
    type: 'text',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': 'problem-command',
  })
  readonly #images = element('datalist', { id: 'images' })
  readonly #facts = element('dl', { class: 'facts' })
  readonly #problems = new Map<string, HTMLElement>()
  readonly #summary = element('p', { class: 'problem', role: 'alert' })
  readonly #line = element('pre', {
    tabindex: '0',
    'aria-label': t('The docker run line that does the same'),
  })
  readonly #yaml = element('pre', {
    tabindex: '0',
    'aria-label': t('The compose service that does the same'),
  })
  readonly #left = element('p', { class: 'hint' })
  readonly #profiles = element('div', { class: 'profiles' })
  readonly #actions: HTMLButtonElement[]
  /** Options of a pasted line that the form shows nowhere; kept as they are. */
  #kept: Readonly<Record<string, string | readonly string[]>> = {}
  #checking: ReturnType<typeof setTimeout> | undefined
  #asked = ''

  constructor({ engine, images, networks, replaces }: Extract<ToRunForm, { type: 'open' }>) {
    for (const name of images) this.#images.append(element('option', { value: name }))
    const run =
      replaces === undefined
        ? [
            button(t('Run'), () => this.#send('run', true), 'primary'),
            button(t('Create without Starting'), () => this.#send('run', false)),
          ]
        : [button(t('Replace {0}', replaces), () => this.#send('run', true), 'primary')]
    this.#actions = [
      ...run,
      button(t('Save as Profile…'), () => vscode.postMessage({ type: 'saveProfile', spec: this.spec })),
    ]
    const changed = (): void => this.#changed()
    this.#image.addEventListener('input', changed)
    this.#command.addEventListener('input', changed)
    this.#image.addEventListener('change', () => this.#askImage())
    const paste = element('textarea', {
      id: 'paste',
      rows: '2',
      spellcheck: 'false',
      placeholder: 'docker run --rm -p 8080:80 nginx',
    })
    const pasteProblem = element('p', { class: 'problem', role: 'alert' })
    paste.addEventListener('input', () => this.#paste(paste.value, pasteProblem))
    const form = element(
      'form',
      {},
      element(
        'details',
        { class: 'paste' },
        element('summary', {}, t('Fill in from a docker run line')),
        label('paste', t('Paste a line here')),
        paste,
        pasteProblem,
      ),
      this.#profiles,
      row('image', t('Image'), this.#image, this.#problem('image')),
      this.#images,
      this.#facts,
      row('command', t('Command'), this.#command, this.#problem('command')),
      ...sections().map(({ id, title, fields }) => {
        const rows = fields.map((field) => {
          const made = createField(field, field.flag === 'network' ? networks : [], changed)
          this.#fields.set(field.flag, made)
          return element(
            'div',
            { class: made.wide ? 'row' : 'row check' },
            made.root,
            this.#problem(field.flag),
          )
        })
        const details = element('details', { id: `section-${id}` }, element('summary', {}, title), ...rows)
        details.open = id === 'common'
        return details
      }),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#send('run', true)
    })
    const preview = element(
      'aside',
      {},
      element('h2', {}, t('The same in a terminal')),
      this.#line,
      button(t('Copy'), () => vscode.postMessage({ type: 'copy', text: this.#line.textContent ?? '' })),
      element('h2', {}, t('The same as a compose service')),
      this.#yaml,
      this.#left,
      button(t('Copy'), () => vscode.postMessage({ type: 'copy', text: this.#yaml.textContent ?? '' })),
      button(t('Save as Compose File…'), () =>
        vscode.postMessage({ type: 'saveCompose', text: this.#yaml.textContent ?? '' }),
      ),
    )
    const bar = element(
      'div',
      { class: 'actions', role: 'toolbar', 'aria-label': t('Actions') },
      ...this.#actions,
      this.#summary,
    )
    document.body.replaceChildren(
      element(
        'h1',
        {},
        replaces === undefined
          ? t('Run a container on {0}', engine)
          : t('Change {0} on {1}', replaces, engine),
      ),
      element('div', { class: 'columns' }, form, preview),
      bar,
    )
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#send('run', true)
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
    for (const [name, field] of this.#fields) field.set(flags[name])
    this.#kept = Object.fromEntries(Object.entries(flags).filter(([name]) => !this.#fields.has(name)))
    // What is filled in is shown: a section with an entry is open.
    for (const { id, fields } of sections())
      if (fields.some(({ flag }) => flags[flag] !== undefined))
        document.querySelector<HTMLDetailsElement>(`#section-${id}`)!.open = true
    this.#askImage()
    this.#changed()
  }

  #askImage(): void {
    const name = this.#image.value.trim()
    if (name === this.#asked) return
    this.#asked = name
    this.#facts.replaceChildren()
    if (name !== '') vscode.postMessage({ type: 'image', name })
  }

  #changed(): void {
    const { spec } = this
    vscode.setState(spec)
    this.#line.textContent = printRunLine(specOf(spec))
    const { yaml, left } = composeService(specOf(spec))
    this.#yaml.textContent = yaml
    this.#left.textContent =
      left.length === 0 ? '' : t('Compose has nothing for: {0}', left.map((flag) => `--${flag}`).join(', '))
    const words = splitWords(this.#command.value)
    this.#say('command', 'problem' in words ? t('A quote is not closed.') : '')
    clearTimeout(this.#checking)
    this.#checking = setTimeout(() => vscode.postMessage({ type: 'check', spec }), 150)
  }

  #paste(line: string, problem: HTMLElement): void {
    if (line.trim() === '') return void (problem.textContent = '')
    const result = parseRunLine(line)
    problem.textContent = 'problem' in result ? problemText(result.problem) : ''
    if ('spec' in result)
      this.fill({
        flags: Object.fromEntries(result.spec.flags),
        image: result.spec.image,
        command: result.spec.command,
      })
  }

  #say(name: string, text: string): void {
    const place = this.#problems.get(name)
    if (place === undefined) return
    place.textContent = text
    const input = name === 'image' ? this.#image : name === 'command' ? this.#command : undefined
    if (input !== undefined) input.setAttribute('aria-invalid', String(text !== ''))
    else this.#fields.get(name)?.mark(text !== '')
  }

  problems(problems: Readonly<Record<string, string>>): void {
    for (const name of this.#problems.keys()) if (name !== 'command') this.#say(name, problems[name] ?? '')
    const elsewhere = Object.entries(problems)
      .filter(([name]) => !this.#problems.has(name))
      .map(([, text]) => text)
    this.#summary.textContent = elsewhere.join(' ')
    // The first field that is wrong is brought into view when it was the user who asked to run.
    const first = [...this.#problems].find(([name]) => problems[name] !== undefined)
    const details = first?.[1].closest('details')
    if (details !== undefined && details !== null) details.open = true
  }

  image(name: string, facts: ImageFacts | undefined): void {
    if (name !== this.#asked) return
    if (facts === undefined)
      return this.#facts.replaceChildren(
        element('dt', {}, t('This image is not here yet; it is pulled when you run it.')),
      )
    const entries: readonly (readonly [string, string])[] = [
      [t('Runs'), commandLine([...facts.entrypoint, ...facts.command])],
      [t('Exposes'), facts.ports.join(', ')],
      [t('Volumes'), facts.volumes.join(', ')],
      [t('Environment'), facts.env.join('  ')],
      [t('User'), facts.user],
      [t('Working directory'), facts.workingDir],
      [t('Health check'), facts.healthcheck.join(' ')],
    ]
    this.#facts.replaceChildren(
      ...entries
        .filter(([, value]) => value !== '')
        .flatMap(([title, value]) => [element('dt', {}, title), element('dd', {}, value)]),
    )
    this.#command.placeholder = commandLine(facts.command)
    for (const [flag, value] of [
      ['entrypoint', commandLine(facts.entrypoint)],
      ['workdir', facts.workingDir],
      ['user', facts.user],
    ] as const)
      this.#fields.get(flag)?.suggest(value)
    this.#fields
      .get('publish')
      ?.offer(
        facts.ports
          .map((port) => port.replace(/\/tcp$/, ''))
          .map((port) => `${port.replace(/\/.*$/, '')}:${port}`),
      )
  }

  profiles(image: string, profiles: Readonly<Record<string, PlainSpec>>): void {
    const names = Object.keys(profiles)
    if (names.length === 0) return this.#profiles.replaceChildren()
    const entries = names.map((name) =>
      element(
        'span',
        { class: 'profile' },
        button(name, () => this.fill(profiles[name]!)),
        button(
          '✕',
          () => vscode.postMessage({ type: 'deleteProfile', image, name }),
          'icon',
          t('Delete the profile {0}', name),
        ),
      ),
    )
    this.#profiles.replaceChildren(element('span', {}, t('Profiles:')), ...entries)
  }

  busy(busy: boolean): void {
    for (const action of this.#actions) action.disabled = busy
  }

  #send(type: 'run', start: boolean): void {
    const words = splitWords(this.#command.value)
    if ('problem' in words) return this.#command.focus()
    vscode.postMessage({ type, spec: this.spec, start })
  }
}

const label = (target: string, text: string): HTMLLabelElement => element('label', { for: target }, text)
const row = (id: string, title: string, input: HTMLElement, problem: HTMLElement): HTMLElement =>
  element('div', { class: 'row' }, label(id, title), input, problem)

function problemText({ code, subject }: RunProblem): string {
  switch (code) {
    case 'unclosedQuote':
      return t('A quote is not closed: {0}', subject)
    case 'notDockerRun':
      return t('This is no docker run line; it begins with “docker run”.')
    case 'unknownFlag':
      return t('docker run has no option {0}.', subject)
    case 'missingValue':
      return t('{0} needs a value.', subject)
    case 'badValue':
      return t('This value cannot be read: {0}', subject)
    case 'noImage':
      return t('The line names no image.')
  }
}

let form: RunForm | undefined

function receive(message: ToRunForm): void {
  switch (message.type) {
    case 'open': {
      setTranslations(message.texts)
      form = new RunForm(message)
      const kept = vscode.getState()
      form.fill(typeof kept === 'object' && kept !== null ? (kept as PlainSpec) : message.spec)
      document.querySelector<HTMLInputElement>('#image')?.focus()
      return
    }
    case 'image':
      return form?.image(message.name, message.facts)
    case 'profiles':
      return form?.profiles(message.image, message.profiles)
    case 'problems':
      return form?.problems(message.problems)
    case 'busy':
      return form?.busy(message.busy)
  }
}

window.addEventListener('message', (event: MessageEvent<ToRunForm>) => receive(event.data))
vscode.postMessage({ type: 'ready' })
