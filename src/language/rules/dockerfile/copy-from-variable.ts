import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'copy-from-variable',
  aliases: [],
  severity: 'error',
  summary: '`COPY --from` with a variable',
  why: 'Variables are not replaced there; the build stops. Give the image a stage of its own (`FROM $IMAGE AS tools`) and copy from that.',
  examples: [
    {
      bad: 'FROM alpine:3\nCOPY --from=«$IMAGE» a /a\n',
      good: 'ARG IMAGE=x:1\nFROM $IMAGE AS tools\nFROM alpine:3\nCOPY --from=tools a /a\n',
    },
  ],
  *check(_doc, context) {
    for (const { flags } of context.named('COPY'))
      for (const { name, value, valueRange } of flags)
        if (name === 'from' && valueRange && value?.includes('$'))
          yield {
            range: valueRange,
            message: t('`--from` takes no variable; name the image in a `FROM` of its own.'),
          }
  },
})
