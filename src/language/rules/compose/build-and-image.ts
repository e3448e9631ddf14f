import { t } from '../../../shared/l10n.ts'
import { entriesHere } from '../../compose/doc.ts'
import { entryOf, keyText } from '../../compose/yaml/nodes.ts'
import { defineComposeRule } from './define-rule.ts'

export default defineComposeRule({
  id: 'build-and-image',
  aliases: ['no-build-and-image'],
  severity: 'off',
  summary: 'A service with both `build` and `image`, without a pull policy.',
  why:
    'Together they mean: build it, and call it so. A reader may take it for an image that is pulled. Off by default, since it is ' +
    'how built images get their names.',
  references: ['https://docs.docker.com/reference/compose-file/build/#using-build-and-image'],
  examples: [
    {
      bad: 'services:\n  web:\n    build: .\n    «image»: web:1\n',
      good: 'services:\n  web:\n    build: .\n    image: web:1\n    pull_policy: build\n',
    },
  ],
  *check(doc) {
    for (const { key, value } of entriesHere(doc, 'services')) {
      const image = entryOf(value, 'image')
      if (image === undefined || entryOf(value, 'build') === undefined) continue
      if (entryOf(value, 'pull_policy') !== undefined) continue
      yield {
        range: { start: image.key.start, end: image.key.end },
        message: t('`{0}` has both `build` and `image`.', keyText({ key, value }) ?? ''),
      }
    }
  },
})
