import { t } from '../../../shared/l10n.ts'
import type { Directive } from '../../dockerfile/model.ts'
import { checkOptions, isCheckBoolean } from '../check-options.ts'
import { defineRule } from '../define-rule.ts'
import type { Report } from '../rule.ts'

export default defineRule({
  id: 'parser-directive-invalid',
  aliases: [],
  severity: 'error',
  summary: 'Parser directive that is given twice or has a wrong value',
  why: '`# escape=` takes a backslash or a backtick, `# check=` the options `skip`, `error` and `experimental`; each directive may be given once. The build stops.',
  references: ['https://docs.docker.com/reference/dockerfile/#parser-directives'],
  examples: [
    { bad: '# escape=«x»\nFROM scratch\n', good: '# escape=`\nFROM scratch\n' },
    {
      bad: '# escape=`\n«# escape=`»\nFROM scratch\n',
      good: '# escape=`\n# check=error=true\nFROM scratch\n',
    },
    {
      bad: '# check=«foo=bar»;skip=all\nFROM scratch\n',
      good: '# check=skip=all;experimental=all\nFROM scratch\n',
    },
    { bad: '# check=error=«maybe»\nFROM scratch\n', good: '# check=error=true\nFROM scratch\n' },
  ],
  *check(doc) {
    for (const { code, range, subject } of doc.problems) {
      if (code === 'duplicateDirective')
        yield { range, message: t('The directive `{0}` is given twice.', subject) }
      if (code === 'invalidEscape')
        yield { range, message: t('The escape character is a backslash or a backtick.') }
    }
    for (const directive of doc.directives) if (directive.name === 'check') yield* checkFaults(directive)
  },
})

function* checkFaults({ value, valueRange: { start } }: Directive): Generator<Report> {
  for (const { name, value: word, at, end, valueAt } of checkOptions(value))
    if (!['skip', 'error', 'experimental'].includes(name))
      yield {
        range: { start: start + at, end: start + end },
        message: t('`# check=` takes `skip=…`, `error=…` and `experimental=…`.'),
      }
    else if (name === 'error' && !isCheckBoolean(word))
      yield {
        range: { start: start + valueAt, end: start + end },
        message: t('`error` is `true` or `false`.'),
      }
}
