import { inspect } from 'node:util'

const reveals = new WeakMap<Secret, string>()

/** A value that prints as `•••` wherever it ends up: text, JSON, inspection, an error's message. */
export class Secret {
  constructor(value: string) {
    reveals.set(this, value)
  }

  /** The value itself; call it where it is sent, nowhere else. */
  reveal(): string {
    return reveals.get(this) ?? ''
  }

  toString(): string {
    return '•••'
  }

  toJSON(): string {
    return '•••'
  }

  [inspect.custom](): string {
    return '•••'
  }
}
