import type { Container, ContainerState, Health } from '../engine/model/container.ts'
import { t } from '../shared/l10n.ts'
import { shortMoment, type RowContext } from './moment.ts'

/** The order of states in which people look for them. */
export const stateOrder: readonly ContainerState[] = [
  'running',
  'restarting',
  'paused',
  'created',
  'exited',
  'dead',
  'removing',
]

export function stateRank({ state, health }: Container): number {
  if (state === 'running' && health === 'unhealthy') return -1
  const rank = stateOrder.indexOf(state)
  return rank < 0 ? stateOrder.length : rank
}

export function stateWord(state: ContainerState): string {
  switch (state) {
    case 'running':
      return t('running')
    case 'restarting':
      return t('restarting')
    case 'paused':
      return t('paused')
    case 'created':
      return t('created')
    case 'exited':
      return t('exited')
    case 'dead':
      return t('dead')
    case 'removing':
      return t('being removed')
  }
}

export function healthWord(health: Health): string {
  switch (health) {
    case 'starting':
      return t('health starting')
    case 'healthy':
      return t('healthy')
    case 'unhealthy':
      return t('unhealthy')
  }
}

/** State, exit code and health in words: `running, healthy`, `exited with 137`. */
export function conditionWords({ state, health, exitCode }: Container): string {
  const stopped = state === 'exited' || state === 'dead'
  const word =
    stopped && exitCode !== undefined ? t('{0} with {1}', stateWord(state), exitCode) : stateWord(state)
  return state === 'running' && health !== undefined ? `${word}, ${healthWord(health)}` : word
}

/** State and since when, for the end of a row: `up since 14:05`, `exited (137) 14:02`, `created 28 Nov`. */
export function stateSince(container: Container, context: RowContext): string {
  const { state, since, created, exitCode } = container
  const time = shortMoment(since ?? { at: created, within: 0 }, context)
  switch (state) {
    case 'running':
      return since === undefined ? t('created {0}', time) : t('up since {0}', time)
    case 'created':
      return t('created {0}', time)
    case 'exited':
    case 'dead': {
      const word = exitCode === undefined ? stateWord(state) : `${stateWord(state)} (${exitCode})`
      return since === undefined ? word : `${word} ${time}`
    }
    case 'paused':
    case 'restarting':
    case 'removing':
      return stateWord(state)
  }
}

/** Running, or about to be: what stopping would stop. */
export const isLive = ({ state }: Container): boolean =>
  state === 'running' || state === 'paused' || state === 'restarting'
