import { t } from '../shared/l10n.ts'
import { viewCommand } from './command.ts'

/** What was done in this window, as `docker` would do it: the lines of the output channel, for a script or a note. */
export const copyDone = viewCommand({
  id: 'system.copyDone',
  title: 'Copy as docker Command…',
  icon: 'copy',
  views: ['containers', 'images', 'volumes', 'networks'],
  place: { group: '9_copy@1' },
  async run({ ui }) {
    const done = ui.equivalents()
    if (done.length === 0) return void ui.info(t('Nothing was done in this window yet.'))
    const chosen = await ui.pickMany(
      done.map((line, i) => ({ label: line, picked: i === 0, value: i })),
      {
        title: t('Copy as docker Command'),
        placeholder: t('What was done last comes first; what looks like a secret is hidden'),
      },
    )
    if (chosen === undefined || chosen.length === 0) return
    // A script runs them in the order in which they were done.
    await ui.copy(
      [...chosen]
        .sort((a, b) => b - a)
        .map((i) => done[i]!)
        .join('\n'),
    )
    void ui.info(t('Copied.'))
  },
})
