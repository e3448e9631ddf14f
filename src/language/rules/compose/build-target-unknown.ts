import { t } from '../../../shared/l10n.ts'
import { builtStage, dockerfileOf } from '../../compose/build-files.ts'
import { isHere, servicesHere, valueIn } from '../../compose/doc.ts'
import { placeOf } from '../../compose/project/problem.ts'
import { stringOf } from '../../compose/project/value.ts'
import { nearest } from '../facts/near.ts'
import { defineComposeRule } from './define-rule.ts'

export default defineComposeRule({
  id: 'build-target-unknown',
  aliases: [],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'A build target that is no stage of the Dockerfile.',
  why: 'The build stops at once: the target stage cannot be found.',
  references: ['https://docs.docker.com/reference/compose-file/build/#target'],
  examples: [
    {
      bad: 'services:\n  a:\n    build:\n      context: .\n      target: «biuld»\n',
      good: 'services:\n  a:\n    build:\n      context: .\n      target: build\n',
      options: { files: { Dockerfile: 'FROM scratch AS build\nFROM build\n' } },
    },
  ],
  *check(doc) {
    for (const service of servicesHere(doc)) {
      const target = valueIn(service, 'build', 'target')
      const name = stringOf(target)
      if (target === undefined || !name || !isHere(doc, target.origin)) continue
      const dockerfile = dockerfileOf(doc.files, service)
      if (dockerfile === undefined || dockerfile.stages.length === 0) continue
      if (builtStage(dockerfile, service) !== undefined) continue
      const names = dockerfile.stages.flatMap((stage) => (stage.name === undefined ? [] : [stage.name]))
      const range = placeOf(target.origin)
      const message = t('The Dockerfile has no stage `{0}`.', name)
      const meant = nearest(name, names)
      if (meant === undefined) yield { range, message }
      else
        yield {
          range,
          message,
          suggestions: [{ title: t('Use `{0}`', meant), edits: [{ range, newText: meant }] }],
        }
    }
  },
})
