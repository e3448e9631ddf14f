import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

const needsArgument = new Set([
  'WORKDIR',
  'USER',
  'STOPSIGNAL',
  'ARG',
  'ENV',
  'LABEL',
  'VOLUME',
  'EXPOSE',
  'SHELL',
  'ONBUILD',
  'MAINTAINER',
])

export default defineRule({
  id: 'argument-missing',
  aliases: ['DL1000'],
  severity: 'error',
  summary: 'Instruction without its argument',
  why: 'The build stops. `RUN`, `CMD` and `ENTRYPOINT` may be empty, though it makes little sense.',
  examples: [{ bad: 'FROM alpine:3\n«WORKDIR»\n«VOLUME» []\n', good: 'FROM alpine:3\nWORKDIR /a\nCMD []\n' }],
  *check(_doc, context) {
    for (const { name, args, json, keywordRange } of context.all) {
      if (!needsArgument.has(name)) continue
      const empty =
        args.text === '' ||
        ((name === 'VOLUME' || name === 'SHELL') && json?.state === 'valid' && json.items.length === 0)
      if (empty) yield { range: keywordRange, message: t('`{0}` needs an argument.', name) }
    }
  },
})
