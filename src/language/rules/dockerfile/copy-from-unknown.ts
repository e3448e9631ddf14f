import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { imageFault } from '../facts/image.ts'
import { allFromReferences } from '../facts/stages.ts'
import { nearest } from '../facts/near.ts'

export default defineRule({
  id: 'copy-from-unknown',
  aliases: ['DL3022'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: '`COPY --from` names no stage above, and no image with a tag',
  why: 'What is no stage is taken for an image and pulled, so that a misspelt stage ends in an image nobody meant. Write an image with its tag.',
  examples: [
    {
      bad: 'FROM golang:1.22 AS build\nFROM alpine:3\nCOPY --from=«biuld» /a /a\n',
      good: 'FROM golang:1.22 AS build\nFROM alpine:3\nCOPY --from=build /a /a\n',
    },
    {
      bad: 'FROM alpine:3\nCOPY --from=«nginx» /a /a\n',
      good: 'FROM alpine:3\nCOPY --from=nginx:1.25 /a /a\nCOPY --from=ghcr.io/a/b:1 /c /c\nCOPY --from=scratch /x /x\n',
      fixed: false,
    },
  ],
  *check(doc) {
    const first = new Map<string, number>()
    for (const { name, index } of doc.stages)
      if (name !== undefined && !first.has(name.toLowerCase())) first.set(name.toLowerCase(), index)
    for (const { instruction, text, range, by } of allFromReferences(doc)) {
      if (by !== 'copy' || /[:@$]/.test(text) || text.toLowerCase() === 'scratch') continue
      // What cannot be the name of an image is told by another rule.
      if (imageFault(text) !== undefined && !/^\d+$/.test(text)) continue
      // A stage, even the own or a later one: those are errors of their own.
      if (/^\d+$/.test(text) ? Number(text) < doc.stages.length : first.has(text.toLowerCase())) continue
      const known = [...first].filter(([, index]) => index < instruction.stage).map(([name]) => name)
      const meant = nearest(text, known)
      yield {
        range,
        message:
          meant === undefined
            ? t('No stage above is named `{0}`; an image needs a tag.', text)
            : t('No stage above is named `{0}`. Is `{1}` meant?', text, meant),
        ...(meant !== undefined && {
          suggestions: [fixOf(t('Change to `{0}`', meant), replace(range, meant))],
        }),
      }
    }
  },
})
