import type { Container } from '../../engine/model/container.ts'
import { flagNamed } from '../../shared/docker-run/flags.ts'
import { fits, type RunSpec } from '../../shared/docker-run/run-line.ts'
import { t } from '../../shared/l10n.ts'
import { masked } from '../../shared/masking.ts'
import { plain } from '../../shared/sinks.ts'
import { heldByContainer, portHolder } from './port-holder.ts'
import { publishedPorts } from './values.ts'

/** What is wrong with a spec before it is tried, by flag; `image` for the image. */
export function checkSpec(spec: RunSpec, containers: readonly Container[]): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  if (spec.image.trim() === '') problems['image'] = t('An image is needed.')
  else if (/\s/.test(spec.image) || /^[-.]/.test(spec.image))
    problems['image'] = t('This is no name of an image.')
  for (const [name, value] of spec.flags) {
    const flag = flagNamed(name)
    if (flag === undefined) problems[name] = t('There is no option --{0}.', plain(name, 60))
    else
      for (const entry of typeof value === 'string' ? [value] : value)
        if (entry.includes(masked)) problems[name] = hiddenValue(entry)
        else if (entry !== '' && !fits(flag, entry)) problems[name] = wrongValue(flag.kind, entry)
  }
  const hidden = spec.command.find((word) => word.includes(masked))
  if (hidden !== undefined) problems['command'] = hiddenValue(hidden)
  const name = spec.flags.get('name')
  if (typeof name === 'string' && name !== '') {
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
      problems['name'] = t('Letters, digits, “_”, “.” and “-”; at least two, a letter or digit first.')
    else if (containers.some((container) => container.name === name))
      problems['name'] = t('There is a container named {0} already.', plain(name, 80))
  }
  Object.assign(problems, portProblems(spec, containers))
  if (
    spec.flags.get('rm') === 'true' &&
    !['', 'no', undefined].includes(spec.flags.get('restart') as string | undefined)
  )
    problems['restart'] = t('What is removed when it stops cannot be restarted: choose one of the two.')
  return problems
}

/** A line that was copied without its secrets, or a profile that was kept without them, cannot run as it is. */
const hiddenValue = (entry: string): string =>
  t('“{0}” has a hidden value: write the real one in place of •••.', plain(entry, 60))

function wrongValue(kind: string, value: string): string {
  const shown = plain(value, 60)
  switch (kind) {
    case 'bytes':
      return t('“{0}” is no size; write 512m or 2g.', shown)
    case 'duration':
      return t('“{0}” is no duration; write 30s or 1m30s.', shown)
    case 'integer':
      return t('“{0}” is no whole number.', shown)
    default:
      return t('“{0}” is no number.', shown)
  }
}

function portProblems(spec: RunSpec, containers: readonly Container[]): Record<string, string> {
  const published = spec.flags.get('publish')
  if (published === undefined || typeof published === 'string') return {}
  for (const entry of published) {
    if (entry === '') continue
    const ports = publishedPorts(entry)
    if (ports === undefined)
      return { publish: t('“{0}” cannot be read; write HOST:CONTAINER, such as 8080:80.', plain(entry, 60)) }
    for (const { hostPort, hostIp, protocol } of ports) {
      const holder = /^\d+$/.test(hostPort)
        ? portHolder(containers, Number(hostPort), protocol, hostIp)
        : undefined
      if (holder !== undefined) return { publish: heldByContainer(Number(hostPort), holder).message }
    }
  }
  return {}
}
