import { t } from '../../../shared/l10n.ts'
import { isHere, itemIn, servicesHere } from '../../compose/doc.ts'
import { placeOf } from '../../compose/project/problem.ts'
import { stringOf } from '../../compose/project/value.ts'
import { defineComposeRule } from './define-rule.ts'

const moving = new Set([
  'latest',
  'stable',
  'edge',
  'nightly',
  'dev',
  'test',
  'beta',
  'canary',
  'main',
  'master',
])

export default defineComposeRule({
  id: 'explicit-image-tag',
  aliases: ['service-image-require-explicit-tag'],
  severity: 'information',
  summary: 'An image without a tag, or with one that moves.',
  why:
    'Without a tag the engine takes `latest`, which is another image on another day and another machine. Name a version, ' +
    'or pin the digest. Images that the service builds itself are left alone.',
  references: ['https://docs.docker.com/reference/compose-file/services/#image'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: «nginx»\n  b:\n    image: «registry:5000/app:latest»\n',
      good:
        'services:\n  a:\n    image: nginx:1.27\n  b:\n    image: registry:5000/app@sha256:' +
        `${'0'.repeat(64)}\n  c:\n    image: app:\${TAG}\n  d:\n    build: .\n    image: app\n`,
    },
  ],
  *check(doc) {
    for (const service of servicesHere(doc)) {
      const item = itemIn(service, 'image')
      const image = stringOf(item?.value)
      if (
        item === undefined ||
        !image ||
        !isHere(doc, item.value.origin) ||
        service.value.entries.has('build')
      )
        continue
      const { node } = item.value.origin
      if ((node.kind === 'scalar' && node.text.includes('$')) || image.includes('@')) continue
      const tag = /:([^/:]+)$/.exec(image)?.[1]
      if (tag === undefined)
        yield { range: placeOf(item.value.origin), message: t('The image has no tag: `latest` is taken.') }
      else if (moving.has(tag.toLowerCase()))
        yield { range: placeOf(item.value.origin), message: t('The tag `{0}` moves: name a version.', tag) }
    }
  },
})
