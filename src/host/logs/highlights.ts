import type * as vscode from 'vscode'
import type { LogTarget } from '../../engine/logs/target.ts'

const key = 'logs.highlights'
const most = 20
/** So many containers are remembered. */
const mostContainers = 200

/** The words that a user has marked, by container: the service of a project or of a swarm, or the name. */
export class Highlights {
  readonly #memento: vscode.Memento

  constructor(memento: vscode.Memento) {
    this.#memento = memento
  }

  of(targets: readonly LogTarget[]): readonly string[] {
    // A container may be called `constructor`.
    const all = new Map(Object.entries(this.#all()))
    return [...new Set(targets.flatMap((target) => all.get(nameOf(target)) ?? []))].slice(0, most)
  }

  async set(targets: readonly LogTarget[], terms: readonly string[]): Promise<void> {
    const names = targets.map(nameOf)
    const others = Object.entries(this.#all()).filter(([name]) => !names.includes(name))
    const own = terms.length === 0 ? [] : names.map((name) => [name, terms] as const)
    await this.#memento.update(key, Object.fromEntries([...others, ...own].slice(-mostContainers)))
  }

  #all(): Readonly<Record<string, readonly string[]>> {
    return this.#memento.get(key, {})
  }
}

const nameOf = ({ name, compose, swarm }: LogTarget): string =>
  swarm !== undefined ? swarm.service : compose === undefined ? name : `${compose.project}/${compose.service}`
