import { t } from '../../shared/l10n.ts'
import type { DocumentLink } from '../answers.ts'
import type { Context } from '../provider.ts'
import { join } from '../uri.ts'
import { contextFolder } from './build-context.ts'
import { imagePage } from './image-link.ts'
import { logicalAt } from './logical.ts'
import type { DockerfileDoc } from './model.ts'
import { copiesFromContext, isRemote } from './paths.ts'
import { scopesOf } from './scope.ts'
import { stageReferences } from './stage-names.ts'

/** More files are not asked about. */
const mostFiles = 200

/** Images to their pages, addresses of ADD, copied files to the files. */
export async function links(
  doc: DockerfileDoc,
  uri: string,
  { host, signal }: Context,
): Promise<DocumentLink[]> {
  const found: DocumentLink[] = []
  const scopes = scopesOf(doc)
  for (const { stage, range, text, instruction } of stageReferences(doc)) {
    if (stage !== undefined || /^\d+$/.test(text) || text.toLowerCase() === 'scratch') continue
    const { logical } = instruction
    const name = text.includes('$')
      ? scopes.expand(instruction, logicalAt(logical, range.start), logicalAt(logical, range.end))
      : text
    const target = name === undefined ? undefined : imagePage(name)
    if (target !== undefined) found.push({ range, target, tooltip: t('About this image') })
  }
  for (const { name, value, valueRange } of doc.directives)
    if (name === 'syntax') {
      const target = imagePage(value.split(/\s/)[0] ?? '')
      if (target !== undefined) found.push({ range: valueRange, target, tooltip: t('About this frontend') })
    }
  const folder = await contextFolder(doc, uri, host, signal)
  let files = 0
  for (const instruction of doc.instructions) {
    if (instruction.name !== 'COPY' && instruction.name !== 'ADD') continue
    const isJson = instruction.json?.state === 'valid'
    for (const word of instruction.words.slice(0, -1)) {
      if (isRemote(word.text) && /^https?:/i.test(word.text) && !/[$"'\s]/.test(word.text)) {
        found.push({ range: word.range, target: word.text })
        continue
      }
      const text = isJson
        ? word.text
        : word.text.includes('$')
          ? undefined
          : scopes.expand(instruction, word.at, word.end)
      if (
        text === undefined ||
        !copiesFromContext(instruction) ||
        isRemote(text) ||
        /[*?[]|^\d*<<|^\.?\/?$/.test(text)
      )
        continue
      if (++files > mostFiles) return found
      const target = join(folder, text.replace(/^\/+/, ''))
      if (target !== undefined && (await host.stat(target, signal))?.kind === 'file')
        found.push({ range: word.range, target })
    }
  }
  return found
}
