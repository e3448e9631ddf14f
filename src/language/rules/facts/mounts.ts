/** The keys of `RUN --mount`, by their kind of value. */
export const mountKeyKinds: Readonly<
  Record<string, 'text' | 'boolean' | 'number' | 'octal' | 'size' | 'sharing' | 'type'>
> = {
  type: 'type',
  from: 'text',
  source: 'text',
  src: 'text',
  target: 'text',
  dst: 'text',
  destination: 'text',
  readonly: 'boolean',
  ro: 'boolean',
  readwrite: 'boolean',
  rw: 'boolean',
  required: 'boolean',
  id: 'text',
  sharing: 'sharing',
  size: 'size',
  mode: 'octal',
  uid: 'number',
  gid: 'number',
  env: 'text',
}

export const mountTypes: readonly string[] = ['bind', 'cache', 'tmpfs', 'secret', 'ssh']

/** Where some keys are allowed; the others are allowed everywhere. */
export const mountKeyTypes: Readonly<Record<string, readonly string[]>> = {
  required: ['secret', 'ssh'],
  size: ['tmpfs'],
  sharing: ['cache'],
  mode: ['cache', 'secret', 'ssh'],
  uid: ['cache', 'secret', 'ssh'],
  gid: ['cache', 'secret', 'ssh'],
}

/** Whether a value fits the kind of its key; variables fit everywhere. */
export function fitsMountKey(kind: (typeof mountKeyKinds)[string], value: string): boolean {
  if (value.includes('$')) return true
  switch (kind) {
    case 'type':
      return mountTypes.includes(value.toLowerCase())
    case 'boolean':
      return /^(1|t|true|0|f|false)$/i.test(value)
    case 'number':
      return /^\d+$/.test(value)
    case 'octal':
      return /^[0-7]+$/.test(value)
    case 'size':
      return /^\d+(\.\d+)? ?([kmgtp]i?b?|b)?$/i.test(value)
    case 'sharing':
      return ['shared', 'private', 'locked'].includes(value.toLowerCase())
    default:
      return true
  }
}
