import type { EndpointProblem } from '../engine/contexts.ts'
import type { Endpoint } from '../engine/endpoint.ts'
import { EngineError } from '../engine/errors.ts'
import type { Snapshot } from '../engine/live/state.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { connectionError } from './engines.ts'
import { originWord } from './kinds/engine.ts'
import { dotted } from './kinds/kind.ts'
import type { DetailNode } from './node.ts'

/** Why nothing can be seen of the one engine that the views are for. */
export interface Trouble {
  readonly error: EngineError
  /** What was tried; undefined where what the user named is no engine at all. */
  readonly endpoint?: Endpoint
}

/**
 * What the view of containers tells in place of containers; undefined where it has some to show, or several engines, each of which
 * tells it in its group. `failure` is what is wrong with what the user named as the engine.
 */
export function troubleOf(
  { engines, shown }: Snapshot,
  failure: EndpointProblem | undefined,
): Trouble | undefined {
  const states = engines.filter(({ endpoint }) => shown.has(endpoint.id))
  if (states.length > 1) return undefined
  const [state] = states
  if (state === undefined) return failure
  const error = connectionError(state)
  return error === undefined ? undefined : { error, endpoint: state.endpoint }
}

/** What happened and what to do: sentences, which the view breaks into lines where rows would be cut off. */
export function troubleText({ error }: Trouble): string {
  const { message, nextStep = '', status } = error
  // What has a status is the engine's own word, and no sentence of ours.
  const said = status === undefined ? message : t('The engine answered: {0}', message)
  return plain(`${/[.!?]$/.test(said) ? said : `${said}.`} ${nextStep}`.trim(), 600)
}

/** What was tried, where it came from, what the system said; then what can be done at a click. */
export function troubleRows({ error, endpoint }: Trouble): readonly DetailNode[] {
  const rows: DetailNode[] = []
  const add = (
    id: string,
    label: string,
    description: string,
    icon: string,
    click?: DetailNode['click'],
  ): void => {
    rows.push({
      kind: 'detail',
      id,
      parent: 'trouble',
      label,
      description,
      icon,
      ...(click === undefined ? {} : { click }),
    })
  }
  if (endpoint !== undefined)
    add('address', t('Tried'), dotted(originWord(endpoint.origin), endpoint.url), 'link')
  if (error.cause instanceof Error && !(error.cause instanceof EngineError) && error.cause.message !== '')
    add('system', t('The system said'), error.cause.message, 'error')
  add(
    'again',
    t('Try Again'),
    endpoint === undefined ? '' : t('it is tried by itself, too'),
    'debug-restart',
    'engines.reconnect',
  )
  add('choose', t('Choose Another Engine'), '', 'server-environment', 'engines.use')
  add('settings', t('Set an Address'), '', 'settings-gear', 'engines.openSettings')
  add('diagnostics', t('Connection Diagnostics'), t('all that was looked at'), 'pulse', 'engines.diagnostics')
  return rows
}
