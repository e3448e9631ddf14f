import { t } from '../../../shared/l10n.ts'
import { builtinArg } from '../../dockerfile/builtin-args.ts'
import { buildArgsOf, dockerfileOf } from '../../compose/build-files.ts'
import { isHere, servicesHere, valueIn } from '../../compose/doc.ts'
import type { Origin } from '../../compose/project/value.ts'
import { stringOf } from '../../compose/project/value.ts'
import { nearest } from '../facts/near.ts'
import { defineComposeRule } from './define-rule.ts'

export default defineComposeRule({
  id: 'build-arg-undeclared',
  aliases: [],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'A build argument that the Dockerfile does not declare.',
  why: 'The build ignores an argument that no `ARG` names, with a warning that is easily overlooked.',
  references: ['https://docs.docker.com/reference/compose-file/build/#args'],
  examples: [
    {
      bad: 'services:\n  a:\n    build:\n      context: .\n      args:\n        «VERSON»: "1"\n        HTTP_PROXY: x\n',
      good: 'services:\n  a:\n    build:\n      context: .\n      args:\n        VERSION: "1"\n        HTTP_PROXY: x\n',
      options: { files: { Dockerfile: 'FROM scratch\nARG VERSION\n' } },
    },
    {
      bad: 'services:\n  a:\n    build:\n      context: app\n      args:\n        - «VERSON»=1\n',
      good: 'services:\n  a:\n    build:\n      context: app\n      args:\n        - VERSION=1\n',
      options: { files: { 'app/Dockerfile': 'FROM scratch\nARG VERSION\n' } },
    },
  ],
  *check(doc) {
    for (const service of servicesHere(doc)) {
      const args = valueIn(service, 'build', 'args')
      if (args === undefined || args.kind === 'scalar') continue
      const dockerfile = dockerfileOf(doc.files, service)
      if (dockerfile === undefined || dockerfile.stages.length === 0) continue
      const declared = buildArgsOf(dockerfile)
      const given: [string, Origin][] = []
      if (args.kind === 'map') for (const [name, item] of args.entries) given.push([name, item.key])
      else
        for (const item of args.items)
          given.push([(stringOf(item) ?? '').split('=', 1)[0] ?? '', item.origin])
      for (const [name, origin] of given) {
        if (name === '' || declared.has(name) || builtinArg(name) !== undefined || !isHere(doc, origin))
          continue
        const { node } = origin
        const at = doc.text.slice(node.start, node.end).indexOf(name)
        if (at < 0) continue
        const range = { start: node.start + at, end: node.start + at + name.length }
        const message = t('The Dockerfile has no `ARG {0}`.', name)
        const meant = nearest(name, declared)
        if (meant === undefined) yield { range, message }
        else
          yield {
            range,
            message,
            suggestions: [{ title: t('Use `{0}`', meant), edits: [{ range, newText: meant }] }],
          }
      }
    }
  },
})
