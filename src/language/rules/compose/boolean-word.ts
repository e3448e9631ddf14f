import { t } from '../../../shared/l10n.ts'
import { booleanOf, castAt } from '../../compose/project/casts.ts'
import { defineComposeRule } from './define-rule.ts'
import { scalarsUnder } from './scalars.ts'

export default defineComposeRule({
  id: 'boolean-word',
  aliases: [],
  severity: 'warning',
  fixable: 'safe',
  summary: '`yes`, `no`, `on` or `off` where true or false is meant.',
  why: 'YAML 1.2 knows `true` and `false` only. Compose still understands the old words and warns about each.',
  references: ['https://docs.docker.com/reference/compose-file/services/'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\n    tty: «yes»\n    init: «"off"»\nnetworks:\n  n:\n    internal: «on»\n',
      good: 'services:\n  a:\n    image: a:1\n    tty: true\n    init: false\nnetworks:\n  n:\n    internal: true\n',
    },
  ],
  *check(doc) {
    for (const section of ['services', 'networks', 'volumes', 'secrets', 'configs'])
      for (const { node, path } of scalarsUnder(doc, section)) {
        const value = booleanOf(node.text)
        if (value === undefined || /^(?:true|false)$/i.test(node.text)) continue
        if (castAt(path.map((step) => (typeof step === 'number' ? '[]' : step))) !== 'bool') continue
        const range = { start: node.start, end: node.end }
        const fix = { title: t('Use `{0}`', value), edits: [{ range, newText: String(value) }] }
        yield { range, message: t('Write `{0}`: YAML no longer knows `{1}`.', value, node.text), fix }
      }
  },
})
