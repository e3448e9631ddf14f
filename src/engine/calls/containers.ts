import { setTimeout } from 'node:timers/promises'
import type { ContainerCalls, PruneReport } from '../engine.ts'
import { isEngineError } from '../errors.ts'
import type { Container } from '../model/container.ts'
import { containerOf } from '../raw/container.ts'
import { fields, number, text, texts } from '../raw/fields.ts'
import { filters, objectId } from '../transport/api-path.ts'
import { jsonOf } from '../transport/transport.ts'
import { type Link, listOf, objectOf, present, settled } from './link.ts'

/** More ids than this are looked up by listing all. */
const filterLimit = 100
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
  const { json, engine } = link

  return {
    async list(options = {}, signal) {
      const { ids } = options
      if (ids?.length === 0) return []
      const few = ids !== undefined && ids.length <= filterLimit
      const query = { all: true, ...(few ? { filters: filters({ id: ids.map(objectId) }) } : {}) }
      const rows = listOf(link, await json((docker) => docker.listContainers(), { query, signal }))
      const containers: readonly Container[] = present(rows.map((row) => containerOf(engine, row)))
      if (ids === undefined || few) return containers
      const wanted = new Set(ids)
      return containers.filter(({ id }) => wanted.has(id))
    },

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
      await settled(json((docker) => docker.getContainer(path).start(), { lane: 'long', signal }))
    },

    async stop(id, options = {}, signal) {
      const path = objectId(id)
      const query = { t: options.timeoutSeconds }
      await settled(json((docker) => docker.getContainer(path).stop(), { query, lane: 'long', signal }))
    },

    async restart(id, options = {}, signal) {
      const path = objectId(id)
      const query = { t: options.timeoutSeconds }
      await json((docker) => docker.getContainer(path).restart(), { query, lane: 'long', signal })
    },

    async kill(id, processSignal, signal) {
      const path = objectId(id)
      const query = { signal: processSignal }
      await json((docker) => docker.getContainer(path).kill(), { query, lane: 'long', signal })
    },

    async pause(id, signal) {
      const path = objectId(id)
      await json((docker) => docker.getContainer(path).pause(), { lane: 'long', signal })
    },

    async unpause(id, signal) {
      const path = objectId(id)
      await json((docker) => docker.getContainer(path).unpause(), { lane: 'long', signal })
    },

    async remove(id, options = {}, signal) {
      const path = objectId(id)
      const query = { force: options.force, v: options.volumes }
      for (let turn = 1; ; turn += 1) {
        try {
          await json((docker) => docker.getContainer(path).remove(), { query, lane: 'long', signal })
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
      await json((docker) => docker.getContainer(path).rename({ name }), { query: { name }, signal })
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
