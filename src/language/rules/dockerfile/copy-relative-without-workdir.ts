import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insert, insertInstructionAbove } from '../facts/edits.ts'
import { copyDestination, unquote } from '../facts/copy.ts'

export default defineRule({
  id: 'copy-relative-without-workdir',
  aliases: ['DL3045'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'COPY to a relative path with no WORKDIR before it',
  why: 'The files land in the working directory of the base image, which may change with its next version.',
  examples: [
    {
      bad: 'FROM alpine:3\nCOPY a «b»\n',
      good: 'FROM alpine:3\nWORKDIR /app\nCOPY a b\nFROM alpine:3 AS base\nWORKDIR /app\nFROM base\nCOPY a b\nFROM alpine:3\nCOPY a /b\nCOPY a $HOME/b\nCOPY a "C:\\\\b"\n',
    },
  ],
  *check(doc) {
    const set = new Set<number>()
    for (const outer of doc.instructions) {
      const { stage } = outer
      const base = doc.stages[stage]?.baseStage
      if (outer.name === 'FROM' && base !== undefined && set.has(base)) set.add(stage)
      const instruction = outer.trigger ?? outer
      if (instruction.name === 'WORKDIR') set.add(stage)
      const destination = instruction.name === 'COPY' ? copyDestination(instruction) : undefined
      if (!destination || set.has(stage) || /^(\/|[A-Za-z]:[\\/]|\$|\\)/.test(unquote(destination.text)))
        continue
      yield {
        range: destination.range,
        message: t(
          '`{0}` is relative to the working directory of the base image; set `WORKDIR` first.',
          destination.text,
        ),
        suggestions: [
          fixOf(
            t('Set `WORKDIR` before it'),
            insertInstructionAbove(doc, outer, outer.trigger ? 'ONBUILD WORKDIR /app' : 'WORKDIR /app'),
          ),
          ...(/^\w/.test(destination.text) && instruction.json?.state !== 'valid'
            ? [fixOf(t('Write `/{0}`', destination.text), insert(destination.range.start, '/'))]
            : []),
        ],
      }
    }
  },
})
