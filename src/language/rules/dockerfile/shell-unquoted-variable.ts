import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { shellNodes, splitWords } from '../facts/shell-nodes.ts'

export default defineRule({
  id: 'shell-unquoted-variable',
  aliases: ['SC2086'],
  severity: 'hint',
  fixable: 'suggestion',
  summary: 'Variable outside quotes in a command',
  why: 'The shell splits the value at spaces and takes `*` and `?` in it for file names; an empty value is no argument at all. Where a list of words is meant, leave it.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN rm «$FILE» && cp «${A}»/b c\n',
      good: 'FROM debian:12\nRUN rm "$FILE" && cp "${A}"/b c\n',
    },
    {
      bad: 'FROM debian:12\nRUN a > «$F»\n',
      good: 'FROM debian:12\nRUN a > "$F"\n',
    },
  ],
  check: eachRun(function* (run) {
    for (const word of splitWords(shellNodes(run.script.script)))
      for (const part of word.parts) {
        if (
          part.kind !== 'parameter' ||
          part.length ||
          /^[?#$!]$/.test(part.name) ||
          /^:?\+$/.test(part.operator)
        )
          continue
        const range = run.range(part)
        yield {
          range,
          message: t('Without quotes the value of `{0}` is split into words.', part.name),
          suggestions: [fixOf(t('Put it in quotes'), insert(range.start, '"'), insert(range.end, '"'))],
        }
      }
  }),
})
