import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { splitImage } from '../facts/image.ts'
import { stageChain } from '../facts/stages.ts'

/** Official images with a `-slim` variant of every version. */
const slimmable = /^(library\/)?(node|python|ruby|perl|rust|openjdk)$/

export default defineRule({
  id: 'slim-base',
  aliases: [],
  severity: 'hint',
  fixable: 'suggestion',
  summary: 'Full base image where there is a slim one',
  why: 'The full images carry compilers and headers, some 700 MB more than the `-slim` ones. The last stage seldom needs them.',
  examples: [
    {
      bad: 'FROM node:20 AS build\nFROM «node:20»\nCOPY --from=build /a /a\n',
      good: 'FROM node:20 AS build\nFROM node:20-slim\nCOPY --from=build /a /a\n',
    },
  ],
  *check(doc) {
    const last = doc.stages.at(-1)
    const stage = last && stageChain(doc, last).at(-1)
    if (!stage?.baseRange) return
    const { registry, repository, tag, digest } = splitImage(stage.base)
    if (
      registry !== undefined ||
      digest !== undefined ||
      !slimmable.test(repository) ||
      !/^\d+(\.\d+)*$/.test(tag ?? '')
    )
      return
    yield {
      range: stage.baseRange,
      message: t('`{0}-slim` is some 700 MB smaller.', stage.base),
      suggestions: [fixOf(t('Use `{0}-slim`', stage.base), insert(stage.baseRange.end, '-slim'))],
    }
  },
})
