import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import type { ShellProblem } from '../../shell/syntax.ts'

export default defineRule({
  id: 'shell-syntax',
  aliases: [
    'SC1009',
    'SC1036',
    'SC1046',
    'SC1047',
    'SC1061',
    'SC1062',
    'SC1070',
    'SC1072',
    'SC1073',
    'SC1078',
    'SC1089',
  ],
  severity: 'error',
  summary: 'Shell code that no shell can read',
  why: 'The RUN fails with a syntax error: a quote, a parenthesis or an `if` is not closed, or something stands where a command should.',
  examples: [
    { bad: 'FROM debian:12\nRUN echo «"»a b\n', good: 'FROM debian:12\nRUN echo "a b"\n' },
    {
      bad: 'FROM debian:12\nRUN «if» [ -f a ]; then b\n',
      good: 'FROM debian:12\nRUN if [ -f a ]; then b; fi\n',
    },
    { bad: 'FROM debian:12\nRUN a && \\\n    b «&&»\n', good: 'FROM debian:12\nRUN a && \\\n    b\n' },
  ],
  check: eachRun(function* (run) {
    const [first] = run.script.problems
    // Placeholders of template languages are no shell code.
    if (!first || first.code === 'tooDeep' || /\{\{|\{%|<%|@@|%%/.test(run.script.text)) return
    yield { range: run.range(first), message: messageOf(first) }
  }),
})

function messageOf({ code, token }: ShellProblem): string {
  switch (code) {
    case 'unclosedQuote':
      return t('The quote `{0}` is not closed.', token)
    case 'unclosedExpansion':
    case 'unclosedCompound':
      return t('`{0}` is not closed.', token)
    case 'missingCommand':
      return t('A command is missing beside `{0}`.', token)
    case 'missingTarget':
      return t('The file is missing after `{0}`.', token)
    default:
      return t('`{0}` cannot stand here.', token)
  }
}
