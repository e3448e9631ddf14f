/** Collects the English texts of the manifest under their keys, for `package.nls.json`; gives back the reference. */
export class Texts {
  readonly #texts = new Map<string, string>()

  /** `%key%`, as the manifest refers to it. The same key with another text is a mistake of ours. */
  add(key: string, english: string): string {
    const known = this.#texts.get(key)
    if (known !== undefined && known !== english)
      throw new Error(`two texts for ${key}: ${known} / ${english}`)
    this.#texts.set(key, english)
    return `%${key}%`
  }

  sorted(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#texts].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}
