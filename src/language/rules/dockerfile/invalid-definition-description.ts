import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insert } from '../facts/edits.ts'

export default defineRule({
  id: 'invalid-definition-description',
  aliases: ['InvalidDefinitionDescription'],
  severity: 'off',
  fixable: 'safe',
  summary: 'Comment above ARG or FROM that is no description of it',
  why: '`docker build --call=outline` and `--call=targets` show the comment right above an ARG or a named stage as its description, if it begins with the name. An empty line between says that the comment is about something else. Experimental in BuildKit: turn it on here or with `# check=experimental=InvalidDefinitionDescription`.',
  examples: [
    {
      bad: '# version of the base\n«ARG VERSION»\n\n# compiles\n«FROM alpine AS build»\n',
      good: '# VERSION version of the base\nARG VERSION\n\n# build compiles\nFROM alpine AS build\n# kept\nONBUILD ARG A\n',
    },
  ],
  *check(doc) {
    for (const instruction of doc.instructions) {
      if (instruction.name !== 'ARG' && instruction.name !== 'FROM') continue
      const comment = instruction.commentsAbove.at(-1)
      const named = instruction.words[1]?.text.toLowerCase() === 'as' ? instruction.words[2]?.text : undefined
      const names =
        instruction.name === 'ARG'
          ? instruction.pairs.map(({ key }) => key)
          : named === undefined
            ? []
            : [named.toLowerCase()]
      const first = names[0]
      if (
        !comment ||
        first === undefined ||
        /^\s*\n\s*\n/.test(between(doc.text, comment.range.end, instruction.range.start))
      )
        continue
      if (names.includes(comment.text.split(' ')[0]!)) continue
      const at =
        comment.range.start +
        1 +
        /^\s*/.exec(doc.text.slice(comment.range.start + 1, comment.range.end))![0].length
      yield {
        range: instruction.range,
        message: t('The comment above should begin with `{0}`, the name that it describes.', first),
        ...(names.length === 1 && {
          fix: fixOf(t('Begin the comment with `{0}`', first), insert(at, `${first} `)),
        }),
      }
    }
  },
})

const between = (text: string, start: number, end: number): string =>
  text.slice(start, end).replaceAll('\r', '')
