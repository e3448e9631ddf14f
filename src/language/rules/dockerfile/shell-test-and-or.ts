import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { argumentRange } from '../facts/arguments.ts'

export default defineRule({
  id: 'shell-test-and-or',
  aliases: ['SC2166'],
  severity: 'hint',
  summary: '`-a` or `-o` between tests in `[ … ]`',
  why: 'They are marked obsolete in POSIX and ambiguous with some values. Write two tests: `[ a ] && [ b ]`.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN [ -f a «-a» -f b ]\n',
      good: 'FROM debian:12\nRUN [ -f a ] && [ -f b ]\nRUN [ -a x ]\n',
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('[', 'test'))
      for (const [index, argument] of entry.command.args.entries())
        if (
          index > 1 &&
          (argument.text === '-a' || argument.text === '-o') &&
          argument.word.parts[0]?.kind === 'literal'
        )
          yield {
            range: argumentRange(entry, argument),
            message: t('Write two tests joined by `{0}`.', argument.text === '-a' ? '&&' : '||'),
          }
  },
})
