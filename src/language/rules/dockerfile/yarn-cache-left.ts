import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { headRange, subcommand } from '../facts/arguments.ts'
import { leftovers, removes, runs } from '../facts/clean-up.ts'
import { mountsOf, mountValue } from '../facts/stages.ts'

export default defineRule({
  id: 'yarn-cache-left',
  aliases: ['DL3060'],
  severity: 'information',
  fixable: 'safe',
  summary: 'Cache of yarn left in a layer',
  why: 'Yarn keeps a second copy of what it installs. Clean it in the same RUN, or put it on a cache mount.',
  examples: [
    {
      bad: 'FROM node:20\nRUN «yarn install» --frozen-lockfile\n',
      good: 'FROM node:20\nRUN yarn install --frozen-lockfile && yarn cache clean\n',
    },
  ],
  *check(doc, context) {
    const installs = context.commands('yarn').flatMap((entry) => {
      const verb = subcommand(entry.command, 'install')
      const cached = mountsOf(doc, entry.run.instruction).some(
        (keys) =>
          mountValue(keys, 'type') === 'cache' &&
          /yarn|\.cache/.test(mountValue(keys, 'target', 'dst', 'destination') ?? ''),
      )
      return verb && !cached ? [{ run: entry.run, range: headRange(entry, verb) }] : []
    })
    yield* leftovers(doc, installs, {
      folders: [],
      isClean: (run) => runs(run, ['yarn'], 'clean') || removes(run, /\.cache|yarn cache dir/),
      command: 'yarn cache clean',
      title: t('Clean the cache at the end of this RUN'),
      message: t('The cache of `yarn` stays in the layer.'),
    })
  },
})
