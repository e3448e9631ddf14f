import { t } from '../../../shared/l10n.ts'
import { entriesHere } from '../../compose/doc.ts'
import { namesIn, type NameKind } from '../../compose/names.ts'
import { keyText } from '../../compose/yaml/nodes.ts'
import { defineComposeRule } from './define-rule.ts'
import { standsAlone, wholeLines } from './edits.ts'

const kinds: readonly (readonly [string, NameKind])[] = [
  ['volumes', 'volume'],
  ['networks', 'network'],
  ['secrets', 'secret'],
  ['configs', 'config'],
  ['models', 'model'],
]

export default defineComposeRule({
  id: 'unused-declaration',
  aliases: [],
  severity: 'hint',
  fixable: 'suggestion',
  summary: 'A volume, network, secret, config or model that no service uses.',
  why: 'Compose creates nothing for it. Mostly it is a left-over, or the name in the service is misspelt.',
  references: ['https://docs.docker.com/reference/compose-file/'],
  examples: [
    {
      bad: 'services:\n  db:\n    image: db:1\n    volumes: ["data:/data"]\nvolumes:\n  data:\n  «old»:\n    driver: local\n',
      good: 'services:\n  db:\n    image: db:1\n    volumes: ["data:/data"]\nvolumes:\n  data:\n',
    },
    {
      bad:
        'services:\n  db:\n    image: db:1\n    volumes:\n      - { type: cluster, source: data, target: /data }\n' +
        'volumes:\n  data:\n  «old»:\n    driver: local\n',
      good:
        'services:\n  db:\n    image: db:1\n    volumes:\n      - { type: cluster, source: data, target: /data }\n' +
        'volumes:\n  data:\n',
    },
  ],
  *check(doc) {
    if (!doc.project.complete || !kinds.some(([section]) => entriesHere(doc, section).length > 0)) return
    const used = new Set<string>()
    for (const source of doc.project.sources)
      for (const place of namesIn(source.yaml))
        if (place.role === 'use') used.add(`${place.kind} ${place.name}`)
    // A name made of a variable can mean any of them.
    const open = doc.project.variables.some(
      ({ origin }) => origin.node.kind === 'scalar' && /^\$/.test(origin.node.text),
    )
    if (open) return
    for (const [section, kind] of kinds)
      for (const entry of entriesHere(doc, section)) {
        const name = keyText(entry)
        if (name === undefined || name === '<<' || name === 'default' || used.has(`${kind} ${name}`)) continue
        const range = { start: entry.key.start, end: entry.key.end }
        const whole = { start: entry.key.start, end: Math.max(entry.value.end, entry.key.end + 1) }
        const message = t('Nothing uses `{0}`.', name)
        const removable = entriesHere(doc, section).length > 1 && standsAlone(doc.text, whole)
        const edit = { range: wholeLines(doc.text, whole), newText: '' }
        yield {
          range,
          message,
          tag: 'unnecessary',
          ...(removable ? { suggestions: [{ title: t('Remove `{0}`', name), edits: [edit] }] } : {}),
        }
      }
  },
})
