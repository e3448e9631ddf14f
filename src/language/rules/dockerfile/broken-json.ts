import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { looksLikeArray } from '../facts/broken-array.ts'

export default defineRule({
  id: 'broken-json',
  aliases: [],
  severity: 'warning',
  summary: 'Looks like a JSON array and is none',
  why: 'What begins with `[` and is no JSON is taken for a shell command or a list of paths as it stands, brackets and all. JSON wants double quotes, commas between and none at the end. Of CMD and ENTRYPOINT `json-args-recommended` says so.',
  examples: [
    {
      bad: 'FROM alpine:3\nRUN «["a", "b",]»\nCOPY «["a" "b"]»\n',
      good: 'FROM alpine:3\nRUN ["a", "b"]\nRUN [ -f x ] && a\nRUN [[ a ]]\nCMD ["a" "b"]\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.all) {
      const { json, name } = instruction
      if (json === undefined || name === 'SHELL' || !looksLikeArray(instruction)) continue
      // `json-args-recommended` says it there.
      if ((name === 'CMD' || name === 'ENTRYPOINT') && !context.shellAt(instruction).explicit) continue
      yield { range: json.range, message: t('This is no JSON array, so it is taken as plain text.') }
    }
  },
})
