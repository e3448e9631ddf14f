import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { expand } from '../facts/expand.ts'
import { parsePlatform } from '../facts/platform.ts'
import { globalArguments } from '../facts/scopes.ts'

export default defineRule({
  id: 'platform-invalid',
  aliases: [],
  severity: 'error',
  summary: '`FROM --platform` that is empty or no platform',
  why: 'A platform is `os/architecture` or `os/architecture/variant`. The build stops otherwise.',
  examples: [
    {
      bad: 'FROM --platform=«foo» alpine:3\nFROM --platform=«$NOTHING» alpine:3\n',
      good: 'FROM --platform=linux/arm64/v8 alpine:3\nFROM --platform=$BUILDPLATFORM alpine:3\nFROM --platform=arm64 alpine:3\n',
    },
  ],
  *check(doc) {
    const globals = globalArguments(doc)
    for (const { platform } of doc.stages) {
      if (!platform?.valueRange || platform.value === undefined || platform.value === '') continue
      const { text } = expand(platform.value, doc.escape, (name) => globals.get(name))
      if (text === undefined || parsePlatform(text)) continue
      yield {
        range: platform.valueRange,
        message: text === '' ? t('The platform is empty here.') : t('`{0}` is no platform.', text),
      }
    }
  },
})
