import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { headRange } from '../facts/arguments.ts'
import { leftovers, removes, runs } from '../facts/clean-up.ts'
import { installsOf, yum } from '../facts/installs.ts'

export default defineRule({
  id: 'yum-cache-left',
  aliases: ['DL3032'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'Cache of yum left in a layer',
  why: 'What `yum` downloads and its metadata are of no use in the image. Clean up in the same RUN, or put `/var/cache/yum` on a cache mount.',
  examples: [
    {
      bad: 'FROM centos:7\nRUN «yum install» -y httpd-2.4\n',
      good: 'FROM centos:7\nRUN yum install -y httpd-2.4 && yum clean all\n',
    },
  ],
  *check(doc, context) {
    const installs = installsOf(context, yum).map((install) => ({
      run: install.run,
      range: headRange(install, install.verb),
    }))
    yield* leftovers(doc, installs, {
      folders: ['/var/cache/yum', '/var/cache/dnf', '/var/cache/libdnf5', '/var/cache'],
      isClean: (run) =>
        runs(run, ['yum', 'dnf'], 'clean') || removes(run, /\/var\/cache(\/(yum|dnf|\*)|\/?$)/),
      command: 'yum clean all',
      title: t('Clean up at the end of this RUN'),
      message: t('What `yum` downloads stays in the layer.'),
    })
  },
})
