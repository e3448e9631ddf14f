import { visibleText } from './ansi.ts'
import { isMark, unfinished } from './line-flags.ts'
import type { LogSession } from './session.ts'
import { fullTime } from './time-text.ts'
import type { LogView } from './view.ts'

/** More than this is no use in a clipboard or a document, and would fill the memory. */
export const longestCopy = 40 * 1024 * 1024

export interface CopyOptions {
  /** The first and the last line, by number. */
  readonly from: number
  readonly to: number
  /** With the time of each line. */
  readonly times: boolean
}

/** The shown lines of a stretch as text: without colours; with the name of the source where there are several. */
export function copyLines(session: LogSession, view: LogView, options: CopyOptions): string {
  return [...textLines(session, view, options)].join('')
}

/** The same, line by line, each with its line end; ends before `longestCopy` is reached. */
export function* textLines(
  { store, sources }: LogSession,
  view: LogView,
  { from, to, times }: CopyOptions,
): Generator<string> {
  const first = view.indexOf(Math.min(from, to))
  const last = view.indexOf(Math.max(from, to) + 1)
  const width = Math.max(0, ...sources.map(({ label }) => label.length))
  let size = 0
  for (let index = first; index < last && size < longestCopy; index += 1) {
    const seq = view.seqAt(index)
    const line = seq === undefined ? undefined : store.line(seq)
    if (seq === undefined || line === undefined) continue
    const label = sources.length > 1 ? `${(sources[line.source]?.label ?? '').padEnd(width)} | ` : ''
    const time = times ? `${fullTime(line)} ` : ''
    const shown = visibleText(store.text(seq))
    const text = isMark(line.flags) ? `— ${shown} —` : shown
    // The pieces of a very long line are one line again.
    const goesOn = (line.flags & unfinished) !== 0 && sources.length === 1
    const whole = `${time}${label}${text}${goesOn ? '' : '\n'}`
    size += whole.length
    yield whole
  }
}
