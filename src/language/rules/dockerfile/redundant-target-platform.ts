import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, remove } from '../facts/edits.ts'

export default defineRule({
  id: 'redundant-target-platform',
  aliases: ['RedundantTargetPlatform', 'DL3065'],
  severity: 'warning',
  fixable: 'safe',
  summary: '`--platform=$TARGETPLATFORM`, which is the default',
  why: 'A stage is built for the target platform anyway.',
  examples: [
    { bad: 'FROM «--platform=$TARGETPLATFORM» alpine\n', good: 'FROM alpine\n' },
    { bad: 'FROM «--platform=${TARGETPLATFORM}» alpine AS a\n', good: 'FROM alpine AS a\n' },
  ],
  *check(doc) {
    for (const { platform, baseRange } of doc.stages) {
      if (!platform || !/^\$(TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform.value ?? '')) continue
      // Up to the next word on the same line.
      const rest = doc.text.slice(platform.range.end, baseRange?.start ?? platform.range.end)
      yield {
        range: platform.range,
        message: t(
          '`{0}` is the default and can be left out.',
          doc.text.slice(platform.range.start, platform.range.end),
        ),
        tag: 'unnecessary',
        fix: fixOf(
          t('Remove it'),
          remove({ start: platform.range.start, end: platform.range.end + /^[ \t]*/.exec(rest)![0].length }),
        ),
      }
    }
  },
})
