import Dockerode from 'dockerode'
import { type Query } from './transport/api-path.ts'
import type { Lane } from './transport/lanes.ts'
import { type Transport, jsonOf } from './transport/transport.ts'

/** What a call sends and how; nothing of it goes through dockerode, which puts bodies into URLs. */
export interface JsonCall {
  readonly query?: Query | undefined
  readonly body?: unknown
  /** `quick` by default. */
  readonly lane?: Lane
  /** The answer's status is all that counts; some engines put text into it that is no JSON. */
  readonly discard?: true
  readonly signal?: AbortSignal | undefined
}

/** Resolves with the JSON of the answer to what `use` asks dockerode for; undefined for an empty one. */
export type JsonCalls = (use: (docker: Dockerode) => Promise<unknown>, call?: JsonCall) => Promise<unknown>

interface Dialled {
  readonly path: string
  readonly method: string
}

/**
 * dockerode over our own transport: it knows the path and method of each call, and that is all that is taken from it. Its modem
 * is never made, so that neither its reading of the environment nor its way of sending (ids as they are, redirects followed,
 * answers that never settle) can take effect. Ids are checked and encoded before they are handed to it.
 */
export function dockerodeCalls(transport: Transport): JsonCalls {
  return (use, call = {}) =>
    new Promise((resolve, reject) => {
      const dial = ({ path, method }: Dialled): void => {
        const sent = transport.send({
          method: method as 'GET',
          path: path.replace(/\?$/, ''),
          query: call.query,
          ...(call.body === undefined ? {} : { body: { json: call.body } }),
          lane: call.lane ?? 'quick',
          signal: call.signal,
        })
        sent
          .then((answer) =>
            call.discard === true || answer.body.length === 0
              ? undefined
              : jsonOf(answer, transport.endpoint.url),
          )
          .then(resolve, reject)
      }
      // The modem is dockerode's undocumented way in, and what it calls back with would only be parsed again.
      const options: object = { modem: { dial } }
      const docker = new Dockerode(options)
      use(docker).catch(reject)
    })
}
