import { t } from '../../shared/l10n.ts'
import type { FileCalls } from '../engine.ts'
import { EngineError } from '../errors.ts'
import { pathStatOf } from '../raw/path-stat.ts'
import { objectId } from '../transport/api-path.ts'
import type { Link } from './link.ts'
import { plainTar } from './plain-tar.ts'

export function fileCalls(link: Link): FileCalls {
  const { transport } = link
  const pathOf = (container: string): string => `/containers/${objectId(container)}/archive`

  return {
    async stat(container, path, signal) {
      await link.ready(signal)
      const answer = await transport.send({
        method: 'HEAD',
        path: pathOf(container),
        query: { path },
        lane: 'quick',
        signal,
        // Podman says 404 for a link that leads nowhere, and yet tells what it is.
        accept: [404],
      })
      const header = answer.headers['x-docker-container-path-stat']
      const stat = typeof header === 'string' ? pathStatOf(header) : undefined
      if (stat !== undefined) return stat
      throw new EngineError('notFound', t('There is no {0} in the container.', path), {
        status: answer.status,
      })
    },

    async *getArchive(container, path, signal) {
      await link.ready(signal)
      const { body } = await transport.stream({
        method: 'GET',
        path: pathOf(container),
        query: { path },
        lane: 'stream',
        signal,
      })
      yield* body
    },

    async putArchive(container, directory, archive, signal) {
      await link.ready(signal)
      await transport.send({
        method: 'PUT',
        path: pathOf(container),
        query: { path: directory, noOverwriteDirNonDir: 'true' },
        body: { bytes: plainTar(archive), type: 'application/x-tar' },
        lane: 'stream',
        signal,
      })
    },
  }
}
