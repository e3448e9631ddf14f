import { t } from '../../shared/l10n.ts'
import type { PruneReport, VolumeCalls } from '../engine.ts'
import { isEngineError } from '../errors.ts'
import type { Volume } from '../model/volume.ts'
import { fields, number, texts } from '../raw/fields.ts'
import { volumeOf } from '../raw/volume.ts'
import { filters, volumeName } from '../transport/api-path.ts'
import { notDocker } from '../transport/refusals.ts'
import { supports } from '../versions.ts'
import { type Link, act, listOf, objectOf, present } from './link.ts'

export function volumeCalls(link: Link): VolumeCalls {
  const { json, engine } = link

  async function list(
    query: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<readonly Volume[]> {
    const answer = objectOf(link, await json((docker) => docker.listVolumes(), { query, signal }))
    if (!('Volumes' in answer))
      throw notDocker(link.transport.endpoint.url, { what: t('a list was expected') })
    return present(listOf(link, answer['Volumes']).map((row) => volumeOf(engine, row)))
  }

  async function remove(name: string, force: boolean | undefined, signal?: AbortSignal): Promise<void> {
    const path = volumeName(name)
    await act(link, (docker) => docker.getVolume(path).remove(), { query: { force }, signal })
  }

  /** Before API 1.42 the engine's own prune takes named volumes too: only the anonymous ones are removed, one by one. */
  async function removeAnonymous(signal?: AbortSignal): Promise<PruneReport> {
    const unused = await list({ filters: filters({ dangling: ['true'] }) }, signal)
    const removed: string[] = []
    for (const { name } of unused.filter(({ anonymous }) => anonymous)) {
      try {
        await remove(name, false, signal)
        removed.push(name)
      } catch (fault) {
        // One that has come into use, or has gone, meanwhile.
        if (!isEngineError(fault, 'conflict', 'notFound')) throw fault
      }
    }
    return { removed, reclaimed: 0 }
  }

  return {
    list: (signal) => list({}, signal),

    async inspect(name, signal) {
      const path = volumeName(name)
      return objectOf(link, await json((docker) => docker.getVolume(path).inspect(), { signal }))
    },

    async create(options, signal) {
      const body = {
        Name: options.name,
        Driver: options.driver,
        Labels: options.labels,
        DriverOpts: options.options,
      }
      const answer = await json((docker) => docker.createVolume(), { body, lane: 'long', signal })
      const volume = volumeOf(engine, objectOf(link, answer))
      if (volume === undefined) throw notDocker(link.transport.endpoint.url)
      return volume
    },

    remove: (name, options = {}, signal) => remove(name, options.force, signal),

    async prune({ all }, signal) {
      const gated = supports(await link.ready(signal), 'volumePruneAll')
      if (!all && !gated) return removeAnonymous(signal)
      const query = all && gated ? { filters: filters({ all: ['true'] }) } : {}
      const answer = fields(await json((docker) => docker.pruneVolumes(), { query, lane: 'long', signal }))
      return { removed: texts(answer['VolumesDeleted']), reclaimed: number(answer['SpaceReclaimed']) }
    },
  }
}
