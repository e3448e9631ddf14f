import { plainStyle, type Style } from './sgr.ts'

export interface Cell {
  /** With the marks that combine with it; empty in the second half of a wide character. */
  text: string
  readonly style: Style
}

/** Nothing moves the cursor further to the right than this, so that no sequence makes a line long. */
const widest = 1000

const combines = /^[\p{M}\u200d\u{1f3fb}-\u{1f3ff}]/u
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u
const joiner = '\u200d'

/** One row of a terminal without an end to the right. */
export class CellRow {
  readonly cells: Cell[] = []
  #column = 0

  write(text: string, style: Style): void {
    for (const character of text) {
      const joined = this.#column > 0 ? this.#before(character) : undefined
      if (joined !== undefined) joined.text += character
      else this.#put(character, style)
    }
  }

  move(to: 'column' | 'by', count: number): void {
    const column = to === 'column' ? count : this.#column + count
    this.#column =
      column > this.#column ? Math.max(this.#column, Math.min(column, widest)) : Math.max(0, column)
  }

  /** 0 from the cursor on, 1 up to it, 2 all. */
  erase(mode: 0 | 1 | 2): void {
    if (mode === 2) this.cells.length = 0
    else if (mode === 0) {
      this.#part(this.#column)
      this.cells.length = Math.min(this.cells.length, this.#column)
    } else {
      this.#part(this.#column + 1)
      for (let at = 0; at < Math.min(this.#column + 1, this.cells.length); at += 1) this.#blank(at)
    }
  }

  /** The cell that a character joins rather than taking one of its own. */
  #before(character: string): Cell | undefined {
    const half = this.cells[this.#column - 1]
    const cell = half?.text === '' ? this.cells[this.#column - 2] : half
    if (cell === undefined) return undefined
    return combines.test(character) || cell.text.endsWith(joiner) ? cell : undefined
  }

  #put(character: string, style: Style): void {
    const width = wide.test(character) ? 2 : 1
    while (this.cells.length < this.#column) this.cells.push({ text: ' ', style: plainStyle })
    this.#part(this.#column)
    this.#part(this.#column + width)
    this.cells[this.#column] = { text: character, style }
    if (width === 2) this.cells[this.#column + 1] = { text: '', style }
    this.#column += width
  }

  /** Where a wide character lies over both sides of a column, both its halves become blanks. */
  #part(column: number): void {
    if (column === 0 || this.cells[column]?.text !== '') return
    this.#blank(column - 1)
    this.#blank(column)
  }

  #blank(at: number): void {
    this.cells[at] = { text: ' ', style: plainStyle }
  }
}
