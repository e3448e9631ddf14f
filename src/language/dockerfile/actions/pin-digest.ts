import { t } from '../../../shared/l10n.ts'
import type { CodeAction } from '../../answers.ts'
import type { Context } from '../../provider.ts'
import { findImage } from '../hover-image.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'

/** Adds the digest of the local image to its name in FROM. */
export async function pinDigest(
  doc: DockerfileDoc,
  instruction: Instruction,
  { host, signal }: Context,
): Promise<CodeAction | undefined> {
  const stage = doc.stages[instruction.stage]
  if (instruction.name !== 'FROM' || stage?.baseRange === undefined || stage.baseStage !== undefined)
    return undefined
  const { base, baseRange } = stage
  if (/[$@]/.test(base) || base.toLowerCase() === 'scratch') return undefined
  const digest = findImage(await host.images(signal), base)?.digest
  if (digest === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined
  const at = baseRange.end
  return {
    title: t('Pin the digest of the local image'),
    kind: 'refactor.rewrite',
    edits: [{ range: { start: at, end: at }, newText: `@${digest}` }],
  }
}
