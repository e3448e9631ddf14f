import { basename } from 'node:path'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { fileCommand } from '../command.ts'
import { containersOf, meantProject } from './compose-containers.ts'
import { allProfiles, folderOf, runCompose, serviceWords } from './compose-program.ts'

export const down = fileCommand({
  id: 'compose.down',
  title: 'Compose Down…',
  icon: 'trash',
  language: 'dockercompose',
  place: { group: 'quayside@3' },
  needsTrust: true,
  async run(deps, given) {
    const meant = await meantProject(deps, given)
    if (meant === undefined) return
    const { engine, target } = meant
    const containers = await containersOf(deps, { ...target, engine: engine.id })
    const whole = target.parts.length === 0
    const names = containers.map(({ name }) => plain(name))
    const answer = await deps.ui.confirm(
      whole
        ? {
            message: t(
              'Take down the project in {0} on {1}?',
              plain(target.project ?? basename(folderOf(target)), 100),
              plain(deps.engines.nameOf(engine.id)),
            ),
            detail: [
              t('Its containers and networks are removed:'),
              ...names,
              t('“With Volumes” removes the volumes that the file declares too, with all that is in them.'),
            ].join('\n'),
            action: t('Down'),
            alternative: t('Down with Volumes'),
          }
        : {
            message: t(
              'Take down {0} on {1}?',
              plain(target.parts.join(', '), 200),
              plain(deps.engines.nameOf(engine.id)),
            ),
            detail: [t('Containers are removed; networks and named volumes stay:'), ...names].join('\n'),
            action: t('Down'),
          },
    )
    if (answer === undefined) return
    await runCompose(deps, engine, target, t('Down'), [
      ...(whole ? allProfiles : []),
      'down',
      ...(answer === 'alternative' ? ['--volumes'] : []),
      ...serviceWords(target.parts),
    ])
  },
})
