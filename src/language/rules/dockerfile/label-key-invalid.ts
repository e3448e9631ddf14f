import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { unquote } from '../facts/copy.ts'

export default defineRule({
  id: 'label-key-invalid',
  aliases: ['DL3048'],
  severity: 'hint',
  summary: 'Label key that breaks the conventions',
  why: 'Keys consist of lower-case letters, digits, dots and hyphens, begin with a letter, end with a letter or digit and have no two separators in a row. `com.docker.`, `io.docker.` and `org.dockerproject.` are reserved for Docker.',
  references: ['https://docs.docker.com/engine/manage-resources/labels/'],
  examples: [
    {
      bad: 'FROM alpine:3\nLABEL «+a»=1 «Foo»=2 «a..b»=3 «com.docker.x»=4 «a_b»=5 «a-»=6\n',
      good: 'FROM alpine:3\nLABEL org.opencontainers.image.title=x "com.example.a-b2"=y\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('LABEL'))
      for (const { key, keyRange } of instruction.pairs) {
        const name = unquote(key)
        if (/^(com\.docker|io\.docker|org\.dockerproject)\./.test(name))
          yield { range: keyRange, message: t('Keys that begin like `{0}` are reserved for Docker.', name) }
        else if (!/^[a-z]([a-z0-9.-]*[a-z0-9])?$/.test(name) || /\.\.|--/.test(name))
          yield {
            range: keyRange,
            message: t('`{0}` is no good label key: use lower-case letters, digits, `.` and `-`.', name),
          }
      }
  },
})
