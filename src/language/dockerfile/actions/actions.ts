import type { TextRange } from '../../../shared/text-range.ts'
import type { CodeAction } from '../../answers.ts'
import type { Context } from '../../provider.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'
import { keepingComments } from '../../rules/facts/kept-comments.ts'
import { cacheMount } from './cache-mount.ts'
import { execForm, shellForm } from './forms.ts'
import { localTags } from './local-tags.ts'
import { sortPackages } from './packages.ts'
import { pinDigest } from './pin-digest.ts'
import { mergeRuns, splitRun } from './runs.ts'
import { splitStage } from './split-stage.ts'

/** The changes one may want to make to the instructions that a range touches. */
export async function codeActions(
  doc: DockerfileDoc,
  range: TextRange,
  context: Context,
): Promise<CodeAction[]> {
  const chosen = instructionsIn(doc, range)
  const actions = [mergeRuns(doc, chosen)]
  const [only] = chosen
  if (only !== undefined && chosen.length === 1)
    actions.push(
      execForm(doc, only),
      shellForm(doc, only),
      splitRun(doc, only),
      sortPackages(doc, only),
      cacheMount(doc, only),
      splitStage(doc, only),
      ...(await localTags(doc, only, context)),
      await pinDigest(doc, only, context),
    )
  return actions.flatMap((action) => (action === undefined ? [] : [keepingComments(action, doc)]))
}

function instructionsIn(doc: DockerfileDoc, range: TextRange): Instruction[] {
  const found: Instruction[] = []
  for (const instruction of doc.instructions) {
    if (instruction.range.start > range.end) break
    if (instruction.fullRange.end >= range.start) found.push(instruction)
  }
  return found
}
