import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { copyDestination, copySources, unquote } from '../facts/copy.ts'

export default defineRule({
  id: 'copy-root-to-root',
  aliases: ['DL3067'],
  severity: 'hint',
  summary: '`COPY --from` of all of `/` to `/`',
  why: 'The whole other image becomes one layer. Build on it with `FROM`, or copy what is needed. On `FROM scratch` it flattens an image, and some images are made to be laid over another one: both may be meant.',
  examples: [
    {
      bad: 'FROM a:1 AS b\nFROM alpine:3\nCOPY --from=b «/» /\n',
      good: 'FROM a:1 AS b\nFROM alpine:3\nCOPY --from=b /etc /etc\nFROM scratch\nCOPY --from=b / /\n',
    },
  ],
  *check(doc, context) {
    for (const instruction of context.named('COPY')) {
      if (
        !instruction.flags.some(({ name }) => name === 'from') ||
        doc.stages[instruction.stage]?.base === 'scratch'
      )
        continue
      const destination = copyDestination(instruction)
      if (!destination || unquote(destination.text) !== '/') continue
      for (const { text, range } of copySources(instruction))
        if (unquote(text) === '/')
          yield { range, message: t('This copies the whole image; use `FROM`, or copy what is needed.') }
    }
  },
})
