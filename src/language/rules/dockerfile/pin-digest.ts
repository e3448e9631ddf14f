import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { splitImage } from '../facts/image.ts'

export default defineRule({
  id: 'pin-digest',
  aliases: [],
  severity: 'off',
  summary: 'Base image without a digest',
  why: 'A tag can be moved to another image; a digest (`name:tag@sha256:…`) is that one image for ever. A bot such as Dependabot or Renovate keeps it up to date.',
  examples: [
    {
      bad: 'FROM «alpine:3»\n',
      good: 'FROM alpine:3@sha256:0123456789012345678901234567890123456789012345678901234567890123 AS a\nFROM a\nFROM scratch\n',
    },
  ],
  *check(doc) {
    for (const { base, baseRange, baseStage } of doc.stages)
      if (
        baseRange &&
        baseStage === undefined &&
        base !== 'scratch' &&
        !base.includes('$') &&
        splitImage(base).digest === undefined
      )
        yield { range: baseRange, message: t('The tag may move to another image; a digest does not.') }
  },
})
