import { t } from '../../shared/l10n.ts'
import { fileCommand } from '../command.ts'
import { meantProject } from './compose-containers.ts'
import { composeOutput } from './compose-output.ts'
import { requireCompose, runCompose, serviceWords } from './compose-program.ts'

export const upWithOptions = fileCommand({
  id: 'compose.upWithOptions',
  title: 'Compose Up with Options…',
  icon: 'run-all',
  language: 'dockercompose',
  place: { group: 'quayside@2' },
  needsTrust: true,
  async run(deps, given) {
    const { ui } = deps
    await requireCompose(deps)
    const meant = await meantProject(deps, given)
    if (meant === undefined) return
    const { engine, target } = meant
    const title = t('Compose Up')
    const profiles = await composeOutput(deps, engine, target, ['config', '--profiles'])
    const chosenProfiles =
      profiles.length === 0
        ? []
        : await ui.pickMany(
            profiles.map((label) => ({ label, value: label })),
            { title, placeholder: t('Profiles; none starts what belongs to no profile') },
          )
    if (chosenProfiles === undefined) return
    const profileWords = chosenProfiles.flatMap((profile) => ['--profile', profile])
    const services = await composeOutput(deps, engine, target, [...profileWords, 'config', '--services'])
    const chosen = await ui.pickMany(
      services.map((label) => ({
        label,
        value: label,
        picked: target.parts.length === 0 || target.parts.includes(label),
      })),
      { title, placeholder: t('Services') },
    )
    if (chosen === undefined || chosen.length === 0) return
    const options = await ui.pickMany(
      [
        { label: t('Build images first'), description: '--build', value: '--build' },
        { label: t('Pull images first'), description: '--pull always', value: '--pull=always' },
        { label: t('Make all containers anew'), description: '--force-recreate', value: '--force-recreate' },
        {
          label: t('Remove containers of services that are no longer in the file'),
          description: '--remove-orphans',
          value: '--remove-orphans',
        },
        { label: t('Wait until all are running and healthy'), description: '--wait', value: '--wait' },
      ],
      { title, placeholder: t('Options; none is fine') },
    )
    if (options === undefined) return
    const all = chosen.length === services.length
    await runCompose(deps, engine, target, t('Up'), [
      ...profileWords,
      'up',
      '--detach',
      ...options,
      ...(all ? [] : serviceWords(chosen)),
    ])
  },
})
