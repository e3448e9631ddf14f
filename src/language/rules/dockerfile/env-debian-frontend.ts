import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'env-debian-frontend',
  aliases: [],
  severity: 'information',
  fixable: 'suggestion',
  summary: '`ENV DEBIAN_FRONTEND=noninteractive`',
  why: 'ENV stays in the image: who works in a container of it later gets no questions from apt and wonders. An ARG holds for the build only.',
  references: ['https://docs.docker.com/reference/dockerfile/#env'],
  examples: [
    {
      bad: 'FROM debian:12\nENV «DEBIAN_FRONTEND»=noninteractive\n',
      good: 'FROM debian:12\nARG DEBIAN_FRONTEND=noninteractive\n',
    },
    {
      bad: 'FROM debian:12\nENV «DEBIAN_FRONTEND» noninteractive\nENV A=b «DEBIAN_FRONTEND»=noninteractive\n',
      good: 'FROM debian:12\nRUN DEBIAN_FRONTEND=noninteractive apt-get install -y a\n',
      fixed: false,
    },
  ],
  *check(_doc, context) {
    for (const { pairs, keyword, keywordRange } of context.named('ENV'))
      for (const { key, keyRange, value, separator } of pairs) {
        if (key !== 'DEBIAN_FRONTEND' || !/noninteractive/.test(value ?? '')) continue
        yield {
          range: keyRange,
          message: t('This stays in the image; use `ARG`, which ends with the build.'),
          ...(pairs.length === 1 &&
            separator === '=' && {
              suggestions: [fixOf(t('Use `ARG`'), replace(keywordRange, keyword === 'env' ? 'arg' : 'ARG'))],
            }),
        }
      }
  },
})
