import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { nameRange, operands } from '../facts/arguments.ts'
import { fixOf, replace } from '../facts/edits.ts'

const shared = new Set([
  'install',
  'update',
  'upgrade',
  'remove',
  'purge',
  'autoremove',
  'clean',
  'autoclean',
  'source',
  'build-dep',
  'download',
  'reinstall',
])

export default defineRule({
  id: 'use-apt-get',
  aliases: ['DL3027'],
  severity: 'warning',
  fixable: 'safe',
  summary: '`apt` instead of `apt-get`',
  why: '`apt` is made for people: its output and options may change, and it says so itself. Scripts use `apt-get` and `apt-cache`.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN «apt» update && «apt» -y install curl=7\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get -y install curl=7\n',
    },
    {
      bad: 'FROM debian:12\nRUN «apt» list\n',
      good: 'FROM debian:12\nRUN apt-cache search x\n',
      fixed: false,
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('apt')) {
      const verb = operands(entry.command)[0]
      yield {
        range: nameRange(entry),
        message: t('`apt` is meant for people; scripts use `apt-get` or `apt-cache`.'),
        ...(verb &&
          shared.has(verb.text) && { fix: fixOf(t('Use `apt-get`'), replace(nameRange(entry), 'apt-get')) }),
      }
    }
  },
})
