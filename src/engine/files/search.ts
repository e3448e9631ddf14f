import { within } from './file-path.ts'
import { tarEntries } from './tar-reader.ts'

/** A line of a file that holds what was looked for; lines and columns count from 1. */
export interface FoundLine {
  readonly path: string
  readonly line: number
  readonly column: number
  /** The line, cut where it is long. */
  readonly text: string
}

export interface SearchReport {
  readonly files: number
  /** Larger than what is looked into. */
  readonly tooLarge: number
}

const largest = 8 * 1024 * 1024
const longestLine = 400
const linesOfFile = 100

/**
 * Looks for a text in the files of an archive of `folder`, as they come. Upper and lower case are the same unless the text has
 * upper case in it; what holds a NUL is no text, and passed over. Ends after `most` lines.
 */
export async function* searchTar(
  archive: AsyncIterable<Uint8Array>,
  folder: string,
  wanted: string,
  most: number,
  report: (step: SearchReport) => void,
): AsyncGenerator<FoundLine> {
  const exact = wanted !== wanted.toLowerCase()
  const bytes = Buffer.from(wanted)
  let found = 0
  let files = 0
  let tooLarge = 0
  let own: string | undefined
  for await (const { header, whole } of tarEntries(archive)) {
    // The root itself has no name of its own; Podman leaves even the dot out.
    own ??= folder === '/' ? '' : header.name.replace(/\/+$/, '')
    if (header.type !== '0' && header.type !== '7') continue
    report({ files: ++files, tooLarge })
    if (header.size > largest) {
      tooLarge++
      continue
    }
    const content = await whole()
    if (exact && !content.includes(bytes)) continue
    if (content.subarray(0, 8192).includes(0)) continue
    const inside = header.name.slice(own.length)
    const path = inside === '' ? folder : within(folder, `.${inside.startsWith('/') ? '' : '/'}${inside}`)
    for (const line of linesWith(content.toString('utf8'), wanted, exact)) {
      yield { path, ...line }
      if (++found >= most) return
    }
  }
  report({ files, tooLarge })
}

function* linesWith(text: string, wanted: string, exact: boolean): Generator<Omit<FoundLine, 'path'>> {
  const lower = exact ? text : text.toLowerCase()
  // Where some letter of it is longer in lower case, places would be wrong.
  const searched = lower.length === text.length ? lower : text
  let line = 1
  let from = 0
  let told = 0
  for (let at = searched.indexOf(wanted); at >= 0 && told < linesOfFile; told++) {
    const start = searched.lastIndexOf('\n', at) + 1
    const end = searched.indexOf('\n', at)
    for (
      let next = searched.indexOf('\n', from);
      next >= 0 && next < start;
      next = searched.indexOf('\n', from)
    ) {
      line++
      from = next + 1
    }
    const whole = text.slice(start, end < 0 ? text.length : end)
    // A copy: a part of a string holds on to all of it, which is a whole file.
    const copy = Buffer.from(whole.trim().slice(0, longestLine)).toString()
    yield { line, column: at - start + 1, text: copy }
    if (end < 0) return
    at = searched.indexOf(wanted, end)
  }
}
