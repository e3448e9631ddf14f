/**
 * Tells VS Code which rows have changed, so that it misses none. While it takes rows it does: it does not know yet those that
 * are on their way to it, and a list that it is told to ask for anew it fills from the answer that it waits for. So what is told
 * meanwhile is told once more when it has taken them. No row is undefined: the view itself.
 */
export class RowChanges<T> {
  readonly #tell: (row: T | undefined) => void
  readonly #taken: () => PromiseLike<unknown>
  readonly #again = new Set<T | undefined>()
  #underway = 0

  /** `taken` settles when VS Code has done all that it was sent before. */
  constructor(tell: (row: T | undefined) => void, taken: () => PromiseLike<unknown>) {
    this.#tell = tell
    this.#taken = taken
  }

  tell(row: T | undefined): void {
    if (this.#underway > 0) this.#again.add(row)
    this.#tell(row)
  }

  /** Tells of a change when VS Code has taken the rows that are being given. */
  tellAfterwards(row: T | undefined): void {
    this.#again.add(row)
  }

  /** Gives rows that VS Code has asked for. */
  async giving<R>(rows: Promise<R>): Promise<R> {
    this.#underway++
    try {
      return await rows
    } finally {
      // VS Code sends them on before the next turn; several lists that it asks for at once go together, with the last.
      setImmediate(() => void this.#settle())
    }
  }

  async #settle(): Promise<void> {
    try {
      await this.#taken()
    } catch {
      // A window that is being closed answers no more.
    }
    this.#underway--
    if (this.#underway === 0) this.#tellAgain()
  }

  #tellAgain(): void {
    const rows = [...this.#again]
    this.#again.clear()
    for (const row of rows) this.#tell(row)
  }
}
