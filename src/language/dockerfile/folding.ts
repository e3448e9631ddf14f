import type { Fold } from '../answers.ts'
import { lineAt } from './lines.ts'
import type { DockerfileDoc } from './model.ts'

/** Stages, instructions over several lines, heredocs, runs of comment lines, and `#region` … `#endregion`. */
export function folds(doc: DockerfileDoc): Fold[] {
  const found: Fold[] = []
  const line = (offset: number): number => lineAt(doc.lineStarts, offset)
  const add = (start: number, end: number, kind: Fold['kind']): void => {
    if (end > start) found.push({ startLine: start, endLine: end, kind })
  }
  for (const { range } of doc.stages) add(line(range.start), line(range.end), undefined)
  for (const { range, fullRange, heredocs } of doc.instructions) {
    if (heredocs.length <= 1) add(line(range.start), line(fullRange.end), undefined)
    else {
      add(line(range.start), line(range.end), undefined)
      for (const { body, end } of heredocs) {
        const last = line(end?.start ?? body.end)
        add(line(body.start) - 1, last - 1, undefined)
      }
    }
  }
  const regions: number[] = []
  let run: { start: number; end: number } | undefined
  for (const { text, range } of doc.comments) {
    const at = line(range.start)
    if (/^#?region\b/.test(text)) regions.push(at)
    else if (/^#?endregion\b/.test(text)) {
      const start = regions.pop()
      if (start !== undefined) add(start, at, 'region')
    }
    if (run?.end === at - 1) run.end = at
    else {
      if (run !== undefined) add(run.start, run.end, 'comment')
      run = { start: at, end: at }
    }
  }
  if (run !== undefined) add(run.start, run.end, 'comment')
  return found
}
