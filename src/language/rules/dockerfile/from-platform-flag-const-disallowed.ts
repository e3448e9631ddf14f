import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, remove, replace } from '../facts/edits.ts'
import { parsePlatform } from '../facts/platform.ts'

export default defineRule({
  id: 'from-platform-flag-const-disallowed',
  aliases: ['FromPlatformFlagConstDisallowed', 'DL3029'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'Constant `--platform` in FROM',
  why: 'A constant platform makes the image for that one whatever `docker build --platform` asks for. A stage that is meant for one platform says so in its name (`AS tools-amd64`); one that runs on the builder uses `$BUILDPLATFORM`.',
  examples: [
    { bad: 'FROM «--platform=linux/amd64» alpine AS base\n', good: 'FROM alpine AS base\n' },
    { bad: 'FROM «--platform=amd64» alpine\n', good: 'FROM alpine\n' },
  ],
  *check(doc, context) {
    for (const from of context.named('FROM')) {
      const flag = from.flags.find(({ name }) => name === 'platform')
      const value = flag?.value
      if (!flag?.valueRange || value === undefined || value.includes('$')) continue
      const platform = parsePlatform(value)
      if (!platform) continue
      const stage =
        from.words[1]?.text.toLowerCase() === 'as' ? (from.words[2]?.text.toLowerCase() ?? '') : ''
      if (stage.includes(platform.os) || stage.includes(platform.architecture)) continue
      const space = /^[ \t]*/.exec(doc.text.slice(flag.range.end, flag.range.end + 100))![0].length
      yield {
        range: flag.range,
        message: t('The constant platform `{0}` overrides the one that the build asks for.', value),
        suggestions: [
          fixOf(t('Remove it'), remove({ start: flag.range.start, end: flag.range.end + space })),
          fixOf(t('Use `$BUILDPLATFORM`'), replace(flag.valueRange, '$BUILDPLATFORM')),
        ],
      }
    }
  },
})
