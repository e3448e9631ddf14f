import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { splitImage } from '../facts/image.ts'

export default defineRule({
  id: 'image-tag-latest',
  aliases: ['DL3007'],
  severity: 'warning',
  summary: 'Base image with the tag `latest`',
  why: '`latest` is whatever was pushed last; the build breaks on the day a new major version comes.',
  examples: [
    {
      bad: 'FROM «debian:latest»\n',
      good: 'FROM debian:12\nFROM debian:latest@sha256:0123456789012345678901234567890123456789012345678901234567890123\n',
    },
  ],
  *check(doc) {
    for (const { base, baseRange, baseStage } of doc.stages) {
      const { tag, digest } = splitImage(base)
      if (baseRange && baseStage === undefined && tag === 'latest' && digest === undefined)
        yield { range: baseRange, message: t('`latest` changes over time; name a version.') }
    }
  },
})
