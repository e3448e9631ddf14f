import { t } from '../../../shared/l10n.ts'
import type { CodeAction } from '../../answers.ts'
import type { Context } from '../../provider.ts'
import { splitImage } from '../../rules/facts/image.ts'
import { sameRepository } from '../hover-image.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'

/** More are not offered; the newest images come first. */
const mostTags = 3

/** The tags that the engine has of a base image which is named without one, or with `latest`. */
export async function localTags(
  doc: DockerfileDoc,
  instruction: Instruction,
  { host, signal }: Context,
): Promise<CodeAction[]> {
  const stage = doc.stages[instruction.stage]
  if (instruction.name !== 'FROM' || stage?.baseRange === undefined || stage.baseStage !== undefined)
    return []
  const { base, baseRange } = stage
  const { tag } = splitImage(base)
  if (/[$@"'\\]/.test(base) || base.toLowerCase() === 'scratch' || (tag ?? 'latest') !== 'latest') return []
  const bare = tag === undefined ? base : base.slice(0, -':latest'.length)
  return [...(await host.images(signal))]
    .sort((a, b) => b.created - a.created)
    .flatMap(({ name }) => {
      const found = splitImage(name).tag
      return found !== undefined && found !== 'latest' && sameRepository(name, base) ? [found] : []
    })
    .filter((found) => /^\w[\w.-]{0,127}$/.test(found))
    .slice(0, mostTags)
    .map((found) => ({
      title: t('Use the local tag `{0}`', found),
      kind: 'refactor.rewrite',
      edits: [{ range: baseRange, newText: `${bare}:${found}` }],
    }))
}
