import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { soundsSecret } from '../facts/secrets.ts'

export default defineRule({
  id: 'secrets-used-in-arg-or-env',
  aliases: ['SecretsUsedInArgOrEnv', 'DL3064'],
  severity: 'warning',
  summary: 'ARG or ENV with a name that sounds like a secret',
  why: 'Values of ARG and ENV stay in the history and the configuration of the image, where anyone who has it can read them. A secret mount (`RUN --mount=type=secret,id=…`) leaves no trace; what the container needs when it runs is given to it then.',
  references: ['https://docs.docker.com/build/building/secrets/'],
  examples: [
    {
      bad: 'FROM alpine\nARG «GITHUB_TOKEN»\nENV «DB_PASSWORD»=x A=b «ssh_key»=y\n',
      good: 'FROM alpine\nRUN --mount=type=secret,id=token true\nENV DB_PASSWORD_FILE=/run/secrets/p PUBLIC_KEY=x KEYBOARD=us\n',
    },
  ],
  *check(doc, context) {
    for (const instruction of context.named('ARG', 'ENV')) {
      // What an ARG above the first FROM holds gets into no image.
      if (instruction.stage < 0 && doc.stages.length > 0) continue
      for (const { key, keyRange } of instruction.pairs)
        if (soundsSecret(key))
          yield {
            range: keyRange,
            message: t(
              '`{0}` sounds like a secret, and `{1}` puts its value into the image.',
              key,
              instruction.name,
            ),
          }
    }
  },
})
