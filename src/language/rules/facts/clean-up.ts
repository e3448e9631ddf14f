import type { TextRange } from '../../../shared/text-range.ts'
import type { DockerfileDoc } from '../../dockerfile/model.ts'
import type { Fix, Report } from '../rule.ts'
import { appendCommand } from './append.ts'
import type { Run } from './context.ts'
import { fixOf } from './edits.ts'
import { isInImage, mountsAway } from './stages.ts'

/** What a run leaves behind in its layer, and how it is cleaned. */
export interface Leftover {
  readonly run: Run
  readonly range: TextRange
}

export interface CleanUp {
  /** Folders; on a cache or tmpfs mount they are no part of the layer. */
  readonly folders: readonly string[]
  /** Whether a later command of the run cleans up. */
  readonly isClean: (run: Run) => boolean
  readonly command: string
  /** Whether the command may be added; absent: always. */
  readonly mayFix?: (run: Run) => boolean
  readonly title: string
  readonly message: string
}

/** One report for each run that leaves something behind, in stages whose layers are kept. */
export function* leftovers(doc: DockerfileDoc, found: Iterable<Leftover>, how: CleanUp): Generator<Report> {
  const seen = new Set<Run>()
  for (const { run, range } of found) {
    if (seen.has(run)) continue
    seen.add(run)
    if (!isInImage(doc, run.instruction) || how.isClean(run)) continue
    if (mountsAway(doc, run.instruction, how.folders)) continue
    const edit = how.mayFix?.(run) === false ? undefined : appendCommand(doc, run, how.command)
    const fix: Fix | undefined = edit && fixOf(how.title, edit)
    yield { range, message: how.message, ...(fix && { fix }) }
  }
}

/** Whether the run removes a folder (or what is in it) with `rm`. */
export function removes(run: Run, folder: RegExp): boolean {
  return run.script.commands.some(
    ({ name, args }) =>
      (name === 'rm' && args.some(({ text }) => folder.test(text))) ||
      (name === 'find' &&
        args.some(({ text }) => folder.test(text)) &&
        args.some(({ text }) => text === '-delete' || text === 'rm')),
  )
}

/** Whether the run has a command with one of the words among its arguments. */
export function runs(run: Run, names: readonly string[], ...words: string[]): boolean {
  return run.script.commands.some(
    ({ name, args }) => names.includes(name) && args.some(({ text }) => words.includes(text)),
  )
}
