import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'cmd-ignored',
  aliases: [],
  severity: 'warning',
  summary: 'CMD beside an ENTRYPOINT in shell form',
  why: 'An `ENTRYPOINT` in shell form runs its command line as it is; neither `CMD` nor the arguments of `docker run` reach it. Write it as a JSON array.',
  references: ['https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact'],
  examples: [
    {
      bad: 'FROM alpine:3\nENTRYPOINT run\n«CMD» ["a"]\n',
      good: 'FROM alpine:3\nENTRYPOINT ["run"]\nCMD ["a"]\n',
    },
  ],
  *check(doc) {
    for (const { instructions } of doc.stages) {
      const entrypoint = instructions.filter(({ name }) => name === 'ENTRYPOINT').at(-1)
      const cmd = instructions.filter(({ name }) => name === 'CMD').at(-1)
      if (entrypoint?.command?.form === 'shell' && cmd && !/["']?\$(@|\*)/.test(entrypoint.command.text))
        yield {
          range: cmd.keywordRange,
          message: t('This `CMD` has no effect: the `ENTRYPOINT` is in shell form.'),
          related: [{ range: entrypoint.keywordRange, message: t('The `ENTRYPOINT`.') }],
        }
    }
  },
})
