import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { allFromReferences } from '../facts/stages.ts'
import { expand, unknownValue } from '../facts/expand.ts'
import { platformArguments } from '../facts/scopes.ts'
import { type ImageFault, imageFault } from '../facts/image.ts'

export default defineRule({
  id: 'image-reference-invalid',
  aliases: [],
  severity: 'error',
  fixable: 'suggestion',
  summary: 'Image whose name is impossible',
  why: 'An image is `registry/path:tag@digest`: the path in lower case, the tag of letters, digits, `.`, `_` and `-`. The build stops otherwise.',
  examples: [
    { bad: 'FROM «Alpine:3»\n', good: 'FROM alpine:3\n' },
    {
      bad: 'FROM «alpine:3:4»\nFROM «a..b»\nFROM «x@sha256:12»\nFROM «alpine:»\nFROM «$NOTHING»\n',
      good: 'FROM localhost:5000/a/b:3\nFROM a.b/c-d__e\nFROM ${X:-a}\nARG Y\nFROM REG/x\n',
      fixed: false,
    },
    {
      bad: 'FROM alpine:3\nCOPY --from=«^x» a /b\nCOPY --from=«-1» a /b\nRUN --mount=type=bind,from=«a:b:c»,target=/x y\n',
      good: 'FROM alpine:3 AS Build\nFROM alpine:3\nCOPY --from=BUILD a /b\nCOPY --from=0 a /b\nRUN --mount=type=bind,from=nginx:1,target=/x y\n',
      fixed: false,
    },
  ],
  *check(doc) {
    const declared = new Set([
      ...platformArguments,
      ...doc.preamble.flatMap((i) => (i.name === 'ARG' ? i.pairs.map(({ key }) => key) : [])),
    ])
    // What the build may still give is not known; a name that is not declared is empty in any case.
    const nameOf = (base: string): string | undefined =>
      expand(base, doc.escape, (name) => (declared.has(name) ? unknownValue : undefined)).text
    for (const { base, baseRange, baseStage } of doc.stages) {
      if (!baseRange || baseStage !== undefined || /["'\\`]|\{\{|<%/.test(base)) continue
      const name = nameOf(base)
      const fault = name === undefined ? undefined : imageFault(name)
      if (fault === undefined) continue
      yield {
        range: baseRange,
        message: messageOf(fault, base),
        ...(fault === 'uppercase' && {
          suggestions: [fixOf(t('Write it in lower case'), replace(baseRange, base.toLowerCase()))],
        }),
      }
    }
    const stages = new Set(doc.stages.map(({ name }) => name?.toLowerCase()))
    for (const { instruction, text, range } of allFromReferences(doc)) {
      // What ONBUILD carries is looked at when it runs.
      if (doc.instructions[instruction.index] !== instruction) continue
      if (/^\d+$|[$"'\\`]|\{\{|<%/.test(text) || stages.has(text.toLowerCase())) continue
      const fault = imageFault(text)
      if (fault !== undefined) yield { range, message: messageOf(fault, text) }
    }
  },
})

function messageOf(fault: ImageFault, base: string): string {
  switch (fault) {
    case 'uppercase':
      return t('The name of an image is in lower case.')
    case 'tag':
      return t('`{0}` has no valid tag: letters, digits, `.`, `_` and `-`.', base)
    case 'digest':
      return t('`{0}` has no valid digest: `sha256:` and 64 hexadecimal digits.', base)
    case 'id':
      return t('This is the id of an image, not a name.')
    case 'registry':
      return t('`{0}` has no valid registry.', base)
    case 'length':
      return t('The name of the image is too long.')
    default:
      return t('`{0}` is no name of an image.', base)
  }
}
