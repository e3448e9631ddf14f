import { setTimeout } from 'node:timers/promises'
import type { ContainerCalls, PruneReport } from '../engine.ts'
import { isEngineError } from '../errors.ts'
import { fields, number, text, texts } from '../raw/fields.ts'
import { objectId } from '../transport/api-path.ts'
import { jsonOf } from '../transport/transport.ts'
import { containerList } from './container-list.ts'
import { type Link, act, listOf, objectOf, settled } from './link.ts'

/** Podman fails to remove a container that is just ending. */
const removeTurns = 3
const removePauseMs = 100
const kinds = ['modified', 'added', 'deleted'] as const

/** It is not there, or is going already: `--rm` and another client may have been quicker. */
function isGone(fault: unknown): boolean {
  return (
    isEngineError(fault, 'notFound') ||
    (isEngineError(fault, 'conflict') && /removal .* already in progress/i.test(fault.message))
  )
}

export function containerCalls(link: Link): ContainerCalls {
  const { json } = link

  return {
    list: containerList(link),

    async inspect(id, signal) {
      const path = objectId(id)
      return objectOf(link, await json((docker) => docker.getContainer(path).inspect(), { signal }))
    },

    async create(name, body, platform, signal) {
      const query = { name, platform }
      const answer = objectOf(
        link,
        await json((docker) => docker.createContainer({}), { query, body, lane: 'long', signal }),
      )
      return { id: text(answer['Id']), warnings: texts(answer['Warnings']) }
    },

    async start(id, signal) {
      const path = objectId(id)
      await settled(act(link, (docker) => docker.getContainer(path).start(), { signal }))
    },

    async stop(id, options = {}, signal) {
      const path = objectId(id)
      const query = { t: options.timeoutSeconds }
      await settled(act(link, (docker) => docker.getContainer(path).stop(), { query, signal }))
    },

    async restart(id, options = {}, signal) {
      const path = objectId(id)
      const query = { t: options.timeoutSeconds }
      await act(link, (docker) => docker.getContainer(path).restart(), { query, signal })
    },

    async kill(id, processSignal, signal) {
      const path = objectId(id)
      const query = { signal: processSignal }
      await act(link, (docker) => docker.getContainer(path).kill(), { query, signal })
    },

    async pause(id, signal) {
      const path = objectId(id)
      await act(link, (docker) => docker.getContainer(path).pause(), { signal })
    },

    async unpause(id, signal) {
      const path = objectId(id)
      await act(link, (docker) => docker.getContainer(path).unpause(), { signal })
    },

    async remove(id, options = {}, signal) {
      const path = objectId(id)
      const query = { force: options.force, v: options.volumes }
      for (let turn = 1; ; turn += 1) {
        try {
          await act(link, (docker) => docker.getContainer(path).remove(), { query, signal })
          return
        } catch (fault) {
          if (isGone(fault)) return
          if (turn === removeTurns || !isEngineError(fault, 'internal') || fault.status !== 500) throw fault
        }
        await setTimeout(removePauseMs)
      }
    },

    async rename(id, name, signal) {
      const path = objectId(id)
      await act(link, (docker) => docker.getContainer(path).rename({ name }), { query: { name }, signal })
    },

    async update(id, body, signal) {
      const path = objectId(id)
      const answer = await json((docker) => docker.getContainer(path).update({}), { body, signal })
      return texts(fields(answer)['Warnings'])
    },

    async wait(id, condition, signal) {
      await link.ready(signal)
      const answer = await link.transport.send({
        method: 'POST',
        path: `/containers/${objectId(id)}/wait`,
        query: { condition },
        lane: 'stream',
        signal,
      })
      const result = objectOf(link, jsonOf(answer, link.transport.endpoint.url))
      const error = text(fields(result['Error'])['Message'])
      return { exitCode: number(result['StatusCode']), ...(error === '' ? {} : { error }) }
    },

    async top(id, psArgs, signal) {
      const path = objectId(id)
      const query = { ps_args: psArgs }
      const answer = objectOf(
        link,
        await json((docker) => docker.getContainer(path).top(), { query, signal }),
      )
      const processes = Array.isArray(answer['Processes']) ? answer['Processes'] : []
      return { titles: texts(answer['Titles']), processes: processes.map(texts) }
    },

    async changes(id, signal) {
      const path = objectId(id)
      const answer = await json((docker) => docker.getContainer(path).changes(), { lane: 'long', signal })
      // Engines answer null, or nothing at all, where nothing has changed.
      return listOf(link, answer ?? null).map((row) => ({
        path: text(row['Path']),
        change: kinds[number(row['Kind'])] ?? 'modified',
      }))
    },

    async prune(signal): Promise<PruneReport> {
      const answer = objectOf(
        link,
        await json((docker) => docker.pruneContainers(), { lane: 'long', signal }),
      )
      return { removed: texts(answer['ContainersDeleted']), reclaimed: number(answer['SpaceReclaimed']) }
    },
  }
}
