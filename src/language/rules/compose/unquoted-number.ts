import { t } from '../../../shared/l10n.ts'
import { resolveScalar } from '../../compose/yaml/scalars.ts'
import { defineComposeRule } from './define-rule.ts'
import { quoteEdit } from './edits.ts'
import { scalarsUnder } from './scalars.ts'

const mappings = new Set(['environment', 'labels', 'annotations', 'sysctls'])

export default defineComposeRule({
  id: 'unquoted-number',
  aliases: [],
  severity: 'warning',
  fixable: 'safe',
  summary: 'A number without quotes that does not reach the container as it is written.',
  why:
    'YAML reads `3.10` as the number 3.1, `0755` as 493 and `1e3` as 1000, and that is what the container gets. In quotes ' +
    'a value stays as it is.',
  references: ['https://docs.docker.com/reference/compose-file/services/#environment'],
  examples: [
    {
      bad:
        'services:\n  a:\n    image: a:1\n    environment:\n      PYTHON: «3.10»\n      UMASK: «0022»\n      PORT: 8080\n' +
        '    build:\n      context: .\n      args:\n        GO: «1.20»\n',
      good:
        'services:\n  a:\n    image: a:1\n    environment:\n      PYTHON: "3.10"\n      UMASK: "0022"\n      PORT: 8080\n' +
        '    build:\n      context: .\n      args:\n        GO: "1.20"\n',
    },
  ],
  *check(doc) {
    for (const { node, path } of scalarsUnder(doc, 'services')) {
      if (node.style !== 'plain' || node.tag !== undefined) continue
      const inMapping = path.length === 4 && mappings.has(String(path[2]))
      const inBuild = path.length === 5 && path[2] === 'build' && (path[3] === 'args' || path[3] === 'labels')
      if (!inMapping && !inBuild) continue
      if (typeof path[path.length - 1] !== 'string') continue
      const resolved = resolveScalar(node)
      if ('fault' in resolved || (resolved.type !== 'int' && resolved.type !== 'float')) continue
      const read = String(resolved.value)
      if (read === node.text) continue
      const range = { start: node.start, end: node.end }
      const fix = { title: t('Put the value in quotes'), edits: [quoteEdit(node)] }
      yield { range, message: t('This becomes `{0}`: put it in quotes.', read), fix }
    }
  },
})
