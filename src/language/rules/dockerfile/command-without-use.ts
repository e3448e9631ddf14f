import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { nameRange } from '../facts/arguments.ts'

export default defineRule({
  id: 'command-without-use',
  aliases: ['DL3001'],
  severity: 'information',
  summary: 'Command that makes no sense in a build',
  why: 'Each RUN has processes of its own, which end with it: there is nothing to watch, no service to start, no terminal to edit in.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN «top»\nRUN «service» nginx start && «vim» /etc/x\n',
      good: 'FROM debian:12\nRUN apt-get install -y vim procps\n',
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands(
      'ssh',
      'vim',
      'shutdown',
      'service',
      'systemctl',
      'ps',
      'free',
      'top',
      'kill',
      'mount',
      'reboot',
    )) {
      if (
        entry.command.name === 'systemctl' &&
        entry.command.args.some(({ text }) => /^(enable|disable|mask|set-default)$/.test(text))
      )
        continue
      yield {
        range: nameRange(entry),
        message: t('`{0}` makes no sense while an image is built.', entry.command.name),
      }
    }
  },
})
