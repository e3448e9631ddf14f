import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { operands } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'

const caches: Readonly<Record<string, { readonly verbs: readonly string[]; readonly target: string }>> = {
  'apt-get': { verbs: ['install'], target: '/var/cache/apt,sharing=locked' },
  npm: { verbs: ['ci', 'install', 'i'], target: '/root/.npm' },
  yarn: { verbs: ['install'], target: '/usr/local/share/.cache/yarn' },
  pip: { verbs: ['install'], target: '/root/.cache/pip' },
  pip3: { verbs: ['install'], target: '/root/.cache/pip' },
  go: { verbs: ['build', 'install', 'mod'], target: '/root/.cache/go-build' },
  cargo: { verbs: ['build', 'install'], target: '/usr/local/cargo/registry' },
  mvn: { verbs: ['package', 'install', 'verify', 'dependency:go-offline'], target: '/root/.m2' },
  composer: { verbs: ['install'], target: '/tmp/cache' },
  dotnet: { verbs: ['restore', 'publish', 'build'], target: '/root/.nuget/packages' },
}

export default defineRule({
  id: 'cache-mount',
  aliases: [],
  severity: 'off',
  fixable: 'suggestion',
  summary: 'Download or build that a cache mount would speed up',
  why: 'What lies on a cache mount stays for the next build even when the layer is built anew, and never gets into the image.',
  references: ['https://docs.docker.com/build/cache/optimize/#use-cache-mounts'],
  examples: [
    {
      bad: 'FROM node:20-slim\nRUN «npm» ci\n',
      good: 'FROM node:20-slim\nRUN --mount=type=cache,target=/root/.npm npm ci\n',
    },
  ],
  check: eachRun(function* (run) {
    if (run.instruction.flags.some(({ name }) => name === 'mount')) return
    for (const command of run.script.commands) {
      const cache = Object.hasOwn(caches, command.name) ? caches[command.name] : undefined
      const verb = operands(command)[0]?.text
      if (!cache || verb === undefined || !cache.verbs.includes(verb)) continue
      yield {
        range: run.range(command.node.words[0]!),
        message: t('A cache mount would keep what `{0}` downloads for the next build.', command.name),
        suggestions: [
          fixOf(
            t('Add the cache mount'),
            insert(run.instruction.keywordRange.end, ` --mount=type=cache,target=${cache.target}`),
          ),
        ],
      }
      break
    }
  }),
})
