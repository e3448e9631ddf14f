import type { SystemCalls } from '../engine.ts'
import { diskUsageOf } from '../raw/disk-usage.ts'
import { fields, number, text, texts } from '../raw/fields.ts'
import { loginBody } from '../transport/auth-headers.ts'
import { supports } from '../versions.ts'
import { type Link, objectOf } from './link.ts'

export function systemCalls(link: Link): SystemCalls {
  const { json, transport } = link

  return {
    async time(signal) {
      const ping = { method: 'GET', path: '/_ping', lane: 'probe', signal, versioned: false } as const
      const time = Date.parse((await transport.send(ping)).headers.date ?? '')
      return Number.isNaN(time) ? undefined : time
    },

    async diskUsage(signal) {
      // The engine measures every volume and container for it.
      return diskUsageOf(objectOf(link, await json((docker) => docker.df(), { lane: 'long', signal })))
    },

    async volumeUsage(signal) {
      const query = supports(await link.ready(signal), 'diskUsageType') ? { type: 'volume' } : {}
      return diskUsageOf(objectOf(link, await json((docker) => docker.df(), { query, lane: 'long', signal })))
        .volumes
    },

    async pruneBuildCache({ all }, signal) {
      const query = { all }
      const answer = objectOf(
        link,
        await json((docker) => docker.pruneBuilder(), { query, lane: 'long', signal }),
      )
      return { removed: texts(answer['CachesDeleted']), reclaimed: number(answer['SpaceReclaimed']) }
    },

    async login(auth, signal) {
      const answer = fields(
        await json((docker) => docker.checkAuth({}), { body: loginBody(auth), lane: 'long', signal }),
      )
      const token = text(answer['IdentityToken'])
      return {
        status: text(answer['Status']) || 'Login Succeeded',
        ...(token === '' ? {} : { identityToken: token }),
      }
    },
  }
}
