/** Words of our own for one key: what it is for, how it is written, since when it is known. */
export interface Words {
  readonly doc: string
  readonly example?: string
  readonly since?: string
}

/** By the way to a key: the definition it belongs to and the keys below it, joined by dots; `*` for a free name. */
export const docs: Readonly<Record<string, Words>> = {}
