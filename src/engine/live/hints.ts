import type { EngineEvent } from '../model/system.ts'
import type { Resource } from './state.ts'

/** What an event makes doubtful: one object, or all of its kind without an id. The list then tells what is true. */
export interface Hint {
  readonly resource: Resource
  readonly id?: string
  /** Not urgent: another event tells of the same change, just before or just after. */
  readonly urgent: boolean
}

/** Actions that change nothing a list shows; what is not named here is taken for a change, so that new ones are heeded. */
const silent: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'container',
    new Set([
      'attach',
      'detach',
      'exec',
      'exec_create',
      'exec_start',
      'exec_detach',
      'exec_die',
      'exec_died',
      'resize',
      'top',
      'copy',
      'archive-path',
      'extract-to-dir',
      'export',
      'kill',
      'oom',
      'checkpoint',
      'mount',
      'unmount',
      'sync',
    ]),
  ],
  ['image', new Set(['push', 'save', 'mount', 'unmount'])],
  ['volume', new Set(['mount', 'unmount'])],
])

const repeated = new Set(['stop', 'restart', 'cleanup', 'prune'])

export function hintsOf({ type, action, id, attributes }: EngineEvent): readonly Hint[] {
  if (silent.get(type)?.has(action) === true) return []
  const of = id === '' ? {} : { id }
  switch (type) {
    case 'container':
      // Images made by `docker commit` and the classic builder are told of in no other way.
      if (action === 'commit') return [{ resource: 'images', urgent: false }]
      return [{ resource: 'containers', ...of, urgent: !repeated.has(action) }]
    case 'image':
      return [{ resource: 'images', urgent: true }]
    case 'volume':
      return [{ resource: 'volumes', urgent: true }]
    case 'network': {
      if (action !== 'connect' && action !== 'disconnect') return [{ resource: 'networks', urgent: true }]
      const container = attributes['container']
      return [{ resource: 'containers', ...(container ? { id: container } : {}), urgent: false }]
    }
    default:
      return []
  }
}
