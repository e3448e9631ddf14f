import { t } from '../../../shared/l10n.ts'
import { buildPlaceOf } from '../../compose/build-files.ts'
import { isHere, itemIn, servicesHere } from '../../compose/doc.ts'
import { placeOf } from '../../compose/project/problem.ts'
import { stringOf } from '../../compose/project/value.ts'
import { defineComposeRule } from './define-rule.ts'

export default defineComposeRule({
  id: 'build-file-missing',
  aliases: [],
  severity: 'warning',
  summary: 'A build context or Dockerfile that does not exist.',
  why: '`docker compose config` does not look; the build fails.',
  references: ['https://docs.docker.com/reference/compose-file/build/#context'],
  examples: [
    {
      bad: 'services:\n  a:\n    build: «./backend»\n',
      good: 'services:\n  a:\n    build: ./app\n',
      options: { files: { 'app/Dockerfile': 'FROM scratch\n' } },
    },
    {
      bad: 'services:\n  a:\n    build:\n      context: app\n      dockerfile: «Dockerfile.dev»\n',
      good: 'services:\n  a:\n    build:\n      context: app\n',
      options: { files: { 'app/Dockerfile': 'FROM scratch\n' } },
    },
  ],
  *check(doc) {
    for (const service of servicesHere(doc)) {
      const item = itemIn(service, 'build')
      const place = item === undefined ? undefined : buildPlaceOf(service)
      if (item === undefined || place === undefined) continue
      const contextAt = place.context?.origin ?? item.key
      if (doc.files.kind(place.contextUri) === 'absent') {
        if (isHere(doc, contextAt))
          yield {
            range: placeOf(contextAt),
            message: t('There is no folder `{0}`.', stringOf(place.context) ?? '.'),
          }
        continue
      }
      const fileAt = place.dockerfile?.origin ?? contextAt
      if (doc.files.kind(place.dockerfileUri) === 'absent' && isHere(doc, fileAt))
        yield {
          range: placeOf(fileAt),
          message: t('There is no `{0}` in the build context.', stringOf(place.dockerfile) ?? 'Dockerfile'),
        }
    }
  },
})
