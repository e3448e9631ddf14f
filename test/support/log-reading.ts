import { followLog } from '../../src/engine/logs/follow.ts'
import type { LogMark } from '../../src/engine/logs/mark.ts'
import type { LogRange } from '../../src/engine/logs/read-log.ts'
import type { LogTarget } from '../../src/engine/logs/target.ts'
import type { Surroundings } from '../../src/engine/logs/wake.ts'

/** A log that is followed: what has come so far as text, marks after a dash, and a way to wait for it. */
export class LogReading {
  readonly seen: string[] = []
  readonly marks: LogMark[] = []
  readonly done: Promise<void>
  readonly #controller = new AbortController()
  #waiting: (() => void)[] = []

  constructor(surroundings: Surroundings, target: LogTarget, range: LogRange = {}) {
    this.done = this.#read(surroundings, target, range)
  }

  async #read(surroundings: Surroundings, target: LogTarget, range: LogRange): Promise<void> {
    for await (const event of followLog(target, surroundings, range, this.#controller.signal)) {
      if (event.kind === 'lines')
        for (const { bytes } of event.lines) this.seen.push(Buffer.from(bytes).toString())
      else if (event.kind === 'mark') {
        this.marks.push(event.mark)
        this.seen.push(`— ${wording(event.mark)}`)
      } else if (event.kind === 'caughtUp') this.seen.push('=')
      for (const check of this.#waiting) check()
    }
  }

  /** The lines alone. */
  get lines(): readonly string[] {
    return this.seen.filter((line) => line !== '=' && !line.startsWith('— '))
  }

  /** Until this has been seen, or until it is so; says what was seen when it does not come. */
  until(what: string | (() => boolean)): Promise<void> {
    return new Promise((resolve, reject) => {
      const so = typeof what === 'string' ? () => this.seen.includes(what) : what
      const end = (): void => {
        clearTimeout(timer)
        this.#waiting = this.#waiting.filter((other) => other !== check)
      }
      const check = (): void => {
        if (!so()) return
        end()
        resolve()
      }
      const timer = setTimeout(() => {
        end()
        reject(new Error(`never came: ${String(what)}; last seen: ${JSON.stringify(this.seen.slice(-20))}`))
      }, 40_000)
      this.#waiting.push(check)
      check()
    })
  }

  /** Ends the reading; all that was seen. */
  async stop(): Promise<string> {
    this.#controller.abort()
    await this.done
    return this.seen.join(' ')
  }
}

const wording = (mark: LogMark): string =>
  mark.what === 'exited'
    ? `exited:${mark.exitCode}`
    : mark.what === 'unreadable'
      ? `unreadable:${mark.driver}`
      : mark.what
