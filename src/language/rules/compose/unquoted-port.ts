import { t } from '../../../shared/l10n.ts'
import { defineComposeRule } from './define-rule.ts'
import { quoteEdit } from './edits.ts'
import { scalarsUnder } from './scalars.ts'

export default defineComposeRule({
  id: 'unquoted-port',
  aliases: ['require-quotes-in-ports'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'A port mapping without quotes that other YAML readers take for a number of base 60.',
  why:
    'In YAML 1.1 `22:22` is the number 1342. Compose itself reads it as a text today, but older versions and other tools ' +
    'do not. Quotes make it safe everywhere.',
  references: ['https://docs.docker.com/reference/compose-file/services/#short-syntax-3'],
  examples: [
    {
      bad: 'services:\n  git:\n    image: git:1\n    ports:\n      - «22:22»\n      - 8080:80\n',
      good: 'services:\n  git:\n    image: git:1\n    ports:\n      - "22:22"\n      - 8080:80\n',
    },
  ],
  *check(doc) {
    for (const { node, path } of scalarsUnder(doc, 'services')) {
      if (path.length !== 4 || path[2] !== 'ports' || node.style !== 'plain') continue
      if (!/^[0-9][0-9_]*(?::[0-5]?[0-9])+$/.test(node.text)) continue
      const range = { start: node.start, end: node.end }
      const fix = { title: t('Put the port in quotes'), edits: [quoteEdit(node)] }
      yield {
        range,
        message: t('Other YAML readers take `{0}` for a number: put it in quotes.', node.text),
        fix,
      }
    }
  },
})
