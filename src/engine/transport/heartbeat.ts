import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'

export interface Watched {
  /** Grows whenever the engine sends something. */
  bytesRead(): number
  fail(fault: EngineError): void
}

/**
 * Finds connections that are silent because nobody is there any more: bytes stop without an end. While something is watched
 * and silent for a whole interval, the engine is pinged on another connection; two failures fail all that is silent.
 */
export class Heartbeat {
  readonly #intervalMs: number
  readonly #ping: () => Promise<unknown>
  readonly #watched = new Map<Watched, number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #busy = false

  constructor(intervalMs: number, ping: () => Promise<unknown>) {
    this.#intervalMs = intervalMs
    this.#ping = ping
  }

  /** Watches until the returned function is called. */
  watch(watched: Watched): () => void {
    this.#watched.set(watched, watched.bytesRead())
    this.#schedule()
    return () => {
      this.#watched.delete(watched)
      if (this.#watched.size > 0) return
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#busy || this.#watched.size === 0) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#beat()
    }, this.#intervalMs).unref()
  }

  async #beat(): Promise<void> {
    const silent: Watched[] = []
    for (const [watched, before] of this.#watched) {
      const now = watched.bytesRead()
      if (now === before) silent.push(watched)
      else this.#watched.set(watched, now)
    }
    if (silent.length > 0) {
      this.#busy = true
      const answered = (await this.#answers()) || (this.#watched.size > 0 && (await this.#answers()))
      this.#busy = false
      if (!answered) this.#fail(silent)
    }
    this.#schedule()
  }

  async #answers(): Promise<boolean> {
    try {
      await this.#ping()
      return true
    } catch {
      return false
    }
  }

  #fail(silent: readonly Watched[]): void {
    for (const watched of silent) {
      const before = this.#watched.get(watched)
      if (before === undefined || watched.bytesRead() !== before) continue
      watched.fail(
        new EngineError('lost', t('The engine does not answer any more.'), {
          nextStep: t('It reconnects by itself once the engine is back; then try again.'),
        }),
      )
    }
  }
}
