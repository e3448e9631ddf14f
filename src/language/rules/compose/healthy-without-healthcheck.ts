import { t } from '../../../shared/l10n.ts'
import { builtStage, dockerfileOf, instructionsFor } from '../../compose/build-files.ts'
import { isHere, servicesHere, valueIn, type ComposeDoc } from '../../compose/doc.ts'
import { isTrue } from '../../compose/project/checks.ts'
import type { Service } from '../../compose/project/model.ts'
import { dependenciesOf } from '../../compose/project/normalize.ts'
import { placeOf } from '../../compose/project/problem.ts'
import { get, stringOf } from '../../compose/project/value.ts'
import { healthcheckEdit } from '../../compose/healthcheck.ts'
import type { Fix } from '../rule.ts'
import { defineComposeRule } from './define-rule.ts'

export default defineComposeRule({
  id: 'healthy-without-healthcheck',
  aliases: [],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'A service waits for another to be healthy that has no health check.',
  why:
    'If the image has no health check of its own, `up` fails: a container without one never becomes healthy. Few official ' +
    'images bring one.',
  references: ['https://docs.docker.com/compose/how-tos/startup-order/'],
  examples: [
    {
      bad:
        'services:\n  web:\n    image: web:1\n    depends_on:\n      db:\n        condition: «service_healthy»\n' +
        '  db:\n    image: postgres:16\n',
      good:
        'services:\n  web:\n    image: web:1\n    depends_on:\n      db:\n        condition: service_healthy\n' +
        '  db:\n    image: postgres:16\n    healthcheck:\n      test: ["CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres}"]\n' +
        '      interval: 10s\n      timeout: 5s\n      retries: 5\n',
    },
  ],
  *check(doc) {
    for (const service of servicesHere(doc))
      for (const dependency of dependenciesOf(service.value)) {
        if (dependency.condition !== 'service_healthy') continue
        const target = doc.project.services.get(dependency.service)
        const condition = valueIn(service, 'depends_on', dependency.service, 'condition')
        if (target === undefined || condition === undefined || !isHere(doc, condition.origin)) continue
        const state = healthcheckOf(doc, target)
        if (state !== 'none' && state !== 'disabled') continue
        const fix: Fix | undefined =
          state === 'none' && isHere(doc, target.item.key) ? healthcheckEdit(doc, target) : undefined
        yield {
          range: placeOf(condition.origin),
          message:
            state === 'none'
              ? t('The service `{0}` has no health check here; its image must bring one.', dependency.service)
              : t('The health check of the service `{0}` is turned off.', dependency.service),
          ...(fix === undefined ? {} : { suggestions: [fix] }),
        }
      }
  },
})

function healthcheckOf(doc: ComposeDoc, service: Service): 'none' | 'some' | 'disabled' | 'unknown' {
  const check = get(service.value, 'healthcheck')
  const test = get(check, 'test')
  const first = test?.kind === 'list' ? stringOf(test.items[0]) : stringOf(test)
  if (isTrue(get(check, 'disable')) || first === 'NONE') return 'disabled'
  if (test !== undefined) return 'some'
  if (!service.value.entries.has('build')) return check === undefined ? 'none' : 'unknown'
  const dockerfile = dockerfileOf(doc.files, service)
  if (dockerfile === undefined) return 'unknown'
  const instructions = instructionsFor(dockerfile, builtStage(dockerfile, service))
  return instructions.some((instruction) => instruction.name === 'HEALTHCHECK') ? 'some' : 'none'
}
