import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { headRange } from '../facts/arguments.ts'
import { leftovers, removes, runs } from '../facts/clean-up.ts'
import { installsOf, zypper } from '../facts/installs.ts'

export default defineRule({
  id: 'zypper-cache-left',
  aliases: ['DL3036'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'Cache of zypper left in a layer',
  why: 'What `zypper` downloads and its metadata are of no use in the image. Clean up in the same RUN, or put `/var/cache/zypp` on a cache mount.',
  examples: [
    {
      bad: 'FROM opensuse/leap:15\nRUN «zypper -n install» httpd=2.4\n',
      good: 'FROM opensuse/leap:15\nRUN zypper -n install httpd=2.4 && zypper clean\n',
    },
  ],
  *check(doc, context) {
    const installs = installsOf(context, zypper).map((install) => ({
      run: install.run,
      range: headRange(install, install.verb),
    }))
    yield* leftovers(doc, installs, {
      folders: ['/var/cache/zypp', '/var/cache'],
      isClean: (run) =>
        runs(run, ['zypper'], 'clean', 'cc') || removes(run, /\/var\/cache(\/(zypp|\*)|\/?$)/),
      command: 'zypper clean',
      title: t('Clean up at the end of this RUN'),
      message: t('What `zypper` downloads stays in the layer.'),
    })
  },
})
