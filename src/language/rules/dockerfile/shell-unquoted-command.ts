import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { shellNodes, splitWords } from '../facts/shell-nodes.ts'
import { isList } from '../facts/word-lists.ts'

export default defineRule({
  id: 'shell-unquoted-command',
  aliases: ['SC2046'],
  severity: 'hint',
  fixable: 'suggestion',
  summary: 'Output of a command outside quotes',
  why: 'The shell splits the output at spaces and takes `*` and `?` in it for file names. Where a list of words is meant, leave it; of programs that print lists of options or names (`pkg-config`, `seq`, `apt-mark`) and of an option that may be there or not it is let pass.',
  examples: [
    { bad: 'FROM debian:12\nRUN rm «$(cat a)»\n', good: 'FROM debian:12\nRUN rm "$(cat a)"\n' },
    {
      bad: 'FROM debian:12\nRUN cp x/«`b`» y\n',
      good: 'FROM debian:12\nRUN cp x/"`b`" y\nRUN gcc a.c $(pkg-config --libs x) && b $([ -f c ] && echo "--d" || true)\n',
    },
  ],
  check: eachRun(function* (run) {
    for (const word of splitWords(shellNodes(run.script.script)))
      for (const part of word.parts) {
        if (part.kind !== 'command') continue
        const text = run.script.text.slice(part.start, part.end)
        if (isOneWord(text) || isList(text)) continue
        const range = run.range(part)
        yield {
          range,
          message: t('Without quotes the output is split into words.'),
          suggestions: [fixOf(t('Put it in quotes'), insert(range.start, '"'), insert(range.end, '"'))],
        }
      }
  }),
})

/** Commands that print one plain word. */
const isOneWord = (text: string): boolean =>
  /^(\$\(|`)\s*(nproc|id -[ug]n?|getconf _NPROCESSORS_ONLN|uname -[smr]|arch|dpkg --print-architecture|lsb_release -[cs]+|rpm -E|date \+%s)(?![\w-])[^|;&]*(\)|`)$/.test(
    text,
  )
