import type { ImageCalls } from '../engine.ts'
import { number, text } from '../raw/fields.ts'
import { imageOf, layerOf } from '../raw/image.ts'
import { filters, imageReference, objectId } from '../transport/api-path.ts'
import { pruneAllImages } from './podman.ts'
import { type Link, act, listOf, objectOf, present } from './link.ts'

export function imageCalls(link: Link): ImageCalls {
  const { json, engine } = link

  return {
    async list(signal) {
      const rows = listOf(link, await json((docker) => docker.listImages(), { signal }))
      return present(rows.map((row) => imageOf(engine, row)))
    },

    async inspect(id, signal) {
      const path = imageReference(id)
      return objectOf(link, await json((docker) => docker.getImage(path).inspect(), { signal }))
    },

    async history(id, signal) {
      const path = imageReference(id)
      const rows = listOf(link, await json((docker) => docker.getImage(path).history(), { signal }))
      return rows.map(layerOf)
    },

    async tag(id, repository, tag, signal) {
      const path = imageReference(id)
      const query = { repo: repository, tag }
      await act(link, (docker) => docker.getImage(path).tag(), { query, signal })
    },

    async remove(reference, options = {}, signal) {
      const path = imageReference(reference)
      const query = { force: options.force, noprune: options.noPrune }
      const rows = listOf(
        link,
        await json((docker) => docker.getImage(path).remove(), { query, lane: 'long', signal }),
      )
      const named = (key: string): readonly string[] => rows.map((row) => text(row[key])).filter(Boolean)
      return { untagged: named('Untagged'), deleted: named('Deleted') }
    },

    async prune({ all }, signal) {
      if (all && (await link.isPodman(signal))) return pruneAllImages(link, signal)
      const query = { filters: filters({ dangling: [String(!all)] }) }
      const answer = objectOf(
        link,
        await json((docker) => docker.pruneImages(), { query, lane: 'long', signal }),
      )
      const rows = listOf(link, answer['ImagesDeleted'] ?? null)
      return {
        removed: rows.map((row) => text(row['Deleted']) || text(row['Untagged'])).filter(Boolean),
        reclaimed: number(answer['SpaceReclaimed']),
      }
    },

    async search(term, limit, signal) {
      const query = { term, limit }
      // The engine asks a registry, which takes its time.
      const answer = await json((docker) => docker.searchImages({ term }), { query, lane: 'long', signal })
      return listOf(link, answer).map((row) => ({
        name: text(row['name']),
        description: text(row['description']),
        stars: number(row['star_count']),
        official: row['is_official'] === true,
      }))
    },

    async commit(container, options, signal) {
      const id = objectId(container)
      const query = {
        container: id,
        repo: options.repository,
        tag: options.tag,
        author: options.author,
        comment: options.message,
        changes: options.changes,
        pause: options.pause,
      }
      const answer = await json((docker) => docker.getContainer(id).commit(), {
        query,
        body: {},
        lane: 'long',
        signal,
      })
      return text(objectOf(link, answer)['Id'])
    },
  }
}
