import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'bad-substitution',
  aliases: [],
  severity: 'error',
  summary: 'Variable in a form that the builder does not know',
  why: 'The builder knows `${name}` with `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/` and `//`, and stops at anything else. More can be done by a shell in `RUN`.',
  references: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  examples: [
    {
      bad: 'FROM alpine:3\nENV A=${B«^»^}\n',
      good: 'FROM alpine:3\nENV B=x\nENV A=${B#y} C=${B:-z}\nRUN echo ${B^^}\n',
    },
    { bad: 'FROM alpine:3\nENV A=«${}»\n', good: 'FROM alpine:3\nENV A=${B}\n' },
  ],
  *check(doc) {
    for (const { code, range, subject } of doc.problems) {
      if (code === 'unsupportedModifier')
        yield { range, message: t('The builder does not know the modifier `{0}`.', subject) }
      if (code === 'badSubstitution') yield { range, message: t('This is no name of a variable.') }
      if (code === 'unterminatedSubstitution')
        yield { range, message: t('The closing `}` of a variable is missing.') }
    }
  },
})
