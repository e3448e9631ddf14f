import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { argumentRange } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'

export default defineRule({
  id: 'shell-printf-format',
  aliases: ['SC2059'],
  severity: 'hint',
  fixable: 'suggestion',
  summary: 'Variable in the format of `printf`',
  why: 'A `%` or a backslash in the value is taken for an instruction to `printf`.',
  examples: [
    { bad: 'FROM debian:12\nRUN printf «"$A"»\n', good: 'FROM debian:12\nRUN printf \'%s\' "$A"\n' },
    {
      bad: 'FROM debian:12\nRUN printf «"a: $A\\nb\\n"» > /c\n',
      good: 'FROM debian:12\nRUN printf \'%b\' "a: $A\\nb\\n" > /c\n',
    },
    {
      bad: 'FROM debian:12\nRUN printf «"100%% of $A"»\n',
      good: 'FROM debian:12\nRUN printf \'100%% of %s\' "$A"\n',
      fixed: false,
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('printf')) {
      const format = entry.command.args.find(({ text }) => !text.startsWith('-'))
      const variable = format?.word.parts.some(
        (part) =>
          part.kind === 'parameter' ||
          (part.kind === 'double' && part.parts.some(({ kind }) => kind === 'parameter')),
      )
      if (!format || !variable) continue
      const range = argumentRange(entry, format)
      // With `%b` a `\n` is the line break that it was; a `%` of the format would be an ordinary one.
      const conversion = format.text.includes('\\') ? '%b' : '%s'
      yield {
        range,
        message: t('Use `%s` for the value of a variable.'),
        ...(entry.command.args.length === 1 &&
          !format.text.includes('%') && {
            suggestions: [fixOf(t('Add `{0}`', `'${conversion}'`), insert(range.start, `'${conversion}' `))],
          }),
      }
    }
  },
})
