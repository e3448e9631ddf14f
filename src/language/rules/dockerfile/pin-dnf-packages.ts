import { defineRule } from '../define-rule.ts'
import { hasArgument } from '../facts/arguments.ts'
import { installsOf, isPinnedRpm, unpinned, dnf } from '../facts/installs.ts'

export default defineRule({
  id: 'pin-dnf-packages',
  aliases: ['DL3041'],
  severity: 'hint',
  summary: 'Packages of `dnf install` without a version',
  why: 'Without a version the same Dockerfile gives other packages on another day.',
  examples: [
    {
      bad: 'FROM fedora:40\nRUN «dnf install» -y httpd python3-devel\n',
      good: 'FROM fedora:40\nRUN dnf install -y httpd-2.4.6 x.rpm && dnf module install -y nodejs:18\n',
    },
  ],
  *check(_doc, context) {
    const installs = installsOf(context, { ...dnf, verbs: ['install'] }).map((install) => ({
      ...install,
      packages: hasArgument(install.command, 'module', 'group')
        ? install.packages.filter(({ text }) => text !== 'module' && text !== 'group')
        : install.packages,
    }))
    yield* unpinned(installs, (name) => isPinnedRpm(name) || /:\d|^@/.test(name), '`name-version`')
  },
})
