import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'maintainer-deprecated',
  aliases: ['MaintainerDeprecated', 'DL4000'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'MAINTAINER instead of a label',
  why: '`MAINTAINER` is deprecated. The label `org.opencontainers.image.authors` says the same and shows in `docker inspect`.',
  examples: [
    {
      bad: 'FROM alpine\n«MAINTAINER» Ann <ann@example.com>\n',
      good: 'FROM alpine\nLABEL org.opencontainers.image.authors="Ann <ann@example.com>"\n',
    },
  ],
  *check(doc, context) {
    for (const instruction of context.named('MAINTAINER')) {
      const { text, range } = instruction.args
      const value = text.replace(/^(["'])(.*)\1$/, '$2').replace(/["$\\]/g, `${doc.escape}$&`)
      const keyword = instruction.keyword === 'maintainer' ? 'label' : 'LABEL'
      yield {
        range: instruction.keywordRange,
        message: t('`MAINTAINER` is deprecated; use a label.'),
        tag: 'deprecated',
        ...(text !== '' && {
          fix: fixOf(
            t('Write it as a label'),
            replace(
              { start: instruction.keywordRange.start, end: range.end },
              `${keyword} org.opencontainers.image.authors="${value}"`,
            ),
          ),
        }),
      }
    }
  },
})
