import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { headRange } from '../facts/arguments.ts'
import { leftovers, removes } from '../facts/clean-up.ts'
import { dnf, installsOf } from '../facts/installs.ts'

export default defineRule({
  id: 'dnf-cache-left',
  aliases: ['DL3040'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'Cache of dnf left in a layer',
  why: 'What `dnf` downloads and its metadata are of no use in the image. Clean up in the same RUN, or put `/var/cache/dnf` (`/var/cache/libdnf5` for dnf 5) on a cache mount.',
  examples: [
    {
      bad: 'FROM fedora:40\nRUN «dnf install» -y httpd-2.4\nRUN «microdnf install» -y a-1\n',
      good: 'FROM fedora:40\nRUN dnf install -y httpd-2.4 && dnf clean all\nRUN microdnf install -y a-1 && microdnf clean all\n',
    },
  ],
  *check(doc, context) {
    for (const install of installsOf(context, dnf)) {
      const { name, node } = install.command
      const cleaners = name === 'microdnf' ? [name] : ['dnf', 'dnf5', 'yum']
      yield* leftovers(doc, [{ run: install.run, range: headRange(install, install.verb) }], {
        folders: ['/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/yum', '/var/cache'],
        isClean: (run) =>
          run.script.commands.some(
            (command) =>
              cleaners.includes(command.name) &&
              command.node.start > node.start &&
              command.args.some(({ text }) => text === 'clean'),
          ) || removes(run, /\/var\/cache(\/(yum|dnf|libdnf5?|\*)|\/?$)/),
        command: `${name} clean all`,
        title: t('Clean up at the end of this RUN'),
        message: t('What `{0}` downloads stays in the layer.', name),
      })
    }
  },
})
