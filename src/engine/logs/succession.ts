import type { Container } from '../model/container.ts'
import { continues, type LogTarget } from './target.ts'
import type { Surroundings } from './wake.ts'

/** Which container a target is now, and which takes its place. */
export class Succession {
  readonly #target: LogTarget
  readonly #surroundings: Surroundings
  #id: string
  /** When the container was made: a task of a swarm is replaced by a later one, while earlier ones stay. Engines count in seconds. */
  #created: number
  readonly #passed = new Set<string>()

  constructor(target: LogTarget, surroundings: Surroundings) {
    this.#target = target
    this.#surroundings = surroundings
    this.#id = target.container
    this.#created = surroundings.state.containers.items.get(target.container)?.created ?? 0
  }

  get id(): string {
    return this.#id
  }

  /** What took the container's place; of several tasks of a swarm the next, so that the log of none is left out. */
  next(): Container | undefined {
    const others = [...this.#surroundings.state.containers.items.values()].filter(
      (container) => container.id !== this.#id && continues(this.#target, container),
    )
    return this.#target.swarm === undefined
      ? others.sort((a, b) => b.created - a.created)[0]
      : others
          .filter(({ id, created }) => created >= this.#created && !this.#passed.has(id))
          .sort((a, b) => a.created - b.created)[0]
  }

  /** The containers of a swarm's tasks stay for a while after they have ended, and never run again. */
  laterTask(): Container | undefined {
    return this.#target.swarm === undefined ? undefined : this.next()
  }

  goOnWith({ id, created }: Container): void {
    this.#passed.add(this.#id)
    this.#id = id
    this.#created = created
  }
}
