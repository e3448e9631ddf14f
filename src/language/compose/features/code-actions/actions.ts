import type { TextRange } from '../../../../shared/text-range.ts'
import type { CodeAction } from '../../../answers.ts'
import type { Context, SourceDocument } from '../../../provider.ts'
import { docOf } from '../diagnostics.ts'
import { projectOf } from '../../open.ts'
import { effectivePath, spotAt } from '../../yaml/tree.ts'
import { convertListOrMapping } from './list-or-mapping.ts'
import { convertPort } from './ports.ts'
import { addHealthcheck, convertDependsOn } from './services.ts'
import { convertRunLine } from './run-line.ts'
import { convertVolume } from './volumes.ts'

/** Changes of form that keep the meaning, at a place. */
export async function codeActions(
  doc: SourceDocument,
  range: TextRange,
  context: Context,
): Promise<readonly CodeAction[]> {
  const run = convertRunLine(doc.text, range)
  const open = await projectOf(doc, context)
  if (open.yaml.problems.length > 0) return run
  const spot = spotAt(open.yaml, range.start)
  if (spot === undefined) return run
  const place = { yaml: open.yaml, path: effectivePath(open.yaml, spot.path, spot.chain), spot }
  return [
    ...run,
    ...convertPort(place),
    ...convertVolume(place),
    ...convertDependsOn(place),
    ...convertListOrMapping(place),
    ...addHealthcheck(docOf(open), place),
  ]
}
