/** The parts of a port in short form as they are written, some of them variables. Empty where a part is not written. */
export interface PortWords {
  readonly hostIp: string
  readonly published: string
  readonly target: string
  readonly protocol: string
}

/** Reads `ip:host:container/protocol`; colons and slashes in the braces of variables belong to those. Undefined for anything else. */
export function portWords(text: string): PortWords | undefined {
  const parts = outside(text, ':')
  const last = parts?.pop()
  const published = parts?.pop() ?? ''
  const address = parts?.join(':') ?? ''
  const hostIp = /^\[(.*)\]$/.exec(address)?.[1] ?? address
  const [target = '', protocol, ...more] = (last === undefined ? undefined : outside(last, '/')) ?? []
  if (target === '' || more.length > 0) return undefined
  return { hostIp, published, target, protocol: protocol === undefined || protocol === '' ? 'tcp' : protocol }
}

/** The parts between separators that stand in no braces of a variable; undefined where braces stay open. */
function outside(text: string, separator: string): string[] | undefined {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('${', at)) depth++
    else if (text[at] === '}' && depth > 0) depth--
    else if (text[at] === separator && depth === 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return depth > 0 ? undefined : [...parts, text.slice(start)]
}
