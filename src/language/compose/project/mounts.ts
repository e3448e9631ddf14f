/** A volume as the short syntax says it. */
export interface Mount {
  readonly type: 'bind' | 'volume'
  readonly source: string
  readonly target: string
  readonly options: readonly string[]
}

export type MountFault = 'empty' | 'empty-section' | 'too-many-colons'

/**
 * `source:target:options`. A colon after a single letter belongs to a Windows drive. Where the parts lie is told by
 * `splitMount`.
 */
export function parseMount(text: string): Mount | MountFault {
  if (text === '') return 'empty'
  if (text.length <= 2 && new TextEncoder().encode(text).length <= 2)
    return { type: 'volume', source: '', target: text, options: [] }
  const parts = splitMount(text)
  if (parts.some((part) => part.text === '')) return 'empty-section'
  if (parts.length > 3) return 'too-many-colons'
  const [first, second, third] = parts.map((part) => part.text)
  if (second === undefined) return { type: 'volume', source: '', target: first ?? '', options: [] }
  return {
    type: isPath(first ?? '') ? 'bind' : 'volume',
    source: first ?? '',
    target: second,
    options: third === undefined ? [] : third.split(','),
  }
}

/** The last word counts. */
export function isReadOnly({ options }: Mount): boolean {
  return options.findLast((option) => option === 'ro' || option === 'rw') === 'ro'
}

export interface MountPart {
  readonly text: string
  /** Offset in the whole text. */
  readonly start: number
}

/** The sections between the colons that separate. */
export function splitMount(text: string): readonly MountPart[] {
  const parts: MountPart[] = []
  let start = 0
  let inVariable = 0
  for (let offset = 0; offset <= text.length; offset++) {
    const character = text[offset]
    if (character === '$' && text[offset + 1] === '{') inVariable++
    else if (character === '}' && inVariable > 0) inVariable--
    else if (character === undefined || (character === ':' && inVariable === 0)) {
      const section = text.slice(start, offset)
      if (character === ':' && isDriveLetter(section)) continue
      if (character === undefined && inVariable > 0) continue
      parts.push({ text: section, start })
      start = offset + 1
    }
  }
  return parts
}

/** Where the source of a short volume lies in its text. */
export function sourcePart(word: string): { start: number; end: number } | undefined {
  const parts = splitMount(word)
  const first = parts[0]
  return first === undefined || parts.length < 2
    ? undefined
    : { start: first.start, end: first.start + first.text.length }
}

function isDriveLetter(text: string): boolean {
  return text.length === 1 && /\p{L}/u.test(text)
}

/** True for what the engine takes for a path on the host, not for the name of a volume. */
export function isPath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source)
}

/** A path without `.`, `..`, doubled and trailing slashes, as the engine compares targets. */
export function cleanPath(path: string): string {
  if (path === '') return ''
  const rooted = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '..' || !rooted) parts.push(part)
  }
  return `${rooted ? '/' : ''}${parts.join('/')}` || (rooted ? '/' : '.')
}
