import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { hasOption, headRange } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { removes } from '../facts/clean-up.ts'
import { apk, installsOf } from '../facts/installs.ts'
import { mountsAway } from '../facts/stages.ts'

export default defineRule({
  id: 'apk-no-cache',
  aliases: ['DL3019'],
  severity: 'information',
  fixable: 'safe',
  summary: '`apk add` without `--no-cache`',
  why: '`--no-cache` takes a fresh index and leaves nothing behind, so that neither `apk update` nor a clean-up is needed. With `--no-network` nothing is fetched, and the index that is there is the only one.',
  examples: [
    { bad: 'FROM alpine:3\nRUN «apk add» curl=8\n', good: 'FROM alpine:3\nRUN apk add --no-cache curl=8\n' },
    {
      bad: 'FROM alpine:3\nRUN «apk --update add» curl=8 && rm -rf /var/cache/apk/*\n',
      good: 'FROM alpine:3\nRUN apk --update add --no-cache curl=8 && rm -rf /var/cache/apk/*\nRUN apk add --no-network $runDeps\n',
    },
  ],
  *check(doc, context) {
    for (const install of installsOf(context, apk)) {
      const { run, command, verb } = install
      if (
        hasOption(command, 'no-cache', 'no-network') ||
        mountsAway(doc, run.instruction, ['/var/cache/apk', '/etc/apk/cache'])
      )
        continue
      yield {
        range: headRange(install, verb),
        message: removes(run, /^\/var\/cache\/(apk|\*)/)
          ? t('With `--no-cache` there is no package index to remove.')
          : t('`apk add` leaves its package index in the layer.'),
        fix: fixOf(t('Add `--no-cache`'), insert(run.after(verb.word), ' --no-cache')),
      }
    }
  },
})
