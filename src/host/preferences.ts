import * as vscode from 'vscode'
import type { Preferences } from '../commands/command.ts'
import { filteredKey, type ContextKey, type ContextKeys } from '../manifest/context-keys.ts'
import type { SettingId } from '../manifest/settings.ts'
import { Emitter } from '../shared/emitter.ts'
import type { ViewId } from '../tree/node.ts'
import type { ViewOptions } from '../tree/view-options.ts'
import { onSettingChange, setting } from './settings.ts'

const told = new Map<ContextKey, unknown>()

/** Tells the editor what a key of `when` clauses is, if that is news. */
export function setContext<K extends ContextKey>(key: K, value: ContextKeys[K]): void {
  if (told.get(key) === value) return
  told.set(key, value)
  void vscode.commands.executeCommand('setContext', key, value)
}

/** What each view shows and how: the choices of this workspace over the defaults of the settings. */
export class ViewPreferences implements Preferences {
  readonly #memento: vscode.Memento
  readonly #changed = new Emitter<ViewId>()
  readonly onDidChange = this.#changed.event

  constructor(memento: vscode.Memento, subscriptions: { dispose(): unknown }[]) {
    this.#memento = memento
    for (const view of views) {
      const { groupBy, sortBy } = defaults[view]
      const ids = [
        groupBy,
        sortBy,
        ...(view === 'containers' ? (['containers.scope', 'containers.groupByLabel'] as const) : []),
      ]
      const known = ids.filter((id) => id !== undefined)
      if (known.length > 0) subscriptions.push(onSettingChange(...known)(() => this.#changed.fire(view)))
      this.#publish(view)
    }
    subscriptions.push(onSettingChange('stats.inRows', 'stats.inRowsLimit')(() => this.#useInRowsChanged()))
    this.#publishUse()
  }

  view<V extends ViewId>(view: V): ViewOptions<V> {
    const { groupBy, sortBy } = defaults[view]
    const standard = {
      scope: view === 'containers' ? setting('containers.scope') : 'all',
      groupBy: groupBy === undefined ? 'none' : setting(groupBy),
      sortBy: sortBy === undefined ? 'name' : setting(sortBy),
      label: view === 'containers' ? setting('containers.groupByLabel') : '',
      filter: '',
    }
    return { ...standard, ...this.#chosen(view) } as ViewOptions<V>
  }

  #chosen<V extends ViewId>(view: V): Partial<ViewOptions<V>> {
    return this.#memento.get<Partial<ViewOptions<V>>>(`view.${view}`, {})
  }

  async change<V extends ViewId>(view: V, options: Partial<ViewOptions<V>>): Promise<void> {
    await this.#memento.update(`view.${view}`, { ...this.#chosen(view), ...options })
    this.#publish(view)
    this.#changed.fire(view)
  }

  get useInRows(): boolean {
    return this.#memento.get<boolean>(useInRowsKey) ?? setting('stats.inRows')
  }

  async showUseInRows(shown: boolean): Promise<void> {
    await this.#memento.update(useInRowsKey, shown)
    this.#useInRowsChanged()
  }

  #useInRowsChanged(): void {
    this.#publishUse()
    this.#changed.fire('containers')
  }

  #publishUse(): void {
    setContext('quayside.useInRows', this.useInRows)
  }

  #publish(view: ViewId): void {
    const key = filteredKey(view)
    if (key === undefined) return
    // Reading settings is most of what activation costs: those that do not matter here are left alone.
    const { filter = '', scope = view === 'containers' ? setting('containers.scope') : 'all' } =
      this.#chosen(view)
    setContext(key, filter !== '' || scope !== 'all')
    if (view === 'containers') setContext('quayside.scope.containers', scope)
  }
}

const useInRowsKey = 'view.containers.useInRows'

const views: readonly ViewId[] = ['containers', 'images', 'volumes', 'networks', 'engines']

const defaults: Readonly<Record<ViewId, { readonly groupBy?: GroupSetting; readonly sortBy?: SortSetting }>> =
  {
    containers: { groupBy: 'containers.groupBy', sortBy: 'containers.sortBy' },
    images: { groupBy: 'images.groupBy', sortBy: 'images.sortBy' },
    volumes: { groupBy: 'volumes.groupBy', sortBy: 'volumes.sortBy' },
    networks: { groupBy: 'networks.groupBy', sortBy: 'networks.sortBy' },
    engines: {},
  }

type GroupSetting = Extract<SettingId, `${string}.groupBy`>
type SortSetting = Extract<SettingId, `${string}.sortBy`>
