import { t } from '../../../shared/l10n.ts'
import { entriesHere } from '../../compose/doc.ts'
import { entryOf } from '../../compose/yaml/nodes.ts'
import { defineComposeRule } from './define-rule.ts'
import { standsAlone, wholeLines } from './edits.ts'

export default defineComposeRule({
  id: 'duplicate-variable',
  aliases: [],
  severity: 'warning',
  fixable: 'safe',
  summary: 'A variable or label that stands twice in one list.',
  why: 'The last one counts; the ones before it have no effect.',
  references: ['https://docs.docker.com/reference/compose-file/services/#environment'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\n    environment:\n      - «A=1»\n      - B=2\n      - A=3\n',
      good: 'services:\n  a:\n    image: a:1\n    environment:\n      - B=2\n      - A=3\n',
    },
  ],
  *check(doc) {
    for (const service of entriesHere(doc, 'services'))
      for (const key of ['environment', 'labels', 'annotations', 'sysctls']) {
        const list = entryOf(service.value, key)?.value
        if (list?.kind !== 'list') continue
        const names = list.items.map((item) =>
          item.kind === 'scalar' ? item.text.split('=', 1)[0]! : undefined,
        )
        const last = new Map<string, number>()
        for (const [index, name] of names.entries()) if (name !== undefined) last.set(name, index)
        for (const [index, item] of list.items.entries()) {
          const name = names[index]
          if (name === undefined || item.kind !== 'scalar' || last.get(name) === index) continue
          const range = { start: item.start, end: item.end }
          const dash = doc.text.lastIndexOf('-', item.start)
          const whole = { start: dash, end: item.end }
          const message = t('`{0}` is set again below, and that one counts.', name)
          if (list.flow || dash < 0 || !standsAlone(doc.text, whole))
            yield { range, message, tag: 'unnecessary' }
          else
            yield {
              range,
              message,
              tag: 'unnecessary',
              fix: {
                title: t('Remove this line'),
                edits: [{ range: wholeLines(doc.text, whole), newText: '' }],
              },
            }
        }
      }
  },
})
