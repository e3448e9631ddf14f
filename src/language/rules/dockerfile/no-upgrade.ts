import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { headRange, subcommand } from '../facts/arguments.ts'

const hadolint: Readonly<Record<string, string>> = {
  apk: 'DL3017',
  yum: 'DL3031',
  dnf: 'DL3039',
  microdnf: 'DL3039',
}

export default defineRule({
  id: 'no-upgrade',
  aliases: ['DL3005', 'DL3017', 'DL3031', 'DL3039'],
  aliasesDiffer: true,
  severity: 'off',
  summary: 'All packages of the base image upgraded',
  why: 'The result depends on the day of the build, and every upgraded file is there twice. A newer base image has the upgrades already.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get update && «apt-get dist-upgrade» -y\nRUN «apk upgrade»\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('apt-get', 'apt', 'apk', 'yum', 'dnf', 'microdnf')) {
      const { name } = entry.command
      const verbs = name.startsWith('apt')
        ? ['upgrade', 'dist-upgrade', 'full-upgrade']
        : name === 'apk'
          ? ['upgrade']
          : ['update', 'upgrade']
      const verb = subcommand(entry.command, ...verbs)
      if (verb)
        yield {
          range: headRange(entry, verb),
          aliases: [hadolint[name] ?? 'DL3005'],
          message: t('Take a newer base image instead of upgrading all packages.'),
        }
    }
  },
})
