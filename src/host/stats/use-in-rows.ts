import type * as vscode from 'vscode'
import { systemClock } from '../../engine/live/clock.ts'
import type { LiveUse } from '../../engine/stats/live-use.ts'
import type { Row, TreeNode } from '../../tree/node.ts'
import { runningIn, useText, withUse } from '../../tree/use.ts'
import type { WindowEngines } from '../engines.ts'
import { setting } from '../settings.ts'

/**
 * CPU and memory in the rows of a view. Off until asked for, since it costs an open request for each container; those are open
 * while the view can be seen, and not while more containers run in it than the setting allows.
 */
export class UseInRows implements vscode.Disposable {
  readonly #engines: WindowEngines
  readonly #changed: () => void
  #live: LiveUse | undefined
  #nodes: readonly TreeNode[] = []
  #on = false

  constructor(engines: WindowEngines, changed: () => void) {
    this.#engines = engines
    this.#changed = changed
  }

  /** `on` while it is asked for and the view can be seen. */
  show(on: boolean): void {
    if (this.#on === on) return
    this.#on = on
    if (on && this.#live === undefined) void this.#load()
    this.#follow()
  }

  /** What the view shows now. */
  shown(nodes: readonly TreeNode[]): void {
    this.#nodes = nodes
    if (this.#live !== undefined) this.#follow()
  }

  row(node: TreeNode, row: Row): Row {
    const live = this.#live
    return live === undefined || !this.#on
      ? row
      : withUse(
          row,
          useText(node, (container) => live.latest(container)),
        )
  }

  async #load(): Promise<void> {
    const { LiveUse } = await import('../../engine/stats/live-use.ts')
    if (this.#live !== undefined) return
    this.#live = new LiveUse({
      clock: systemClock,
      engine: (id) => this.#engines.live.store(id)?.engine,
      interval: () => setting('stats.inRowsInterval') * 1_000,
    })
    this.#live.onDidChange(this.#changed)
    this.#follow()
  }

  #follow(): void {
    const running = this.#on ? runningIn(this.#nodes) : []
    this.#live?.follow(running.length > setting('stats.inRowsLimit') ? [] : running)
  }

  dispose(): void {
    this.#on = false
    this.#live?.dispose()
  }
}
