/** Above this, a line is nobody's record: it is dropped, and reading goes on behind it. */
export const lineLimit = 1024 * 1024

const nothing = Buffer.alloc(0)

/**
 * The lines of a byte stream as text, however the bytes were cut: characters are put together before they are decoded. The last
 * line needs no newline. Empty lines, and the record separators of `application/json-seq`, are left out. A piece of the source is
 * not looked at any more once the next has been asked for.
 */
export async function* lines(source: AsyncIterable<Buffer>, limit = lineLimit): AsyncGenerator<string> {
  let held: Buffer[] = []
  let length = 0
  let tooLong = false

  const hold = (part: Buffer): void => {
    length += part.length
    if (length > limit) {
      tooLong = true
      held = []
    }
    if (!tooLong && part.length > 0) held.push(part)
  }
  const take = (): string => {
    const [first = nothing, ...more] = held
    const text = (more.length === 0 ? first : Buffer.concat(held)).toString('utf8')
    held = []
    length = 0
    tooLong = false
    return (
      text.includes('\u0000') || text.includes('\u001e') ? text.replace(/[\u0000\u001e]/g, '') : text
    ).trim()
  }

  for await (const chunk of source) {
    let from = 0
    for (;;) {
      const newline = chunk.indexOf(0x0a, from)
      if (newline === -1) break
      hold(chunk.subarray(from, newline))
      from = newline + 1
      const line = take()
      if (line !== '') yield line
    }
    if (from < chunk.length) hold(Buffer.from(chunk.subarray(from)))
  }
  const rest = take()
  if (rest !== '') yield rest
}

/** The JSON objects of a stream with one a line; a line that is none is left out. */
export async function* records(
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  for await (const line of lines(source)) {
    const record = recordOf(line)
    if (record !== undefined) yield record
  }
}

export function recordOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}
