/** A service as a compose file has it, as far as its lines tell; what they mean is the language server's affair. */
export interface WrittenService {
  readonly name: string
  /** Counted from 1. */
  readonly line: number
  /** Without one of these it is not started. */
  readonly profiles?: readonly string[]
  /** How many containers it is to have, where a number is written. */
  readonly replicas?: number
}

/** The keys below `services:` of a compose file, with their lines: enough for a list. */
export function writtenServices(text: string): readonly WrittenService[] {
  const services: { name: string; line: number; profiles?: string[]; replicas?: number }[] = []
  let inside = false
  let indent: string | undefined
  /** The keys around a line, by their columns. */
  let around: { readonly column: number; readonly key: string }[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue
    if (/^\S/.test(line)) {
      inside = /^services:\s*(?:#.*)?$/.test(line)
      indent = undefined
      continue
    }
    if (!inside) continue
    const [, blanks = '', dash = '', key, value = ''] =
      /^(\s*)(- +)?(?:["']?([a-zA-Z0-9._-]+)["']?:(?=\s|$))?\s*(.*)$/.exec(line) ?? []
    indent ??= blanks
    const column = blanks.length
    const last = services.at(-1)
    if (blanks === indent) {
      around = []
      if (key !== undefined && dash === '') services.push({ name: key, line: index + 1 })
      continue
    }
    // The entries of a list can stand below their key.
    while (around.length > 0 && around.at(-1)!.column >= column + (dash === '' ? 0 : 1)) around.pop()
    const path = [...around.map((each) => each.key), ...(key === undefined ? [] : [key])].join('.')
    if (last !== undefined) note(last, path, dash !== '', value)
    if (key !== undefined && dash === '') around.push({ column, key })
  }
  return services
}

function note(
  service: { profiles?: string[]; replicas?: number },
  path: string,
  listed: boolean,
  value: string,
): void {
  if (path === 'profiles') {
    const words = listed ? [value] : (/^\[(.*)\]/.exec(value)?.[1]?.split(',') ?? [])
    const names = words.map((word) =>
      word
        .replace(/\s+#.*$/, '')
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2'),
    )
    service.profiles = [...(service.profiles ?? []), ...names.filter((name) => name !== '')]
  } else if ((path === 'scale' || path === 'deploy.replicas') && /^\d{1,6}(?:\s|$)/.test(value))
    service.replicas = Number.parseInt(value, 10)
}
