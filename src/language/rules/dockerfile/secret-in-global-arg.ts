import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { soundsSecret } from '../facts/secrets.ts'

export default defineRule({
  id: 'secret-in-global-arg',
  aliases: ['DL3064'],
  severity: 'hint',
  summary: 'ARG above the first FROM with a name that sounds like a secret',
  why: 'Its value gets into no image by itself, but a stage that declares it again keeps it in its history, and whoever reads the file expects a secret to be given that way. A secret mount (`RUN --mount=type=secret,id=…`) leaves no trace.',
  references: ['https://docs.docker.com/build/building/secrets/'],
  examples: [
    {
      bad: 'ARG «GITHUB_TOKEN»\nARG TAG=3\nFROM alpine:$TAG\n',
      good: 'ARG TAG=3\nFROM alpine:$TAG\nRUN --mount=type=secret,id=token true\n',
    },
  ],
  *check(doc) {
    if (doc.stages.length === 0) return
    for (const { name, pairs } of doc.preamble)
      if (name === 'ARG')
        for (const { key, keyRange } of pairs)
          if (soundsSecret(key))
            yield {
              range: keyRange,
              message: t('`{0}` sounds like a secret; use a secret mount instead.', key),
            }
  },
})
