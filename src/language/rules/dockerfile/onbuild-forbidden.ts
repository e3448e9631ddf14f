import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'onbuild-forbidden',
  aliases: ['DL3043'],
  severity: 'error',
  summary: 'FROM, MAINTAINER or ONBUILD inside ONBUILD',
  why: 'These cannot be put off to the build of a later image; the build stops.',
  examples: [
    {
      bad: 'FROM alpine:3\nONBUILD «FROM» x:1\nONBUILD «onbuild» RUN y\nONBUILD «MAINTAINER» z\n',
      good: 'FROM alpine:3\nONBUILD RUN y\n',
    },
  ],
  *check(doc) {
    for (const { trigger } of doc.instructions)
      if (trigger && ['FROM', 'MAINTAINER', 'ONBUILD'].includes(trigger.name))
        yield {
          range: trigger.keywordRange,
          message: t('`{0}` cannot stand inside `ONBUILD`.', trigger.name),
        }
  },
})
