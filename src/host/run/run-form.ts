import { randomUUID } from 'node:crypto'
import * as vscode from 'vscode'
import type { Deps } from '../../commands/command.ts'
import { checkHere } from '../../commands/run/check-here.ts'
import { checkSpec } from '../../commands/run/check-spec.ts'
import {
  readFromRunForm,
  type FromRunForm,
  type RunFormOpening,
  type RunFormRequest,
  type ToRunForm,
} from '../../commands/run/form-messages.ts'
import type { RunSurroundings } from '../../commands/run/create-body.ts'
import { imageFacts } from '../../commands/run/image-facts.ts'
import { runAndTell } from '../../commands/run/run-and-tell.ts'
import { surroundings } from '../../commands/run/surroundings.ts'
import type { Engine } from '../../engine/engine.ts'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import { whyAway } from '../../engine/live/away.ts'
import type { Change, EngineState, LiveStore } from '../../engine/live/state.ts'
import type { Container } from '../../engine/model/container.ts'
import type { Disposable } from '../../shared/disposable.ts'
import { specOf, type PlainSpec } from '../../shared/docker-run/plain-spec.ts'
import { maskText } from '../../shared/masking.ts'
import { plain } from '../../shared/sinks.ts'
import { showFault } from '../run-commands.ts'
import { pageIcon, pageOptions, webviewHtml } from '../webview-html.ts'
import { FormProfiles } from './form-profiles.ts'
import { Profiles } from './profiles.ts'
import { openingOf } from './opening.ts'
import type { RunFormParts } from './register.ts'
import { replace } from './replace.ts'
import { showingSteps } from './showing-steps.ts'

const watched = ['containers', 'images', 'networks'] as const

/**
 * The run form in an editor tab. Nothing is listed for it while it cannot be seen. One in which nothing was entered gives its tab to
 * the next form: a page that is there already takes less than half the time of a new one.
 */
export class RunFormPage implements Disposable {
  readonly #panel: vscode.WebviewPanel
  readonly #request: RunFormRequest
  readonly #parts: RunFormParts
  readonly #profiles: FormProfiles
  readonly #around: RunSurroundings
  readonly #subscriptions: readonly Disposable[]
  readonly #opening: RunFormOpening
  #gone = false
  #ready = false
  #touched = false
  #watches: readonly Disposable[] | undefined
  #away = ''
  #choices = ''
  #image = ''
  /** What is entered; undefined from when it was to be run until it is changed: what came of that stays in sight. */
  #entered: PlainSpec | undefined
  /** The one that was made here and would not start: the next try takes its place. */
  #unstarted: string | undefined
  #running = false
  // What was said of an entry that has changed since is not shown any more.
  #checks = 0

  /** @param before The form whose tab this one takes over, if there is one. */
  constructor(
    panel: vscode.WebviewPanel,
    request: RunFormRequest,
    parts: RunFormParts,
    before?: RunFormPage,
  ) {
    this.#panel = panel
    this.#request = request
    this.#parts = parts
    const { context, engines } = parts
    const { extensionUri: extension, workspaceState, secrets } = context
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath
    this.#profiles = new FormProfiles(new Profiles(workspaceState, secrets, randomUUID), (message) =>
      this.#send(message),
    )
    this.#around = surroundings(folder)
    this.#opening = openingOf(request, plain(engines.nameOf(request.engine), 80), folder)
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((value: unknown) => {
        const message = readFromRunForm(value)
        if (message !== undefined) void this.#receive(message).catch((fault: unknown) => this.#log(fault))
      }),
      panel.onDidChangeViewState(() => this.#look()),
      engines.live.onDidChange((change) => {
        if (change.engine !== undefined && change.engine !== request.engine) return
        this.#look()
        if (change.engine !== undefined && this.#watches !== undefined) this.#follow(change)
      }),
      panel.onDidDispose(() => this.dispose()),
    ]
    if (before !== undefined) {
      before.dispose()
      this.#send({ type: 'open', opening: this.#opening })
      return
    }
    panel.iconPath = pageIcon(extension)
    panel.webview.options = pageOptions
    panel.webview.html = webviewHtml(extension, { name: 'run', title: panel.title, data: this.#opening })
  }

  /** From here on the tab is this form's own. */
  touch(): void {
    this.#touched = true
  }

  /** Its tab, while nothing would be lost with what is in it. */
  get free(): vscode.WebviewPanel | undefined {
    return this.#gone || this.#touched || !this.#ready ? undefined : this.#panel
  }

  dispose(): void {
    this.#gone = true
    this.#unwatch()
    for (const subscription of this.#subscriptions) subscription.dispose()
  }

  get #store(): LiveStore | undefined {
    return this.#parts.engines.live.store(this.#request.engine)
  }

  get #state(): EngineState | undefined {
    return this.#store?.state
  }

  /** Rejects when the engine is no longer known. */
  #engine(): Engine {
    return this.#parts.engines.engine(this.#request.engine)
  }

  /** Watches while the form can be seen, and says so when nothing can be known of its engine. */
  #look(): void {
    if (!this.#ready || !this.#panel.visible || this.#gone) return this.#unwatch()
    const { live } = this.#parts.engines
    if (this.#watches === undefined) {
      // Watching tells of changes at once.
      this.#watches = []
      this.#watches = watched.map((resource) => live.watch(resource))
      void this.#sendChoices()
    }
    const why = whyAway(live.snapshot, this.#request.engine) ?? ''
    if (why === this.#away) return
    this.#away = why
    this.#send({ type: 'away', why })
    if (why === '') void this.#sendChoices()
  }

  #unwatch(): void {
    for (const watch of this.#watches ?? []) watch.dispose()
    this.#watches = undefined
  }

  /** Something of the engine is another now, which may be what the form asked about. */
  #follow({ what, added, changed, removed }: Change): void {
    if (added.length + changed.length + removed.length === 0) return
    if (what === 'images' || what === 'networks') void this.#sendChoices()
    if (what === 'images') void this.#sendImage()
    if (what === 'containers' && this.#entered !== undefined) void this.#check(this.#entered)
  }

  async #sendChoices(): Promise<void> {
    const store = this.#store
    if (store === undefined) return
    await Promise.all(watched.map((resource) => store.settled(resource)))
    if (store !== this.#store) return
    const choices = {
      images: [...store.state.images.items.values()].flatMap(({ tags }) => tags).sort(),
      networks: [...store.state.networks.items.values()].map(({ name }) => name).sort(),
    }
    const key = JSON.stringify(choices)
    if (key === this.#choices) return
    this.#choices = key
    this.#send({ type: 'choices', ...choices })
  }

  async #sendImage(): Promise<void> {
    const name = this.#image
    if (name === '') return
    try {
      this.#send({ type: 'image', name, facts: imageFacts(await this.#engine().images.inspect(name)) })
    } catch (fault) {
      // What cannot be asked now is not missing for that.
      if (isEngineError(fault, 'notFound', 'invalid')) this.#send({ type: 'image', name, facts: undefined })
    }
  }

  // What is replaced gives up its name and its ports.
  get #others(): readonly Container[] {
    return [...(this.#state?.containers.items.values() ?? [])].filter(
      ({ id }) => id !== this.#request.replaces?.id && id !== this.#unstarted,
    )
  }

  async #check(spec: PlainSpec): Promise<void> {
    this.#entered = spec
    const mine = ++this.#checks
    if (spec.image === '') return this.#send({ type: 'problems', problems: {}, hints: {} })
    const containers = [...(this.#state?.containers.items.values() ?? [])]
    const hints = await checkHere(this.#engine(), specOf(spec), containers, this.#around)
    if (mine === this.#checks)
      this.#send({ type: 'problems', problems: checkSpec(specOf(spec), this.#others), hints })
  }

  async #deps(): Promise<Deps> {
    return showingSteps(await this.#parts.deps(), (message, layers) =>
      this.#send({ type: 'step', message, layers }),
    )
  }

  async #run(spec: PlainSpec, start: boolean): Promise<void> {
    // A key that is held repeats, and the form hears a moment later that something runs.
    if (this.#running) return
    this.#checks++
    this.#entered = undefined
    const problems = checkSpec(specOf(spec), this.#others)
    this.#send({ type: 'problems', problems, hints: {}, asked: true })
    if (Object.keys(problems).length > 0) return
    this.#send({ type: 'busy', busy: true })
    this.#running = true
    try {
      const engine = this.#engine()
      const { replaces } = this.#request
      if (replaces !== undefined) {
        const deps = await this.#deps()
        await replace(deps, engine, replaces, spec, this.#around)
        return this.#panel.dispose()
      }
      if (this.#unstarted !== undefined)
        await engine.containers.remove(this.#unstarted).catch((fault: unknown) => {
          if (!isEngineError(fault, 'notFound')) throw fault
        })
      this.#unstarted = undefined
      const deps = await this.#deps()
      const ran = await runAndTell(deps, engine, specOf(spec), this.#around, start)
      if (ran.failed === undefined) return this.#panel.dispose()
      this.#unstarted = ran.id
      // It is told beside the form too.
      if (!this.#gone) await this.#tell(ran.failed)
    } catch (fault) {
      if (isEngineError(fault, 'cancelled')) this.#send({ type: 'busy', busy: false })
      else await this.#tell(fault)
    } finally {
      this.#running = false
    }
  }

  async #tell(fault: unknown): Promise<void> {
    if (this.#gone) return showFault(await this.#parts.deps(), 'run', fault)
    this.#send({ type: 'busy', busy: false })
    const text = fault instanceof Error ? fault.message : String(fault)
    const nextStep = fault instanceof EngineError ? fault.nextStep : undefined
    const said = plain(nextStep === undefined ? text : `${text} ${nextStep}`, 1000)
    this.#send({ type: 'problems', problems: { '': said }, hints: {} })
  }

  async #receive(message: FromRunForm): Promise<void> {
    // What the form before this one in the tab still had to say.
    if (!this.#ready && message.type !== 'ready') return
    switch (message.type) {
      case 'touched':
        return this.touch()
      case 'ready':
        // A page that was moved to another window is made anew, and knows nothing but what the tab began with.
        if (message.opening !== this.#opening.id) return this.#send({ type: 'open', opening: this.#opening })
        this.#unwatch()
        this.#away = ''
        this.#choices = ''
        this.#ready = true
        if (this.#running) this.#send({ type: 'busy', busy: true })
        return this.#look()
      case 'image':
        this.#image = message.name
        this.#profiles.tell(message.name)
        return this.#sendImage()
      case 'check':
        return this.#check(message.spec)
      case 'run':
        this.touch()
        return this.#run(message.spec, message.start)
      case 'copy':
        return vscode.env.clipboard.writeText(message.text)
      case 'saveCompose': {
        const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: message.text })
        await vscode.window.showTextDocument(document)
        return
      }
      case 'saveProfile':
        return this.#profiles.save((await this.#parts.deps()).ui, message.spec)
      case 'profile':
        return this.#profiles.fill(message.image, message.name)
      case 'deleteProfile':
        return this.#profiles.remove(message.image, message.name)
    }
  }

  #log(fault: unknown): void {
    this.#parts.output.error(maskText(String(fault)))
  }

  #send(message: ToRunForm): void {
    if (!this.#gone) void this.#panel.webview.postMessage(message)
  }
}
