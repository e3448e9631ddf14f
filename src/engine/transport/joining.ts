import type { Agent } from 'node:http'
import type { OnReadOpts, Socket } from 'node:net'
import { JoinedSocket } from './joined-socket.ts'
import { LentSocket } from './lent-socket.ts'
import type { Together } from './together.ts'

/** What a request says of its connection, beside what Node knows. */
export interface Joining {
  /** Its answer is read by `LentSocket.body`. */
  readonly lent?: boolean
  /** Its reader is woken with others. */
  readonly together?: Together | undefined
  /** What comes in very many small pieces is let gather for a moment. */
  readonly gathered?: boolean | undefined
}

/** The agent with connections that join small chunks. */
export function joining<A extends Agent>(agent: A): A {
  const { createConnection } = agent as A & Dials
  const connect = (asked: Asked, onread?: OnReadOpts): Socket => {
    const [options, ...more] = asked
    return createConnection.call(agent, onread === undefined ? options : { ...options, onread }, ...more)
  }
  return Object.assign(agent, {
    createConnection: (...asked: Asked) =>
      asked[0].lent === true
        ? new LentSocket((onread) => connect(asked, onread), asked[0])
        : new JoinedSocket(connect(asked)),
  })
}

type Asked = readonly [Joining, ...unknown[]]

/** What each agent can do, although the types do not say so. */
interface Dials {
  createConnection(this: unknown, ...asked: unknown[]): Socket
}
