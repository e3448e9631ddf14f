import * as vscode from 'vscode'
import type { Engines } from '../commands/command.ts'
import type { EndpointList } from '../engine/endpoints.ts'
import type { Engine } from '../engine/engine.ts'
import { EngineError } from '../engine/errors.ts'
import { systemClock } from '../engine/live/clock.ts'
import { createLiveEngines, type LiveEngines } from '../engine/live/engines.ts'
import type { Resource } from '../engine/live/state.ts'
import type { EngineId } from '../engine/model/refs.ts'
import { t } from '../shared/l10n.ts'
import type { NodeKind, NodeOf } from '../tree/node.ts'
import { nodesOf } from '../tree/nodes-of.ts'
import { troubleOf, type Trouble } from '../tree/trouble.ts'
import type { Connection } from '../manifest/context-keys.ts'
import { connectionOf } from './connection-of.ts'
import { setContext } from './preferences.ts'
import type * as Reach from './reach.ts'
import { onSettingChange, setting } from './settings.ts'

const chosenKey = 'engine.chosen'
const besideKey = 'engines.beside'

const watched: Readonly<Partial<Record<NodeKind, readonly Resource[]>>> = {
  container: ['containers'],
  project: ['containers'],
  image: ['images', 'containers'],
  volume: ['volumes', 'containers'],
  network: ['networks', 'containers'],
  member: ['networks', 'containers'],
}

/** The engines of this window: which there are, which is current, and what is known of them; the `Engines` port of the commands. */
export class WindowEngines implements Engines, vscode.Disposable {
  readonly live: LiveEngines
  readonly #memento: vscode.Memento
  readonly #subscriptions: vscode.Disposable[] = []
  readonly #refreshed = new vscode.EventEmitter<void>()
  /** The user wants all of it anew: also what no engine tells of by itself. */
  readonly onDidRefresh = this.#refreshed.event
  readonly #looked = new vscode.EventEmitter<void>()
  /** The engines have been looked for, and what is wrong with those that are named is known. */
  readonly onDidLook = this.#looked.event
  #reach: typeof Reach | undefined
  #list: EndpointList | undefined
  #looking: Promise<void> | undefined
  #searches = 0

  /** `fault` hears of what a listener threw. */
  constructor(fault: (fault: unknown) => void, memento: vscode.Memento) {
    this.live = createLiveEngines({
      clock: systemClock,
      random: Math.random,
      fault,
      // Endpoints are only told once the search has found them, with what it takes to open them.
      create: (endpoint) => this.#reach!.openEngine(endpoint),
    })
    this.#memento = memento
    this.#subscriptions.push(
      this.#refreshed,
      this.#looked,
      this.live.onDidChange(() => this.#publish()),
      onSettingChange('engine.host', 'engine.context')(() => void this.lookAgain()),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.live.resume()
      }),
    )
  }

  /** Finds the engines once; later calls wait for the same search. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
    return this.#looking
  }

  lookAgain(): Promise<void> {
    this.#looking = this.#look()
    return this.#looking
  }

  async #look(): Promise<void> {
    this.#reach ??= await import('./reach.ts')
    const search = ++this.#searches
    const list = await this.#reach.findEngines({
      host: setting('engine.host'),
      context: setting('engine.context'),
    })
    // Settings changed in the meantime: what counts is what the later search finds.
    if (search !== this.#searches) return await this.#looking
    this.#list = list
    const { current, others } = this.#list
    this.live.setEndpoints(current === undefined ? others : [current, ...others])
    const chosen = this.#memento.get<EngineId>(chosenKey)
    const engine = [current, ...others].find((endpoint) => endpoint?.id === chosen) ?? current
    if (engine !== undefined) this.live.activate(engine.id)
    for (const id of this.#memento.get<readonly EngineId[]>(besideKey, []))
      if (id !== engine?.id) this.live.showBeside(id, true)
    this.#publish()
    this.#looked.fire()
  }

  /** What is wrong with what the user named as the engine; undefined when nothing is. */
  get failure(): EngineError | undefined {
    return this.#list?.failure?.error
  }

  /** Why nothing can be seen of the one engine there is to see; undefined where the view of containers has a text for it. */
  get trouble(): Trouble | undefined {
    return this.#connection === 'noEngine' ? undefined : troubleOf(this.live.snapshot, this.#list?.failure)
  }

  engine(id: EngineId): Engine {
    const store = this.live.store(id)
    if (store !== undefined) return store.engine
    throw new EngineError('unreachable', t('This engine is no longer known.'), {
      nextStep: t('Choose an engine with “Quayside: Use Engine…”.'),
    })
  }

  async current(): Promise<Engine> {
    await this.look()
    const active = this.live.active
    if (active === undefined)
      throw (
        this.failure ??
        new EngineError('unreachable', t('There is no engine.'), {
          nextStep: t('Choose one with “Quayside: Use Engine…”, or start one.'),
        })
      )
    if (active.engine.info === undefined) await active.engine.connect()
    return active.engine
  }

  async nodes<K extends NodeKind>(kind: K): Promise<readonly NodeOf<K>[]> {
    await this.look()
    const resources = watched[kind] ?? []
    const watches = resources.map((resource) => this.live.watch(resource))
    try {
      const stores = this.live.shownStores()
      await Promise.all(stores.flatMap((store) => resources.map((resource) => store.settled(resource))))
      const failed = resources
        .map((resource) => this.live.active?.state[resource].error)
        .find((error) => error !== undefined)
      const nodes = nodesOf(this.live.snapshot, kind)
      if (nodes.length === 0 && failed !== undefined) throw failed
      return nodes
    } finally {
      for (const watch of watches) watch.dispose()
    }
  }

  refresh(): void {
    this.live.refresh()
    this.#refreshed.fire()
  }

  async measure(signal?: AbortSignal): Promise<void> {
    await this.look()
    await Promise.all(this.live.shownStores().map((store) => store.measure(signal)))
  }

  nameOf(id: EngineId): string {
    return this.live.store(id)?.engine.endpoint.name ?? t('an engine that is gone')
  }

  async use(id: EngineId): Promise<void> {
    await this.look()
    const { active, shown } = this.live.snapshot
    // One that is shown beside the current one changes places with it: both stay in the views.
    const exchanged = active !== undefined && active !== id && shown.has(id)
    if (exchanged) this.live.showBeside(active, true)
    this.live.activate(id)
    if (exchanged) this.live.showBeside(id, false)
    await this.#memento.update(chosenKey, id)
    await this.#rememberBeside()
  }

  async showBeside(id: EngineId, shown: boolean): Promise<void> {
    await this.look()
    this.live.showBeside(id, shown)
    await this.#rememberBeside()
  }

  async #rememberBeside(): Promise<void> {
    const { active, shown } = this.live.snapshot
    await this.#memento.update(
      besideKey,
      [...shown].filter((id) => id !== active),
    )
  }

  async reconnect(id: EngineId): Promise<void> {
    await this.lookAgain()
    this.live.store(id)?.retryNow()
  }

  async diagnostics(): Promise<string> {
    await this.lookAgain()
    return this.#reach!.report(this.#list!, this.live.snapshot)
  }

  get #connection(): Connection {
    if (this.#list === undefined) return 'connecting'
    const { engines, active } = this.live.snapshot
    if (active === undefined && this.#list.failure !== undefined) return 'failed'
    return connectionOf(
      engines.find(({ endpoint }) => endpoint.id === active),
      engines.length > 1,
    )
  }

  /** Tells `when` clauses and empty views how it stands with the current engine. */
  #publish(): void {
    const { engines, active } = this.live.snapshot
    const state = engines.find(({ endpoint }) => endpoint.id === active)
    setContext('quayside.connection', this.#connection)
    setContext('quayside.swarm', state?.info !== undefined && state.info.swarm !== 'inactive')
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.live.dispose()
  }
}
