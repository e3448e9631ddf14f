import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'duplicate-stage-name',
  aliases: ['DuplicateStageName', 'DL3024'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'Two stages with one name',
  why: 'A reference then means the later stage below it and the earlier one above: easy to get wrong.',
  examples: [
    {
      bad: 'FROM alpine AS build\nFROM debian AS «build»\n',
      good: 'FROM alpine AS build\nFROM debian AS build-2\n',
    },
  ],
  *check(doc) {
    const first = new Map<string, { readonly start: number; readonly end: number }>()
    const names = new Set(doc.stages.map(({ name }) => name?.toLowerCase()))
    for (const { name, nameRange } of doc.stages) {
      if (name === undefined || !nameRange) continue
      const before = first.get(name.toLowerCase())
      if (!before) {
        first.set(name.toLowerCase(), nameRange)
        continue
      }
      let number = 2
      while (names.has(`${name.toLowerCase()}-${number}`)) number++
      names.add(`${name.toLowerCase()}-${number}`)
      const free = `${name}-${number}`
      yield {
        range: nameRange,
        message: t('There is already a stage named `{0}`.', name),
        related: [{ range: before, message: t('The first one.') }],
        suggestions: [fixOf(t('Name it `{0}`', free), replace(nameRange, free))],
      }
    }
  },
})
