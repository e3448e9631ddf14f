import type { TextEdit, TextRange } from '../shared/text-range.ts'

/** The edits of a rename by the uri of their file, each place once however often it is found. */
export class RenameEdits {
  readonly edits: Record<string, TextEdit[]> = {}
  readonly #newText: string
  readonly #places = new Set<string>()

  constructor(newText: string) {
    this.#newText = newText
  }

  add(uri: string, range: TextRange): void {
    const place = `${range.start} ${uri}`
    if (this.#places.has(place)) return
    this.#places.add(place)
    const list = (this.edits[uri] ??= [])
    list.push({ range, newText: this.#newText })
  }
}
