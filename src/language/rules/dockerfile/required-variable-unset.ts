import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { walkScopes } from '../facts/scopes.ts'
import type { Report } from '../rule.ts'

export default defineRule({
  id: 'required-variable-unset',
  aliases: [],
  severity: 'error',
  summary: '`${name:?message}` of a variable that has no value',
  why: 'That is what it is for: the build stops with the message. With `ARG name` in front, the value can come from `--build-arg`.',
  examples: [
    {
      bad: 'FROM scratch\nENV A=«${B:?needed}»\n',
      good: 'FROM scratch\nARG B\nENV A=${B:?needed}\nENV C=${PATH:?x}\n',
    },
    {
      bad: 'FROM alpine:3\nENV B=\nENV A=«${B:?needed}»\n',
      good: 'FROM alpine:3\nENV B=\nENV A=${B?needed}\n',
    },
  ],
  *check(doc) {
    const reports: Report[] = []
    if (!/\$\{\w+:?\?/.test(doc.text)) return
    walkScopes(doc, (instruction, scope) => {
      for (const { name, by, modifier, range, word } of instruction.variables) {
        if (by !== 'builder' || (modifier !== ':?' && modifier !== '?')) continue
        const value = scope.get(name)
        const fails = value ? value.kind === 'text' && value.text === '' && modifier === ':?' : scope.complete
        if (fails)
          reports.push({
            range,
            message: t(
              '`{0}` has no value here, and the build stops: {1}.',
              name,
              word?.replace(/\.$/, '') || '?',
            ),
          })
      }
    })
    yield* reports
  },
})
