import { t } from '../../../shared/l10n.ts'
import { entryOf } from '../../compose/yaml/nodes.ts'
import { defineComposeRule } from './define-rule.ts'
import { wholeLines } from './edits.ts'

export default defineComposeRule({
  id: 'obsolete-version',
  aliases: ['no-version-field'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'The key `version` at the top of a compose file.',
  why: 'Compose v2 ignores `version` and prints a warning each time. What a file may say depends on the program alone.',
  references: ['https://docs.docker.com/reference/compose-file/version-and-name/'],
  examples: [
    {
      bad: '«version: "3.8"»\nservices:\n  web:\n    image: nginx:1.27\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n',
    },
    {
      bad: "# a web server\n«version: '2'» # old\n\nservices:\n  web:\n    image: nginx:1.27\n",
      good: '# a web server\nservices:\n  web:\n    image: nginx:1.27\n',
    },
  ],
  *check(doc) {
    for (const root of doc.yaml.documents) {
      const entry = entryOf(root, 'version')
      if (entry === undefined || root.kind !== 'map') continue
      const range = { start: entry.key.start, end: Math.max(entry.key.end, entry.value.end) }
      const message = t('`version` is obsolete: Compose ignores it.')
      if (root.flow || root.entries.length === 1) {
        yield { range, message, tag: 'deprecated' }
        continue
      }
      const lines = wholeLines(doc.text, range)
      const blank = /^(?:[ \t]*\r?\n)*/.exec(doc.text.slice(lines.end))?.[0].length ?? 0
      const edit = { range: { start: lines.start, end: lines.end + blank }, newText: '' }
      yield { range, message, tag: 'deprecated', fix: { title: t('Remove `version`'), edits: [edit] } }
    }
  },
})
