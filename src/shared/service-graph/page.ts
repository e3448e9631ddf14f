import type { ServiceGraph } from './graph.ts'

/** How a service fares on the engine. */
export type ServiceState = 'running' | 'partly' | 'unhealthy' | 'stopped' | 'none'

export interface LiveService {
  readonly state: ServiceState
  /** The same in words: `2 of 2 running`. */
  readonly word: string
}

/** Messages to the page of a service graph. */
export type ToGraphPage =
  | {
      readonly type: 'graph'
      readonly graph: ServiceGraph
      readonly live: Readonly<Record<string, LiveService>>
      readonly texts: Readonly<Record<string, string>>
    }
  | { readonly type: 'live'; readonly live: Readonly<Record<string, LiveService>> }
  | { readonly type: 'problem'; readonly message: string }

/** Messages from it. */
export type FromGraphPage =
  | { readonly type: 'ready' }
  /** Go to where the service is written. */
  | { readonly type: 'open'; readonly service: string }
  /** A whole SVG document to keep. */
  | { readonly type: 'save'; readonly svg: string }

export function isFromGraphPage(message: unknown): message is FromGraphPage {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false
  switch (message.type) {
    case 'ready':
      return true
    case 'open':
      return 'service' in message && typeof message.service === 'string'
    case 'save':
      return 'svg' in message && typeof message.svg === 'string'
    default:
      return false
  }
}
