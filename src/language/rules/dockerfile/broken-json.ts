import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'broken-json',
  aliases: [],
  severity: 'warning',
  summary: 'Looks like a JSON array and is none',
  why: 'What begins with `[` and is no JSON is taken for a shell command or a list of paths as it stands, brackets and all. JSON wants double quotes, commas between and none at the end.',
  examples: [
    {
      bad: 'FROM alpine:3\nRUN «["a", "b",]»\nCOPY «["a" "b"]»\n',
      good: 'FROM alpine:3\nRUN ["a", "b"]\nRUN [ -f x ] && a\nRUN [[ a ]]\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.all) {
      const { json, args, name } = instruction
      if (json?.state !== 'broken' || name === 'SHELL') continue
      // `[ -f x ]` and `[[ … ]]` are tests of the shell.
      if (
        /^\[\s*["']/.test(args.text) &&
        (/\]\s*$/.test(args.text) || /^\[\s*"[^"]*"\s*,/.test(args.text)) &&
        !/^\[\s*["'][^"']*["']\s+(=|!=|==|-)/.test(args.text)
      )
        yield { range: json.range, message: t('This is no JSON array, so it is taken as plain text.') }
    }
  },
})
