import { t } from '../../../shared/l10n.ts'
import { entriesHere } from '../../compose/doc.ts'
import { entryOf } from '../../compose/yaml/nodes.ts'
import { defineComposeRule } from './define-rule.ts'

export default defineComposeRule({
  id: 'external-name',
  aliases: [],
  severity: 'warning',
  fixable: 'safe',
  summary: 'The old form `external: { name: … }`.',
  why: 'Compose warns about it: `external: true` and `name` beside it say the same.',
  references: ['https://docs.docker.com/reference/compose-file/networks/#external'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\nnetworks:\n  n:\n    «external»:\n      name: outside\n',
      good: 'services:\n  a:\n    image: a:1\nnetworks:\n  n:\n    external: true\n    name: outside\n',
    },
  ],
  *check(doc) {
    for (const section of ['networks', 'volumes', 'secrets', 'configs'])
      for (const { value } of entriesHere(doc, section)) {
        const external = entryOf(value, 'external')
        const name = entryOf(external?.value, 'name')
        if (external === undefined || name === undefined || value.kind !== 'map') continue
        const range = { start: external.key.start, end: external.key.end }
        const message = t('`external.name` is deprecated: use `external: true` and `name`.')
        const alone = external.value.kind === 'map' && external.value.entries.length === 1
        if (!alone || value.flow || name.value.kind !== 'scalar' || entryOf(value, 'name') !== undefined) {
          yield { range, message, tag: 'deprecated' }
          continue
        }
        const lineStart = doc.text.lastIndexOf('\n', external.key.start - 1) + 1
        const indent = doc.text.slice(lineStart, external.key.start)
        const written = doc.text.slice(name.value.start, name.value.end)
        const edit = {
          range: { start: external.key.start, end: external.value.end },
          newText: `external: true\n${indent}name: ${written}`,
        }
        yield {
          range,
          message,
          tag: 'deprecated',
          fix: { title: t('Use `external: true` and `name`'), edits: [edit] },
        }
      }
  },
})
