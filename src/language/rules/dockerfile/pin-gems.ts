import { defineRule } from '../define-rule.ts'
import { hasOption, operands, subcommand } from '../facts/arguments.ts'
import { type Install, unpinned } from '../facts/installs.ts'

export default defineRule({
  id: 'pin-gems',
  aliases: ['DL3028'],
  severity: 'hint',
  summary: 'Gems of `gem install` without a version',
  why: 'Without a version the same Dockerfile installs other gems on another day.',
  examples: [
    {
      bad: 'FROM ruby:3\nRUN «gem install» bundler\n',
      good: 'FROM ruby:3\nRUN gem install bundler:2.5.6\nRUN gem install rails -v 7.1 && gem install a --version 1 && gem install b.gem\n',
    },
  ],
  *check(_doc, context) {
    const installs: Install[] = []
    for (const entry of context.commands('gem')) {
      const verb = subcommand(entry.command, 'install', 'i')
      if (!verb || hasOption(entry.command, 'v', 'version')) continue
      const end = entry.command.args.findIndex(({ text }) => text === '--')
      const packages = operands(entry.command, [
        'n',
        'bindir',
        'i',
        'install-dir',
        's',
        'source',
        'P',
        'p',
        'platform',
        'use-system-libraries',
      ])
        .filter((argument) => argument !== verb)
        .filter((argument) => end < 0 || argument.word.start < entry.command.args[end]!.word.start)
      installs.push({ ...entry, verb, packages })
    }
    yield* unpinned(installs, (name) => /:|\.gem$/.test(name), '`name:version`')
  },
})
