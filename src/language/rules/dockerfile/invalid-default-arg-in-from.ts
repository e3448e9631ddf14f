import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { expand } from '../facts/expand.ts'
import { imageFault } from '../facts/image.ts'
import { globalArguments } from '../facts/scopes.ts'

export default defineRule({
  id: 'invalid-default-arg-in-from',
  aliases: ['InvalidDefaultArgInFrom'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'FROM names no image unless the build gives an argument',
  why: 'With a default (`ARG TAG=3` or `${TAG:-3}`) the file builds also without `--build-arg`, which editors and other tools rely on.',
  examples: [
    { bad: 'ARG TAG\nFROM «busybox:${TAG}»\n', good: 'ARG TAG\nFROM busybox:${TAG:-latest}\n' },
    { bad: 'ARG IMAGE=\nFROM «$IMAGE»\n', good: 'ARG IMAGE=alpine\nFROM $IMAGE\n', fixed: false },
  ],
  *check(doc) {
    const globals = globalArguments(doc)
    for (const { base, baseRange, from } of doc.stages) {
      if (!baseRange || !base.includes('$')) continue
      const { text } = expand(base, doc.escape, (name) => globals.get(name))
      const fault = text === undefined ? undefined : imageFault(text)
      if (fault === undefined || fault === 'id') continue
      const tag = from.variables.find(
        ({ range }) => range.end === baseRange.end && doc.text[range.start - 1] === ':',
      )
      const plainTag = tag && tag.modifier === undefined ? tag : undefined
      yield {
        range: baseRange,
        message: t('With the defaults of its arguments, `{0}` names no image.', base),
        ...(plainTag && {
          suggestions: [
            fixOf(
              t('Give it the default `latest`'),
              ...(plainTag.braced
                ? [insert(plainTag.nameRange.end, ':-latest')]
                : [insert(plainTag.nameRange.start, '{'), insert(plainTag.nameRange.end, ':-latest}')]),
            ),
          ],
        }),
      }
    }
  },
})
