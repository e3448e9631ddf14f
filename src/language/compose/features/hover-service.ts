import { activeProfiles, isStarted } from '../../../shared/compose-files.ts'
import { t } from '../../../shared/l10n.ts'
import { markdown, markdownCode } from '../../../shared/sinks.ts'
import type { OpenProject } from '../open.ts'
import { isNull } from '../project/value.ts'
import type { Path } from '../yaml/tree.ts'
import { originName, placeName, shownValue } from './effective.ts'

/** A variable that a service passes to its containers: what it is in the end, and which file says so. */
export function environmentNote(open: OpenProject, path: Path, written: string): string | undefined {
  const [section, service, key, place] = path
  if (section !== 'services' || key !== 'environment' || path.length !== 4) return undefined
  const name = typeof place === 'number' ? written.split('=', 1)[0]! : String(place)
  const variable = open.project.serviceFiles.get(String(service))?.environment.get(name)
  if (variable === undefined) return undefined
  const head = `**${markdown(name)}**`
  const { value, from, written: at } = variable
  if (value === undefined)
    return `${head}\n\n${t('Not set: the containers get it only where the shell sets it.')}`
  const passedOn = typeof place === 'number' ? !written.includes('=') : at !== undefined && isNull(at)
  if (passedOn && from === undefined) return `${head}\n\n${t('Set by the shell.')}`
  const origin =
    from === undefined
      ? at && originName(open, at.origin)
      : placeName(open, from.uri, open.files.text(from.uri) ?? '', from.variable.entry.start)
  const shown = shownValue(open, name, value)
  return `${head}\n\n${origin === undefined ? t('Value: {0}', shown) : t('Value: {0}, from {1}', shown, origin)}`
}

/** A profile: which services start with it. */
export function profileNote(open: OpenProject, path: Path, name: string): string | undefined {
  const [section, , key] = path
  if (section !== 'services' || key !== 'profiles' || path.length !== 4 || name === '') return undefined
  const services = [...open.project.services.values()].filter(({ profiles }) => profiles.includes(name))
  if (services.length === 0) return undefined
  const given = open.project.environment.get('COMPOSE_PROFILES')?.value ?? ''
  const active = isStarted([name], activeProfiles(given))
  return [
    `**${markdown(name)}**`,
    t('Starts {0}.', services.map((service) => markdownCode(service.name)).join(', ')),
    active
      ? t('`COMPOSE_PROFILES` turns it on.')
      : t('Off until it is asked for: {0}', markdownCode(`--profile ${name}`)),
  ].join('\n\n')
}
