import type { Resources } from '../../src/commands/resources.ts'
import type { Choice, Confirmation, TerminalSession, Ui } from '../../src/commands/ui.ts'
import { EngineError } from '../../src/engine/errors.ts'

/** What the user does, in the order of the questions. A question that nothing is left for fails the test. */
export type Answer =
  /** The button of a confirmation or message; a choice by its label; the labels of several; the text of an input. */
  | { readonly chooses: string | readonly string[] }
  | { readonly types: string }
  | { readonly dismisses: true }
  /** Called while the question is open: the world can change behind the dialog. */
  | { readonly meanwhile: () => void; readonly then: Answer }

export const chooses = (...labels: readonly string[]): Answer => ({ chooses: labels })
export const types = (text: string): Answer => ({ types: text })
export const dismisses: Answer = { dismisses: true }
export const meanwhile = (change: () => void, then: Answer): Answer => ({ meanwhile: change, then })

export interface ScriptedUi {
  readonly ui: Ui
  /** Everything that was shown and asked, a line each: `confirm: Remove web? [Remove] [Cancel]`. */
  readonly transcript: string[]
  /** The `docker …` lines. */
  readonly equivalents: string[]
  readonly documents: {
    readonly key: string
    readonly title: string
    readonly language: string
    text: string
  }[]
  readonly copied: string[]
  readonly terminals: TerminalSession[]
  /** The files that the clipboard names. */
  clipboard: Resources
  /** Cancels the progress that is shown. */
  cancel(): void
  /** What has not been asked for yet. */
  readonly unused: readonly Answer[]
}

/** A user interface that does what a script says and writes down what it was asked to show. */
export function scriptedUi(...answers: readonly Answer[]): ScriptedUi {
  const left = [...answers]
  const transcript: string[] = []
  const running = new Set<AbortController>()
  const script: ScriptedUi = {
    ui: undefined as never,
    transcript,
    equivalents: [],
    documents: [],
    copied: [],
    terminals: [],
    clipboard: { local: [], ours: [] },
    cancel() {
      for (const controller of running) controller.abort()
    },
    get unused() {
      return left
    },
  }

  const next = (question: string): Answer => {
    let answer = left.shift()
    if (answer === undefined) throw new Error(`unexpected question: ${question}`)
    while ('meanwhile' in answer) {
      answer.meanwhile()
      answer = answer.then
    }
    return answer
  }
  const message = (kind: string, text: string, actions: readonly string[]): Promise<string | undefined> => {
    transcript.push(`${kind}: ${text}${actions.map((action) => ` [${action}]`).join('')}`)
    if (actions.length === 0) return Promise.resolve(undefined)
    const answer = next(text)
    if ('dismisses' in answer) return Promise.resolve(undefined)
    if (!('chooses' in answer) || !actions.includes(String(answer.chooses)))
      throw new Error(`“${text}” offers ${actions.join(', ')}, not ${JSON.stringify(answer)}`)
    return Promise.resolve(String(answer.chooses))
  }
  const shownChoice = <T>(choice: Choice<T>): string =>
    `  ${choice.picked === true ? '(x) ' : ''}${[choice.label, choice.description].filter((part) => part !== undefined && part !== '').join(' | ')}`
  const chosen = <T>(title: string, choices: readonly Choice<T>[]): readonly T[] | undefined => {
    transcript.push(`pick: ${title}`, ...choices.map(shownChoice))
    const answer = next(title)
    if ('dismisses' in answer) return undefined
    if (!('chooses' in answer)) throw new Error(`${title} is a choice, not an input`)
    return [answer.chooses].flat().map((label) => {
      const found = choices.find((choice) => choice.label === label)
      if (found === undefined)
        throw new Error(`${title} has no ${label}, only ${choices.map((choice) => choice.label).join(', ')}`)
      return found.value
    })
  }

  const own: Partial<Ui> = {
    confirm({ message: text, detail, action, alternative }: Confirmation) {
      const buttons = [action, ...(alternative === undefined ? [] : [alternative])]
      transcript.push(
        `confirm: ${text} ${buttons.map((button) => `[${button}]`).join(' ')}`,
        ...(detail === undefined ? [] : detail.split('\n').map((line) => `  ${line}`)),
      )
      const answer = next(text)
      if ('dismisses' in answer) return Promise.resolve(undefined)
      const button = 'chooses' in answer ? String(answer.chooses) : ''
      if (!buttons.includes(button)) throw new Error(`“${text}” offers ${buttons.join(', ')}, not ${button}`)
      return Promise.resolve(button === action ? 'action' : 'alternative')
    },
    pick: (choices, { title }) => Promise.resolve(chosen(title, choices)?.[0]),
    pickMany: (choices, { title }) => Promise.resolve(chosen(title, choices)),
    input({ title, prompt, value, password, validate }) {
      transcript.push(`input: ${title}: ${prompt}${value === undefined || value === '' ? '' : ` (${value})`}`)
      for (;;) {
        const answer = next(prompt)
        if ('dismisses' in answer) return Promise.resolve(undefined)
        if (!('types' in answer)) throw new Error(`${prompt} is an input, not a choice`)
        const problem = validate?.(answer.types)
        if (problem === undefined) {
          transcript.push(`  > ${password === true ? '***' : answer.types}`)
          return Promise.resolve(answer.types)
        }
        transcript.push(`  > ${answer.types}: ${problem}`)
      }
    },
    async progress(title, task) {
      transcript.push(`progress: ${title}`)
      const controller = new AbortController()
      running.add(controller)
      try {
        return await task(({ message: text }) => {
          if (text !== undefined) transcript.push(`  ${text}`)
        }, controller.signal)
      } finally {
        running.delete(controller)
      }
    },
    openGraph(paths) {
      transcript.push(`graph: ${paths.join(', ')}`)
      return Promise.resolve()
    },
    showProject(paths) {
      transcript.push(`project: ${paths.join(', ')}`)
      return Promise.resolve()
    },
    openMerged(paths) {
      transcript.push(`merged: ${paths.join(', ')}`)
      return Promise.resolve()
    },
    openText(document) {
      transcript.push(`document: ${document.title}`)
      script.documents.push(document)
      return Promise.resolve()
    },
    saveAs({ name }) {
      transcript.push(`save: ${name}`)
      const answer = next(name)
      return Promise.resolve('types' in answer ? answer.types : undefined)
    },
    openFiles({ title }) {
      transcript.push(`open: ${title}`)
      const answer = next(title)
      return Promise.resolve('chooses' in answer ? [answer.chooses].flat() : undefined)
    },
    terminal(session) {
      transcript.push(`terminal: ${session.name}`)
      script.terminals.push(session)
    },
    copy(text) {
      script.copied.push(text)
      return Promise.resolve()
    },
    copyFiles(ours) {
      script.clipboard = { local: [], ours }
      return Promise.resolve()
    },
    copiedFiles: () => Promise.resolve(script.clipboard),
    openExternal(url) {
      transcript.push(`browser: ${url}`)
      return Promise.resolve()
    },
    info: (text, ...actions) => message('info', text, actions),
    warn: (text, ...actions) => message('warn', text, actions),
    error(fault, ...actions) {
      const text =
        fault instanceof EngineError
          ? [fault.message, fault.nextStep].filter((part) => part !== undefined).join(' ')
          : fault
      return message('error', text, actions)
    },
    equivalent: (line) => void script.equivalents.push(line),
    equivalents: () => [...script.equivalents].reverse(),
    log: (line) => void transcript.push(`log: ${line}`),
  }
  const ui = new Proxy(own as Ui, {
    get: (target, key) =>
      Reflect.get(target, key) ??
      ((...args: unknown[]) => {
        transcript.push(`${String(key)}: ${JSON.stringify(args)}`)
        return Promise.resolve(undefined)
      }),
  })
  return Object.assign(script, { ui })
}
