import type { Surroundings } from '../engine/config-files.ts'
import type { Endpoint } from '../engine/endpoint.ts'
import type { EndpointList } from '../engine/endpoints.ts'
import type { EngineState, Snapshot } from '../engine/live/state.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'

/** What was tried to find and reach engines, where each address came from, and what the system said: text to read and to copy. */
export function connectionReport(
  list: EndpointList,
  { engines, active }: Snapshot,
  { env, platform }: Surroundings,
): string {
  const lines = [
    t('Connection diagnostics'),
    '',
    t('Where an address can come from'),
    ...sources(env),
    t('Platform: {0}', platform),
    '',
  ]
  if (list.failure !== undefined) {
    const { subject, error } = list.failure
    lines.push(
      t('The engine that is named cannot be used: {0}', plain(subject)),
      `  ${plain(error.message)}`,
      ...(error.nextStep === undefined ? [] : [`  → ${plain(error.nextStep)}`]),
      '',
    )
  }
  lines.push(t('Engines'))
  for (const state of engines) lines.push(...engineLines(state, state.endpoint.id === active), '')
  if (engines.length === 0) lines.push(`  ${t('none')}`, '')
  if (list.problems.length > 0) {
    lines.push(t('What could not be read'))
    for (const { subject, error } of list.problems) lines.push(`  ${plain(subject)}: ${plain(error.message)}`)
  }
  return `${lines.join('\n').trimEnd()}\n`
}

function sources(env: Surroundings['env']): string[] {
  const names = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH']
  return names.map(
    (name) => `  ${name}: ${env[name] === undefined ? t('not set') : withoutPassword(env[name])}`,
  )
}

// An address may hold a password: `ssh://user:secret@host`.
const withoutPassword = (address: string): string =>
  plain(address).replace(/(\/\/[^/@:]*):[^/@]*@/, '$1:•••@')

export function originText({ origin }: Endpoint): string {
  switch (origin.from) {
    case 'setting':
      return t('from the setting')
    case 'environment':
      return t('from the environment variable {0}', origin.variable)
    case 'context':
      return t('from the docker context {0}', plain(origin.name))
    case 'default':
      return t('the default of this platform')
    case 'wellKnown':
      return t('found: {0}', plain(origin.product))
  }
}

function engineLines({ endpoint, connection, info }: EngineState, active: boolean): string[] {
  const lines = [
    `${active ? '● ' : '○ '}${plain(endpoint.name)}  ${withoutPassword(endpoint.url)}  (${originText(endpoint)})`,
  ]
  if (connection.status === 'connected') lines.push(`  ${t('connected')}`)
  else if (connection.status === 'idle') lines.push(`  ${t('not connected: nothing shows it')}`)
  const error = 'error' in connection ? connection.error : undefined
  if (error !== undefined) {
    lines.push(`  ${error.code}: ${plain(error.message)}`)
    if (error.cause instanceof Error) lines.push(`  ${t('The system said: {0}', plain(error.cause.message))}`)
    if (error.nextStep !== undefined) lines.push(`  → ${plain(error.nextStep)}`)
  }
  if (connection.status === 'failed')
    lines.push(`  ${t('Attempt {0}; the next one follows by itself.', connection.attempt)}`)
  if (info !== undefined)
    lines.push(
      `  ${info.product} ${plain(info.version)}, API ${info.apiVersion} (${info.minApiVersion} … ${info.maxApiVersion}), ${plain(info.os)}, ${info.osType}/${plain(info.architecture)}`,
      `  ${t('Storage driver {0}, logging driver {1}, cgroup version {2}', plain(info.storageDriver), plain(info.loggingDriver), plain(info.cgroupVersion))}`,
      ...info.warnings.map((warning) => `  ! ${plain(warning)}`),
    )
  return lines
}
