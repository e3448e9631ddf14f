import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { splitImage } from '../facts/image.ts'
import { stageChain } from '../facts/stages.ts'

export default defineRule({
  id: 'no-user',
  aliases: [],
  severity: 'off',
  summary: 'Image without a USER',
  why: 'Unless the base image sets another user, the container runs as root.',
  examples: [
    { bad: '«FROM» debian:12\nCMD ["a"]\n', good: 'FROM debian:12\nUSER 1000\nCMD ["a"]\n' },
    { bad: '«FROM» scratch\n', good: 'FROM gcr.io/distroless/static:nonroot\n' },
  ],
  *check(doc) {
    const last = doc.stages.at(-1)
    if (
      !last ||
      stageChain(doc, last).some(({ instructions }) => instructions.some(({ name }) => name === 'USER'))
    )
      return
    const { tag, repository } = splitImage(stageChain(doc, last).at(-1)!.base)
    if (/nonroot|unprivileged|rootless/.test(`${repository} ${tag ?? ''}`)) return
    yield { range: last.from.keywordRange, message: t('No `USER` is set, so the container runs as root.') }
  },
})
