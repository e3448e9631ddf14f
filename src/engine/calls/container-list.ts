import type { ContainerCalls } from '../engine.ts'
import { containerOf } from '../raw/container.ts'
import { filters, objectId } from '../transport/api-path.ts'
import { type Link, listOf, present } from './link.ts'
import { networkIds } from './podman.ts'

/** More ids than this are looked up by listing all. */
const filterLimit = 100

export function containerList(link: Link): ContainerCalls['list'] {
  const withNetworkIds = networkIds(link)

  return async (options = {}, signal) => {
    const { ids } = options
    if (ids?.length === 0) return []
    const few = ids !== undefined && ids.length <= filterLimit
    const query = { all: true, ...(few ? { filters: filters({ id: ids.map(objectId) }) } : {}) }
    const rows = listOf(link, await link.json((docker) => docker.listContainers(), { query, signal }))
    const listed = present(rows.map((row) => containerOf(link.engine, row)))
    const wanted = ids === undefined || few ? undefined : new Set(ids)
    const containers = wanted === undefined ? listed : listed.filter(({ id }) => wanted.has(id))
    return withNetworkIds(containers, signal)
  }
}
