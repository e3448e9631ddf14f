import { defineRule } from '../define-rule.ts'
import { installsOf, unpinned, zypper } from '../facts/installs.ts'

export default defineRule({
  id: 'pin-zypper-packages',
  aliases: ['DL3037'],
  severity: 'hint',
  summary: 'Packages of `zypper install` without a version',
  why: 'Without a version the same Dockerfile gives other packages on another day.',
  examples: [
    {
      bad: 'FROM opensuse/leap:15\nRUN «zypper -n install» httpd\n',
      good: 'FROM opensuse/leap:15\nRUN zypper -n install httpd=2.4 "a>=1.0" b.rpm\n',
    },
  ],
  check: (_doc, context) =>
    unpinned(installsOf(context, zypper), (name) => /[=<>]|\.rpm$/.test(name), '`name=version`'),
})
