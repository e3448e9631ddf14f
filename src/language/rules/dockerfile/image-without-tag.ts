import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { splitImage } from '../facts/image.ts'

export default defineRule({
  id: 'image-without-tag',
  aliases: ['DL3006'],
  severity: 'warning',
  summary: 'Base image without a tag',
  why: 'Without a tag the image is `latest`: whatever that is on the day of the build.',
  examples: [
    {
      bad: 'FROM «debian»\nFROM «ghcr.io/a/b» AS c\n',
      good: 'FROM debian:12 AS base\nFROM base\nFROM scratch\nFROM alpine@sha256:0123456789012345678901234567890123456789012345678901234567890123\nARG IMAGE\nFROM $IMAGE\nFROM ${REGISTRY}/a/b:1\n',
    },
  ],
  *check(doc) {
    for (const { base, baseRange, baseStage } of doc.stages) {
      if (!baseRange || baseStage !== undefined || base === 'scratch' || base.includes('$')) continue
      const { tag, digest } = splitImage(base)
      if (tag === undefined && digest === undefined)
        yield {
          range: baseRange,
          message: t('Give `{0}` a tag, so that the build is the same tomorrow.', base),
        }
    }
  },
})
