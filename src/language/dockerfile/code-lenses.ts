import { t } from '../../shared/l10n.ts'
import type { CodeLens } from '../answers.ts'
import type { DockerfileDoc } from './model.ts'

export const buildCommand = 'quayside.build.dockerfile'
export const runCommand = 'quayside.build.run'

/** Build, build up to a stage, run; only what the client can do. */
export function codeLenses(doc: DockerfileDoc, uri: string, commands: readonly string[]): CodeLens[] {
  const lenses: CodeLens[] = []
  for (const { from, index, name } of doc.stages) {
    const range = from.keywordRange
    const isLast = index === doc.stages.length - 1
    const target = name?.toLowerCase()
    const argument = isLast || target === undefined ? { uri } : { uri, target }
    if (commands.includes(buildCommand) && (isLast || target !== undefined))
      lenses.push({
        range,
        title: isLast ? t('Build') : t('Build this stage'),
        command: buildCommand,
        argument,
      })
    if (commands.includes(runCommand) && isLast)
      lenses.push({ range, title: t('Run'), command: runCommand, argument })
  }
  return lenses
}
